using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using McpGateway.Testing;

namespace Benchmarks.Memory;

/// <summary>The official memory server from npm, over stdio, the only transport it has.</summary>
internal sealed class OfficialMemory : IMemoryServer
{
    private const string Package = "@modelcontextprotocol/server-memory@2026.8.31";

    private readonly Process process;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<string>> waiting = new();
    private readonly SemaphoreSlim writing = new(1, 1);
    private int last;

    private OfficialMemory(Process process) => this.process = process;

    public int ProcessId => process.Id;

    public static async Task<IMemoryServer> StartAsync(string folder)
    {
        var start = new ProcessStartInfo(
            Tool.Require("node", "Install Node.js."),
            [await NpmPackage.InstallAsync(Package, "@modelcontextprotocol/server-memory/dist/index.js")]
        )
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MEMORY_FILE_PATH"] = Path.Combine(folder, "memory.jsonl");
        var server = new OfficialMemory(Process.Start(start)!);
        server.process.BeginErrorReadLine();
        _ = server.ReceiveAsync();
        await server.SendAsync(
            "initialize",
            """{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"benchmark","version":"1"}}"""
        );
        await server.process.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        return server;
    }

    public Task<string> CallAsync(string tool, string arguments) =>
        SendAsync("tools/call", $$"""{"name":"{{tool}}","arguments":{{arguments}}}""");

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        writing.Dispose();
    }

    private async Task<string> SendAsync(string method, string parameters)
    {
        var id = Interlocked.Increment(ref last);
        var answer = waiting.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        await writing.WaitAsync();
        try
        {
            await process.StandardInput.WriteLineAsync(
                $$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"{{{method}}}","params":{{{parameters}}}}"""
            );
            await process.StandardInput.FlushAsync();
        }
        finally
        {
            writing.Release();
        }

        return await answer.Task;
    }

    private async Task ReceiveAsync()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            // Its answers end with the id; reading all of 45 MB to find it would be the client's time, not the server's.
            using var tail = JsonDocument.Parse($"{{{line[line.LastIndexOf("\"jsonrpc\"", StringComparison.Ordinal)..]}");
            if (tail.RootElement.TryGetProperty("id", out var id) && waiting.TryRemove(id.GetInt32(), out var answer))
            {
                answer.SetResult(line);
            }
        }

        foreach (var answer in waiting.Values)
        {
            answer.TrySetException(new EndOfStreamException("The official server ended without an answer."));
        }
    }
}
