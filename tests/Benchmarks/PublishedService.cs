using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using McpGateway.Testing;

namespace Benchmarks;

/// <summary>A service as images and systemd services have it, compiled ahead of time (docs/decisions/0047-ready-to-run.md).</summary>
internal static class PublishedService
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Programs = new(StringComparer.Ordinal);

    /// <summary>Publishes a service by its project's name, once in a run.</summary>
    /// <returns>The path of its program.</returns>
    public static Task<string> OfAsync(string project) => Programs.GetOrAdd(project, _ => new(() => PublishAsync(project))).Value;

    private static async Task<string> PublishAsync(string project)
    {
        var folder = Path.Combine(Repository.Root, "artifacts", "published", project);
        var platform = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64";
        var published = await RunningProcess.RunAsync(
            "dotnet",
            [
                .. (string[])["publish", $"functions/{project}", "-c", "Release", $"-p:ReadyToRun={platform}", "-p:FunctionsWorker=false"],
                .. (string[])["-p:RunAnalyzers=false", "-v", "quiet"],
                .. (string[])["--artifacts-path", Path.Combine(folder, "artifacts"), "-o", Path.Combine(folder, "out")],
            ],
            RunningProcess.MachineEnvironment(),
            Repository.Root,
            patience: TimeSpan.FromMinutes(15)
        );
        published.Succeeded();
        return Path.Combine(folder, "out", project);
    }
}
