using System.Globalization;

namespace McpGateway.Testing;

/// <summary>The work tree the tests were built in.</summary>
public static class Repository
{
    /// <summary>Its root: the folder of Functions.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The services, in the order of the file <c>services</c>.</summary>
    public static IReadOnlyList<Service> Services { get; } =
    [.. File.ReadLines(Path.Combine(Root, "services")).Where(line => line.Length > 0 && line[0] != '#').Select(ParseService)];

    /// <summary>The folder of a built project, of the same configuration (debug, release) as the running tests.</summary>
    public static string OutputOf(string project) =>
        Path.Combine(Root, "artifacts", "bin", project, Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)));

    /// <summary>
    /// The program of a built service: compiled to native code, or else ahead of time, where <c>./test</c> had that done with the build at hand.
    /// </summary>
    public static string ProgramOf(string project) => NativeProgramOf(project) ?? ManagedProgramOf(project);

    /// <summary>The program that .NET runs, compiled ahead of time (EndToEnd.csproj) or not.</summary>
    public static string ManagedProgramOf(string project)
    {
        var ahead = Path.Combine(Root, "artifacts", "ahead", project);
        return Path.Combine(IsOfThisBuild(Path.Combine(ahead, $"{project}.dll"), project) ? ahead : OutputOf(project), project);
    }

    /// <summary>The program compiled to native code; null where there is none of the build at hand.</summary>
    public static string? NativeProgramOf(string project) =>
        Path.Combine(Root, "artifacts", "native", project, project) is var native && IsOfThisBuild(native, project) ? native : null;

    private static bool IsOfThisBuild(string file, string project)
    {
        var built = OutputOf(project);
        // Of a file that does not exist it is the year 1601.
        var compiled = File.GetLastWriteTimeUtc(file);
        return Path.GetFileName(built) == "release"
            && Directory.GetFiles(built, "*.dll").All(assembly => File.GetLastWriteTimeUtc(assembly) <= compiled);
    }

    /// <summary>Reads a file of the work tree, even one that a running script has locked against a second run of itself.</summary>
    public static string ReadText(string path)
    {
        using var reader = new StreamReader(new FileStream(Path.Combine(Root, path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }

    private static Service ParseService(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var name, var project, var port, var token, ..]
            ? new(name, project, int.Parse(port, CultureInfo.InvariantCulture), token == "-" ? null : token)
            : throw new InvalidOperationException($"services: '{line}' is not <name> <project> <port> <token setting>.");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Functions.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException(
            $"No Functions.sln above {AppContext.BaseDirectory}: the tests run from the repository's artifacts folder."
        );
    }
}
