using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using McpGateway.Networking;
using McpGateway.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Firecrawl.Specs;

/// <summary>firecrawl-mcp before a stub of Firecrawl's API, with a client, and name servers of the spec's own.</summary>
internal sealed class FirecrawlGateway : IAsyncDisposable
{
    public const string Key = "fc-secret-0123456789abcdef";
    public const string Caller = "caller-secret-0123456789abcdef0123456789abcdef";

    private FirecrawlGateway(Gateway gateway, StubUpstream api, SpecClient client, RunningClock time)
    {
        Time = time;
        Gateway = gateway;
        Api = api;
        Client = client;
    }

    public Gateway Gateway { get; }

    public StubUpstream Api { get; }

    public SpecClient Client { get; }

    /// <summary>The gateway's clock; it also runs while a call lasts.</summary>
    public RunningClock Time { get; }

    public static async Task<FirecrawlGateway> StartAsync(params (string Name, string? Value)[] settings)
    {
        var api = await StubUpstream.StartAsync();
        var time = new RunningClock();
        var values = new Dictionary<string, string?>
        {
            ["MCP_BEARER_TOKEN"] = Caller,
            ["FIRECRAWL_API_KEY"] = Key,
            ["FIRECRAWL_API_URL"] = $"{api.Url}/v2",
            ["FIRECRAWL_VERSION"] = "cloud",
        };
        foreach (var (name, value) in settings)
        {
            values[name] = value;
        }

        var gateway = await Gateway.StartAsync(
            FirecrawlService.Definition,
            FirecrawlService.AddFirecrawl,
            values,
            time,
            builder =>
                builder.Services.AddSingleton<ResolveHost>(
                    (host, _) =>
                        host switch
                        {
                            "inside.example" => Task.FromResult(new[] { IPAddress.Parse("10.1.2.3") }),
                            "both.example" => Task.FromResult(new[] { IPAddress.Parse("93.184.215.14"), IPAddress.Parse("127.0.0.1") }),
                            "localhost" => Task.FromResult(new[] { IPAddress.Loopback }),
                            _ when host.EndsWith(".example", StringComparison.Ordinal) => Task.FromResult(
                                new[] { IPAddress.Parse("93.184.215.14") }
                            ),
                            _ => throw new SocketException((int)SocketError.HostNotFound),
                        }
                )
        );
        return new(gateway, api, await SpecClient.ConnectAsync(gateway, Caller, time), time);
    }

    /// <summary>The same before a self-hosted Firecrawl of unknown age.</summary>
    public static Task<FirecrawlGateway> StartSelfHostedAsync(params (string Name, string? Value)[] settings) =>
        StartAsync([("FIRECRAWL_VERSION", ""), .. settings]);

    /// <summary>Registers an answer of the API, by the path after /v2.</summary>
    public FirecrawlGateway On(string methodAndPath, string json, int status = 200, params (string Name, string Value)[] headers)
    {
        Api.On(methodAndPath.Replace(" /", " /v2/", StringComparison.Ordinal), json, status, headers);
        return this;
    }

    public Task<SpecReply> CallAsync(string tool, string arguments = "{}") => Client.CallAsync(tool, arguments);

    /// <summary>Calls a tool that must succeed, and reads its answer.</summary>
    public async Task<JsonElement> ReadAsync(string tool, string arguments = "{}")
    {
        var reply = await CallAsync(tool, arguments);
        return reply.Json;
    }

    /// <summary>The requests the API got, as "GET /crawl/1", after /v2.</summary>
    public IReadOnlyList<string> Requests =>
        [.. Api.Received.Select(r => $"{r.Method} {r.Target.Replace("/v2", "", StringComparison.Ordinal)}")];

    /// <summary>The body of the last request.</summary>
    public string LastBody => Api.Received[^1].Text;

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Gateway.DisposeAsync();
        await Api.DisposeAsync();
    }
}
