using Xunit;

namespace McpGateway.Testing;

/// <summary>A program of the machine that a test cannot do without.</summary>
public static class Tool
{
    /// <summary>Finds the program on the PATH. Without it the test is skipped, or fails where <c>CI=true</c>.</summary>
    /// <param name="remedy">What to install, as a sentence.</param>
    /// <returns>The program's full path.</returns>
    public static string Require(string program, string remedy)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
        if (path is null)
        {
            var reason = $"This test needs '{program}', which is not on the PATH. {remedy}";
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", reason);
            Assert.Fail(reason);
        }

        return path;
    }
}
