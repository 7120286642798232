using System.Text.Json;
using System.Text.Json.Nodes;
using McpGateway;
using McpGateway.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace GitHub.Specs;

/// <summary>A gateway in front of a stub of GitHub, and a real client in front of both.</summary>
internal sealed class StubbedGitHub : IAsyncDisposable
{
    public const string Token = "ghp_specspecspecspecspecspecspecspecspec";

    /// <summary>What the gateway's callers present.</summary>
    public const string Bearer = "spec-bearer-0123456789-0123456789";

    /// <summary>As GITHUB_HOST: the gateway takes the stub for github.com, which has what no Enterprise Server has.</summary>
    public const string GitHubCom = "github.com";

    private readonly McpClient client;

    private StubbedGitHub(StubUpstream upstream, Gateway gateway, McpClient client)
    {
        Upstream = upstream;
        Gateway = gateway;
        this.client = client;
    }

    public StubUpstream Upstream { get; }

    public Gateway Gateway { get; }

    public McpClient Client => client;

    /// <summary>Starts with every toolset, unless the settings say otherwise.</summary>
    public static Task<StubbedGitHub> StartAsync(params (string Name, string? Value)[] settings) => StartAsync(null, settings);

    /// <summary>Starts on a clock of the spec's own.</summary>
    public static async Task<StubbedGitHub> StartAsync(TimeProvider? time, params (string Name, string? Value)[] settings)
    {
        var upstream = await StubUpstream.StartAsync();
        var all = new Dictionary<string, string?>
        {
            ["GITHUB_HOST"] = upstream.Url,
            ["GITHUB_TOKEN"] = Token,
            ["GITHUB_TOOLSETS"] = "all",
            ["MCP_BEARER_TOKEN"] = Bearer,
            // Which is kept by the machine's clock.
            ["GITHUB_LIMIT_CONTENT_WRITES"] = "100000/1",
        };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        var gateway = await Gateway.StartAsync(
            GitHubService.Definition,
            service => AddGitHub(service, all["GITHUB_HOST"] == GitHubCom ? upstream : null),
            all,
            time
        );
        return new(upstream, gateway, await gateway.ConnectAsync(Bearer));
    }

    /// <summary>Connects another client, which can do more.</summary>
    public Task<McpClient> ConnectAsync(McpClientOptions options) =>
        McpClient.CreateAsync(
            new HttpClientTransport(
                new()
                {
                    Endpoint = Gateway.McpUrl,
                    TransportMode = HttpTransportMode.StreamableHttp,
                    AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {Bearer}" },
                }
            ),
            options,
            cancellationToken: TestContext.Current.CancellationToken
        );

    /// <summary>Registers an answer of the REST API; the path begins after /api/v3.</summary>
    public StubbedGitHub On(string methodAndPath, string json, int status = 200, params (string Name, string Value)[] headers)
    {
        Upstream.On(methodAndPath.Replace(" /", " /api/v3/", StringComparison.Ordinal), json, status, headers);
        return this;
    }

    /// <summary>Registers an answer of the GraphQL API; several answer in turn.</summary>
    public StubbedGitHub OnGraphQl(string json)
    {
        Upstream.On("POST /api/graphql", json);
        return this;
    }

    /// <summary>Calls a tool; the arguments are an anonymous object.</summary>
    public async Task<CallToolResult> CallAsync(string tool, object? arguments = null) =>
        await client.CallToolAsync(
            tool,
            JsonSerializer.SerializeToElement(arguments ?? new { }).Deserialize<Dictionary<string, object?>>(),
            cancellationToken: TestContext.Current.CancellationToken
        );

    /// <summary>Sends one request, as curl would.</summary>
    /// <returns>The result or the error of the reply.</returns>
    public async Task<JsonObject> PostAsync(string method, JsonObject parameters)
    {
        var message = new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["id"] = 1,
            ["method"] = method,
            ["params"] = parameters,
        };
        using var response = await Gateway.PostAsync(message.ToJsonString(), Bearer);
        var reply = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsObject();
        return (reply["result"] ?? reply["error"])!.AsObject();
    }

    /// <summary>Calls a tool that has to succeed with data.</summary>
    public async Task<JsonElement> ReadAsync(string tool, object? arguments = null)
    {
        var result = await CallAsync(tool, arguments);
        Assert.True(
            result.IsError != true,
            result.TextOf()
                + string.Join(Environment.NewLine, Gateway.Logs.Lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal)))
        );
        return new SpecReply(result).Json;
    }

    /// <summary>Calls a tool that has to fail.</summary>
    public async Task<string> FailAsync(string tool, object? arguments = null)
    {
        var result = await CallAsync(tool, arguments);
        Assert.True(result.IsError == true, "succeeded with " + result.TextOf());
        return result.TextOf();
    }

    /// <summary>The requests GitHub saw, as "METHOD path?query".</summary>
    public IReadOnlyList<string> Requests =>
        [.. Upstream.Received.Select(request => $"{request.Method} {request.Target.Replace("/api/v3", "", StringComparison.Ordinal)}")];

    /// <summary>The body of the last request.</summary>
    public JsonElement LastBody => JsonDocument.Parse(Upstream.Received[^1].Body).RootElement;

    private static void AddGitHub(GatewayBuilder service, StubUpstream? asGitHubCom)
    {
        service.AddGitHub();
        if (asGitHubCom is not null)
        {
            service.Services.ConfigureAll<HttpClientFactoryOptions>(options =>
                options.HttpMessageHandlerBuilderActions.Add(client => client.AdditionalHandlers.Add(new Detour(asGitHubCom.Url)))
            );
        }
    }

    public async ValueTask DisposeAsync()
    {
        await client.DisposeAsync();
        await Gateway.DisposeAsync();
        await Upstream.DisposeAsync();
    }
}

internal static class ResultExtensions
{
    public static string TextOf(this CallToolResult result) =>
        string.Join('\n', result.Content.OfType<TextContentBlock>().Select(block => block.Text));
}

/// <summary>The last handler before the socket: what is meant for github.com goes to the stub.</summary>
internal sealed class Detour(string stub) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Assert.Equal("https://api.github.com", request.RequestUri!.GetLeftPart(UriPartial.Authority));
        var path = request.RequestUri.PathAndQuery;
        request.RequestUri = new(stub + (path == "/graphql" ? "/api/graphql" : "/api/v3" + path));
        return base.SendAsync(request, cancellationToken);
    }
}
