using System.Diagnostics;
using McpGateway.Testing;

namespace McpGateway.Specs.Tools;

/// <summary>Runs a curl command as a person types it, in a shell.</summary>
internal static class Curl
{
    /// <summary>Runs the command and returns what curl prints, headers first, the status on a last line of its own.</summary>
    public static async Task<(string Output, string Status)> RunAsync(string command)
    {
        Tool.Require("curl", "Install curl.");
        var literal = command.Replace("curl ", "curl -sS -i -w '\\n%{http_code}' ", StringComparison.Ordinal);
        using var shell = Process.Start(
            new ProcessStartInfo("bash", ["-c", literal]) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        var output = shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var text = await output;
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(shell.ExitCode == 0, $"curl ended with {shell.ExitCode}: {errors}{text}");
        var end = text.LastIndexOf('\n');
        return (text[..end], text[(end + 1)..]);
    }
}
