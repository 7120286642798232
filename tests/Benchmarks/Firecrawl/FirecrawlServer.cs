using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using McpGateway.Testing;

namespace Benchmarks.Firecrawl;

/// <summary>One of the two servers, over HTTP, before the same stub of Firecrawl's API.</summary>
internal sealed class FirecrawlServer : IAsyncDisposable
{
    private const string Package = "firecrawl-mcp@3.26.0";
    private const string Token = "a-token-for-the-benchmark-alone";
    private const string Key = "fc-key-of-the-benchmark";

    private readonly IAsyncDisposable process;
    private readonly HttpClient http;

    private FirecrawlServer(string name, IAsyncDisposable process, int processId, Uri url, string? token = null)
    {
        Name = name;
        ProcessId = processId;
        this.process = process;
        http = new HttpClient { BaseAddress = url };
        http.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
    }

    public string Name { get; }

    public int ProcessId { get; }

    /// <summary>firecrawl-mcp as an operator runs it, with a token; the official server has none to check.</summary>
    public static async Task<FirecrawlServer> StartOursAsync(string api)
    {
        var gateway = await GatewayProcess.StartAsync(
            "Firecrawl",
            new Dictionary<string, string?>
            {
                ["FIRECRAWL_API_KEY"] = Key,
                ["FIRECRAWL_API_URL"] = api,
                ["MCP_BEARER_TOKEN"] = Token,
            }
        );
        return new("ours", gateway, gateway.Id, gateway.Url, Token);
    }

    /// <summary>The official server in its streamable HTTP mode.</summary>
    public static async Task<FirecrawlServer> StartOfficialAsync(string api)
    {
        var port = FreePort.Find();
        var program = await NpmPackage.InstallAsync(Package, "firecrawl-mcp/dist/index.js");
        var node = RunningProcess.Start(
            Tool.Require("node", "Install Node.js."),
            [program],
            new Dictionary<string, string?>
            {
                ["HTTP_STREAMABLE_SERVER"] = "true",
                ["HOST"] = "127.0.0.1",
                ["PORT"] = $"{port}",
                ["FIRECRAWL_API_KEY"] = Key,
                ["FIRECRAWL_API_URL"] = api,
            }
        );
        var server = new FirecrawlServer("official", node, node.Id, new Uri($"http://127.0.0.1:{port}"));
        await server.WaitForHealthAsync();
        return server;
    }

    /// <summary>Calls a tool and reads its whole answer.</summary>
    /// <param name="arguments">The arguments as JSON.</param>
    /// <returns>The text the model reads.</returns>
    public Task<string> CallAsync(string tool, string arguments) =>
        SendAsync("tools/call", $$"""{"name":"{{tool}}","arguments":{{arguments}}}""");

    /// <summary>Sends a request, and reads the event with its answer.</summary>
    public async Task<string> SendAsync(string method, string parameters)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent(
                $$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}""",
                Encoding.UTF8,
                "application/json"
            ),
        };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        using var response = await http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        var message =
            body.Split('\n').LastOrDefault(line => line.StartsWith("data: {", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"Not an answer of {Name}: {(int)response.StatusCode} {body}");
        using var json = JsonDocument.Parse(message["data: ".Length..]);
        var result = json.RootElement.GetProperty("result");
        return result.TryGetProperty("content", out var content)
            ? string.Join('\n', content.EnumerateArray().Select(block => block.GetProperty("text").GetString()))
            : result.GetRawText();
    }

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return process.DisposeAsync();
    }

    private async Task WaitForHealthAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var response = await http.GetAsync(new Uri("/health", UriKind.Relative));
                response.EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException e) when (e.StatusCode is null && Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }
    }
}
