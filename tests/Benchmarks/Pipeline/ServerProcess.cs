using System.Diagnostics;
using McpGateway.Testing;

namespace Benchmarks.Pipeline;

/// <summary>One of <see cref="PipelineServers"/> in a process of its own.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly RunningProcess process;
    private readonly Process system;

    private ServerProcess(RunningProcess process, Uri url)
    {
        this.process = process;
        system = Process.GetProcessById(process.Id);
        McpUrl = new(url, "/mcp");
    }

    public Uri McpUrl { get; }

    public int Id => process.Id;

    /// <summary>What the process has used of the processors so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            system.Refresh();
            return system.TotalProcessorTime;
        }
    }

    public static async Task<ServerProcess> StartAsync(string server, Dictionary<string, string?> settings)
    {
        settings["PORT"] = "0";
        settings["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information";
        var process = RunningProcess.Start(Environment.ProcessPath!, [server], settings);
        var line = await process.WaitForLineAsync(
            l => l.Contains("Now listening on: ", StringComparison.Ordinal),
            TimeSpan.FromSeconds(30)
        );
        return new(process, new Uri(line[line.IndexOf("http://", StringComparison.Ordinal)..].Trim()));
    }

    public ValueTask DisposeAsync()
    {
        system.Dispose();
        return process.DisposeAsync();
    }
}
