using System.Text;
using McpGateway.Testing;

namespace Benchmarks.Memory;

/// <summary>memory-mcp as images and systemd services have it, compiled ahead of time or to native code, over HTTP.</summary>
internal sealed class OurMemory(GatewayProcess process) : IMemoryServer
{
    public int ProcessId => process.Id;

    public static async Task<IMemoryServer> StartAsync(string folder) => await StartAsync(folder, null);

    public static async Task<IMemoryServer> StartNativeAsync(string folder) =>
        await StartAsync(folder, null, await PublishedService.NativeMemoryAsync());

    /// <param name="database">The URL of a PostgreSQL that holds the memory; null for a file in the folder.</param>
    /// <param name="program">Another build than the one compiled ahead of time.</param>
    public static async Task<OurMemory> StartAsync(string folder, string? database, string? program = null)
    {
        var server = new OurMemory(
            await GatewayProcess.StartAsync(
                "Memory",
                new Dictionary<string, string?>
                {
                    ["DATA_PATH"] = folder,
                    ["AUDIT_LOG"] = Path.Combine(folder, "audit.jsonl"),
                    // For the call of 50,000 entities.
                    ["MAX_REQUEST_BYTES"] = "30000000",
                    ["MEMORY_DATABASE"] = database,
                    ["RATE_LIMIT_PER_SECOND"] = "0",
                },
                program: program ?? await PublishedService.OfAsync("Memory")
            )
        );
        // As every client begins, and the benchmark does with the official server.
        await server.PostAsync(
            "/mcp",
            """{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"benchmark","version":"1"}}}"""
        );
        await server.PostAsync("/mcp", """{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        return server;
    }

    public Task<string> CallAsync(string tool, string arguments) => CallAsync("/mcp", tool, arguments);

    /// <param name="path">The address of a namespace, such as <c>/mcp/n/work</c>.</param>
    public Task<string> CallAsync(string path, string tool, string arguments) =>
        PostAsync(path, $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}}}}""");

    private async Task<string> PostAsync(string path, string message)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(message, Encoding.UTF8, "application/json"),
        };
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await process.Http.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>Takes lines of a memory.jsonl in.</summary>
    public async Task ImportAsync(string lines)
    {
        using var content = new StringContent(lines, Encoding.UTF8);
        using var response = await process.Http.PostAsync(new Uri("/import", UriKind.Relative), content);
        response.EnsureSuccessStatusCode();
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
