using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using McpGateway.Testing;

namespace EndToEnd.Deployment;

/// <summary>Clients behind the reverse proxy, with the include files that production mounts.</summary>
public sealed class NginxSpecs(ProxiedGateway proxied) : IClassFixture<ProxiedGateway>, IAsyncLifetime
{
    private const string Host = ProxiedGateway.Host;
    private const string Token = ProxiedGateway.Token;
    private const string Initialize = """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}""";

    private readonly GatewayProcess gateway = proxied.Gateway;
    private NginxProxy nginx = null!;

    // One for each test: a rate limit that one test used up must not stop the next.
    public async ValueTask InitializeAsync() =>
        nginx = await NginxProxy.StartAsync(new Dictionary<string, int> { [Host] = gateway.Url.Port });

    public async ValueTask DisposeAsync()
    {
        if (nginx is not null)
        {
            await nginx.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task A_client_gets_through_to_the_gateway(string version)
    {
        using var client = nginx.CreateClient(Host, Version.Parse(version));
        using var response = await PostAsync(client, Initialize);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains(
            "memory-mcp",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        Assert.Contains("max-age=31536000", response.Headers.GetValues("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Past_the_burst_a_client_is_told_in_json_to_slow_down()
    {
        using var client = nginx.CreateClient(Host);
        var responses = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => client.GetAsync(new Uri("/health", UriKind.Relative))));
        var refused = responses.Where(r => r.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        var served = responses.Count(r => r.StatusCode == HttpStatusCode.OK);
        Assert.Equal(60, served + refused.Count);
        // 21 at once, and ten more for each second the burst took.
        Assert.InRange(served, 21, 50);
        Assert.All(
            refused,
            response =>
            {
                Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
                Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
                Assert.True(response.Headers.Contains("Strict-Transport-Security"));
            }
        );
        using var body = JsonDocument.Parse(await refused[0].Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(-32029, body.RootElement.GetProperty("error").GetProperty("code").GetInt32());
        Array.ForEach(responses, r => r.Dispose());
    }

    [Theory]
    [InlineData("/admin/host/ping")]
    [InlineData("/Admin/Host/Ping")]
    [InlineData("/runtime/webhooks/x")]
    [InlineData("//admin/host/status")]
    [InlineData("/%61dmin")]
    public async Task The_functions_hosts_own_routes_are_closed(string path)
    {
        using var client = nginx.CreateClient(Host);
        using var response = await client.GetAsync(
            new Uri($"https://{Host}:{nginx.HttpsPort}{path}"),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        // nginx's own page: the gateway's 404 is empty.
        Assert.Contains("nginx", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forged_forwarding_headers_do_not_reach_the_audit_line()
    {
        var earlier = gateway.Audit;
        using var client = nginx.CreateClient(Host);
        using var response = await PostAsync(
            client,
            "{}",
            token: "wrong-token-0123456789",
            request =>
            {
                request.Headers.Add("X-Forwarded-For", "6.6.6.6");
                request.Headers.Add("X-Forwarded-Host", "evil.test");
                request.Headers.Add("X-Forwarded-Proto", "http");
            }
        );
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        var line = await gateway.WaitForAuditAsync(
            l => l.Contains("login_refused", StringComparison.Ordinal) && !earlier.Contains(l),
            TestContext.Current.CancellationToken
        );
        Assert.Contains("127.0.0.1", line, StringComparison.Ordinal);
        Assert.DoesNotContain("6.6.6.6", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_nobody_has_is_refused()
    {
        using var client = nginx.CreateClient("unknown.test");
        await Assert.ThrowsAsync<HttpRequestException>(() =>
            client.GetAsync(new Uri("/health", UriKind.Relative), TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task Plain_http_is_redirected_and_a_post_stays_a_post()
    {
        using var client = new HttpClient(nginx.CreateHandler());
        using var get = await client.GetAsync(new Uri($"http://{Host}:{nginx.HttpPort}/health"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.MovedPermanently, get.StatusCode);
        using var post = await client.PostAsync(
            new Uri($"http://{Host}:{nginx.HttpPort}/mcp"),
            new StringContent("{}"),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.PermanentRedirect, post.StatusCode);
        Assert.StartsWith($"https://{Host}", post.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(31_000_000, "application/json")] // the gateway's own limit, which nginx lets through
    [InlineData(32_000_000, "text/html")]
    public async Task A_body_larger_than_a_gateway_takes_is_refused(int bytes, string mediaType)
    {
        using var client = nginx.CreateClient(Host);
        using var response = await PostAsync(client, new string(' ', bytes) + "{}");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal(mediaType, response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task An_invocation_id_of_the_functions_host_does_not_get_through()
    {
        // The stub stands where the gateway would: it shows what nginx hands on.
        await using var stub = await StubUpstream.StartAsync();
        stub.On("GET /health", "{}");
        await using var proxy = await NginxProxy.StartAsync(new Dictionary<string, int> { ["stub.test"] = new Uri(stub.Url).Port });
        using var client = proxy.CreateClient("stub.test");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health");
        request.Headers.Add("x-ms-invocation-id", "forged");
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var received = Assert.Single(stub.Received);
        Assert.False(received.Headers.TryGetValue("x-ms-invocation-id", out var value) && value.Length > 0);
        Assert.Equal("127.0.0.1", received.Headers["X-Forwarded-For"]);
        Assert.Equal("https", received.Headers["X-Forwarded-Proto"]);
        Assert.Equal($"stub.test:{proxy.HttpsPort}", received.Headers["Host"]);
    }

    [Fact]
    public async Task Behind_a_tunnel_clients_are_told_apart()
    {
        await using var proxy = await NginxProxy.StartAsync(new Dictionary<string, int> { [Host] = gateway.Url.Port }, tunnel: true);
        using var client = proxy.CreateClient(Host);
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 60)
                .Select(async i =>
                {
                    using var request = new HttpRequestMessage(HttpMethod.Get, "/health");
                    request.Headers.Add("CF-Connecting-IP", $"203.0.113.{i % 3}");
                    using var response = await client.SendAsync(request);
                    return response.StatusCode;
                })
        );
        Assert.All(answers, status => Assert.Equal(HttpStatusCode.OK, status));
    }

    private static async Task<HttpResponseMessage> PostAsync(
        HttpClient client,
        string json,
        string token = Token,
        Action<HttpRequestMessage>? configure = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
            Version = client.DefaultRequestVersion,
            VersionPolicy = client.DefaultVersionPolicy,
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        configure?.Invoke(request);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
