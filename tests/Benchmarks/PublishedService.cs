using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using McpGateway.Testing;

namespace Benchmarks;

/// <summary>
/// A service as images and systemd services have it, compiled ahead of time (docs/decisions/0047-ready-to-run.md), or to native code
/// (docs/decisions/0054-native-memory.md).
/// </summary>
internal static class PublishedService
{
    private static readonly ConcurrentDictionary<(string Project, string Form), Lazy<Task<string>>> Programs = new();

    /// <summary>Publishes a service by its project's name, once in a run.</summary>
    /// <returns>The path of its program.</returns>
    public static Task<string> OfAsync(string project) => OfAsync(project, "ReadyToRun");

    /// <summary>The same of memory-mcp compiled to native code, which takes minutes.</summary>
    public static Task<string> NativeMemoryAsync() => OfAsync("Memory", "Native");

    private static Task<string> OfAsync(string project, string form) =>
        Programs.GetOrAdd((project, form), _ => new(() => PublishAsync(project, form))).Value;

    private static async Task<string> PublishAsync(string project, string form)
    {
        var folder = Path.Combine(Repository.Root, "artifacts", "published", form, project);
        var platform = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64";
        var published = await RunningProcess.RunAsync(
            "dotnet",
            [
                .. (string[])["publish", $"functions/{project}", "-c", "Release", $"-p:{form}={platform}", "-p:FunctionsWorker=false"],
                .. (string[])["-p:RunAnalyzers=false", "-v", "quiet"],
                .. (string[])["--artifacts-path", Path.Combine(folder, "artifacts"), "-o", Path.Combine(folder, "out")],
            ],
            RunningProcess.MachineEnvironment(),
            Repository.Root,
            patience: TimeSpan.FromMinutes(30)
        );
        published.Succeeded();
        return Path.Combine(folder, "out", project);
    }
}
