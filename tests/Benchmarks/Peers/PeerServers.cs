using System.Diagnostics;
using System.Net.Sockets;
using Benchmarks.Pipeline;
using McpGateway.Testing;

namespace Benchmarks.Peers;

/// <summary>The servers under comparison, each as its operator runs it.</summary>
internal static class PeerServers
{
    private const string Token = "a-token-for-the-benchmark-alone";
    private const string Echo = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"text":"hello"}}}""";
    private const string Open =
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"open_nodes","arguments":{"names":["hello"]}}}""";
    private const string Create =
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"create_entities","arguments":{"entities":[{"name":"hello","entityType":"word","observations":["is said first"]}]}}}""";

    private const string Memory = "@modelcontextprotocol/server-memory@2026.8.31";
    private const string MemoryProgram = "@modelcontextprotocol/server-memory/dist/index.js";

    private static string Node => Tool.Require("node", "Install Node.js.");

    public static async Task<Peer> StartBareAsync()
    {
        var server = await ServerProcess.StartAsync(PipelineServers.Bare, []);
        return new("C# SDK, bare", server.McpUrl, Echo, server.Id, server);
    }

    public static async Task<Peer> StartGatewayAsync(string folder)
    {
        var server = await ServerProcess.StartAsync(
            PipelineServers.Gateway,
            new()
            {
                ["MCP_BEARER_TOKEN"] = Token,
                ["RATE_LIMIT_PER_SECOND"] = "100000",
                ["DATA_PATH"] = folder,
                ["AUDIT_LOG"] = Path.Combine(folder, "audit.jsonl"),
            }
        );
        return new("ours", server.McpUrl, Echo, server.Id, server, Token);
    }

    public static async Task<Peer> StartTypeScriptAsync()
    {
        var sdk = await NpmPackage.InstallAsync("@modelcontextprotocol/sdk@1.32.2", "@modelcontextprotocol/sdk/package.json");
        // Beside the packages it imports.
        var program = Path.Combine(Path.GetDirectoryName(sdk)!, "..", "..", "..", "echo.mjs");
        File.Copy(Path.Combine(Repository.Root, "tests", "Benchmarks", "Peers", "echo.mjs"), program, overwrite: true);
        return await StartNodeAsync("TypeScript SDK 1.32.2", Echo, _ => [program]);
    }

    public static async Task<Peer> StartMemoryAsync(string folder)
    {
        var gateway = await GatewayProcess.StartAsync(
            "Memory",
            new Dictionary<string, string?>
            {
                ["MCP_BEARER_TOKEN"] = Token,
                ["RATE_LIMIT_PER_SECOND"] = "100000",
                ["DATA_PATH"] = folder,
                ["AUDIT_LOG"] = Path.Combine(folder, "audit.jsonl"),
            },
            program: await PublishedService.OfAsync("Memory")
        );
        var peer = new Peer("memory-mcp", gateway.McpUrl, Open, gateway.Id, gateway, Token);
        await peer.SendAsync(Create);
        return peer;
    }

    /// <param name="isStateful">With a child process for each session; without, for each request.</param>
    public static async Task<Peer> StartSupergatewayAsync(string folder, bool isStateful)
    {
        var program = await NpmPackage.InstallAsync("supergateway@4.0.0", "supergateway/dist/index.js");
        var memory = await NpmPackage.InstallAsync(Memory, MemoryProgram);
        var peer = await StartNodeAsync(
            $"supergateway 4.0.0, {(isStateful ? "stateful" : "stateless")}",
            Open,
            port =>
                [
                    .. (string[])[program, "--stdio", $"{Node} {memory}", "--outputTransport", "streamableHttp", "--port", $"{port}"],
                    .. (string[])["--logLevel", "none", .. isStateful ? (string[])["--stateful"] : []],
                ],
            folder
        );
        await peer.SendAsync(Create);
        return peer;
    }

    public static async Task<Peer> StartMcpProxyAsync(string folder)
    {
        var program = await NpmPackage.InstallAsync("mcp-proxy@6.7.19", "mcp-proxy/dist/bin/mcp-proxy.mjs");
        var memory = await NpmPackage.InstallAsync(Memory, MemoryProgram);
        var peer = await StartNodeAsync(
            "mcp-proxy 6.7.19",
            Open,
            port => [program, "--host", "127.0.0.1", "--port", $"{port}", "--server", "stream", "--", Node, memory],
            folder
        );
        await peer.SendAsync(Create);
        return peer;
    }

    private static async Task<Peer> StartNodeAsync(string name, string call, Func<int, string[]> arguments, string? folder = null)
    {
        var port = FreePort.Find();
        var process = RunningProcess.Start(
            Node,
            arguments(port),
            new Dictionary<string, string?>
            {
                ["PORT"] = $"{port}",
                ["NODE_ENV"] = "production",
                ["MEMORY_FILE_PATH"] = folder is null ? null : Path.Combine(folder, "memory.jsonl"),
            }
        );
        await WaitForPortAsync(port, process);
        return new(name, new Uri($"http://127.0.0.1:{port}/mcp"), call, process.Id, process);
    }

    private static async Task WaitForPortAsync(int port, RunningProcess process)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync("127.0.0.1", port);
                return;
            }
            catch (SocketException) when (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(60))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
            catch (SocketException e)
            {
                throw new TimeoutException($"Nothing listens at {port}:\n{process.Transcript()}", e);
            }
        }
    }
}
