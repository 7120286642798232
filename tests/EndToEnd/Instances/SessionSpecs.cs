using System.Net;
using EndToEnd.Deployment;
using McpGateway.Testing;

namespace EndToEnd.Instances;

/// <summary>Sessions belong to the instance that opened them: docs/decisions/0044-sessions-stay-with-their-instance.md.</summary>
public sealed class SessionSpecs
{
    private const string Initialize =
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"spec","version":"1"}}}""";

    private const string List = """{"jsonrpc":"2.0","id":2,"method":"tools/list"}""";

    private static readonly Dictionary<string, string?> Hybrid = new() { ["MCP_SESSIONS"] = "hybrid", ["MCP_BEARER_TOKEN"] = Token };

    private const string Token = "a-token-of-the-session-specs-0123456789";
    private const string Host = "memory.test";

    [Fact]
    public async Task A_client_whose_session_is_with_another_instance_is_told_to_begin_anew_and_can()
    {
        await using var one = await GatewayProcess.StartAsync("Memory", Hybrid);
        await using var other = await GatewayProcess.StartAsync("Memory", Hybrid);
        var session = await OpenAsync(one.Http, Token);
        Assert.Equal(HttpStatusCode.OK, (await ListAsync(one.Http, session)).Status);

        // By the protocol a client opens a new session then.
        var (status, text) = await ListAsync(other.Http, session);
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("\"error\":", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await ListAsync(other.Http, await OpenAsync(other.Http, Token))).Status);
    }

    [Fact]
    public async Task Behind_a_balancer_that_goes_by_the_token_a_client_stays_where_its_session_is()
    {
        var tokens = Enumerable.Range(0, 8).Select(i => $"{Token}-{i}").ToList();
        var settings = new Dictionary<string, string?>
        {
            ["MCP_SESSIONS"] = "hybrid",
            ["MCP_BEARER_TOKENS"] = string.Join(',', tokens.Select((token, i) => $"client{i}={token}")),
            ["PUBLIC_URL"] = $"https://{Host}",
            ["TRUST_DOWNSTREAM_PROXY"] = "true",
        };
        await using var one = await GatewayProcess.StartAsync("Memory", settings);
        await using var other = await GatewayProcess.StartAsync("Memory", settings);
        await using var nginx = await NginxProxy.StartAsync(
            new Dictionary<string, int> { [Host] = one.Url.Port },
            new NginxSetUp { Further = [other.Url.Port], Balance = await BalanceOfComposeAsync() }
        );
        using var client = nginx.CreateClient(Host);
        foreach (var token in tokens)
        {
            var session = await OpenAsync(client, token);
            for (var call = 0; call < 4; call++)
            {
                Assert.Equal(HttpStatusCode.OK, (await ListAsync(client, session, token)).Status);
            }
        }
    }

    /// <summary>The directive of the label that nginx-proxy puts into the upstream.</summary>
    private static async Task<string> BalanceOfComposeAsync()
    {
        const string Label = "com.github.nginx-proxy.nginx-proxy.loadbalance: ";
        var lines = await File.ReadAllLinesAsync(
            Path.Combine(Repository.Root, "docker", "compose.postgres-two.yml"),
            TestContext.Current.CancellationToken
        );
        var line = Assert.Single(lines, line => line.Contains(Label, StringComparison.Ordinal));
        return line.Trim()[Label.Length..].Replace("$$", "$", StringComparison.Ordinal);
    }

    private static async Task<string> OpenAsync(HttpClient gateway, string token)
    {
        using var response = await SendAsync(gateway, Initialize, null, token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return Assert.Single(response.Headers.GetValues("Mcp-Session-Id"));
    }

    private static async Task<(HttpStatusCode Status, string Text)> ListAsync(HttpClient gateway, string session, string token = Token)
    {
        using var response = await SendAsync(gateway, List, session, token);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient gateway, string json, string? session, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = new StringContent(json) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Authorization = new("Bearer", token);
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        if (session is not null)
        {
            request.Headers.Add("Mcp-Session-Id", session);
        }

        return await gateway.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
