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
        await using var proxy = await NginxProxy.StartAsync(
            new Dictionary<string, int> { [Host] = gateway.Url.Port, ["coda.test"] = gateway.Url.Port },
            new NginxSetUp { Rate = "1r/m" }
        );
        var statuses = await FloodAsync(proxy, Host, 65);
        Assert.Equal(61, statuses.Count(status => status == HttpStatusCode.OK));
        Assert.Equal(4, statuses.Count(status => status == HttpStatusCode.TooManyRequests));

        using var client = proxy.CreateClient(Host);
        using var refused = await client.GetAsync(new Uri("/health", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
        Assert.Equal(-32029, await ErrorCodeAsync(refused));

        // What one gateway's clients use up is another's no loss: nginx still lets this through, to a gateway that does not know the name.
        using var other = proxy.CreateClient("coda.test");
        using var served = await other.GetAsync(new Uri("/health", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, served.StatusCode);
    }

    [Fact]
    public async Task Four_clients_that_start_together_are_let_in_even_at_one_gateway()
    {
        // With OAuth they send some 44 requests: a 401, two documents, a refresh, the handshake and the lists, each.
        await using var proxy = await NginxProxy.StartAsync(
            new Dictionary<string, int> { [Host] = gateway.Url.Port },
            new NginxSetUp { Rate = "1r/m" }
        );
        Assert.All(await FloodAsync(proxy, Host, 44), status => Assert.Equal(HttpStatusCode.OK, status));
    }

    [Fact]
    public async Task A_host_that_is_no_gateway_is_untouched()
    {
        // n8n's editor loads 453 files at once, and takes what it likes.
        await using var stub = await StubUpstream.StartAsync();
        stub.On("GET /health", "{}").On("GET /admin/x", "{}").On("POST /mcp", "{}");
        await using var proxy = await NginxProxy.StartAsync(
            new Dictionary<string, int> { [Host] = gateway.Url.Port },
            new NginxSetUp
            {
                Rate = "1r/m",
                Others = new Dictionary<string, int> { ["n8n.test"] = new Uri(stub.Url).Port },
            }
        );
        Assert.All(await FloodAsync(proxy, "n8n.test", 453), status => Assert.Equal(HttpStatusCode.OK, status));

        using var client = proxy.CreateClient("n8n.test");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/admin/x");
        request.Headers.Add("x-ms-invocation-id", "its own");
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("its own", stub.Received[^1].Headers["x-ms-invocation-id"]);
    }

    [Fact]
    public async Task A_gateway_that_is_down_is_an_error_in_json_that_says_when_to_come_back()
    {
        await using var proxy = await NginxProxy.StartAsync(new Dictionary<string, int> { [Host] = 1 });
        using var client = proxy.CreateClient(Host);
        using var response = await PostAsync(client, Initialize);
        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(2), response.Headers.RetryAfter?.Delta);
        Assert.Equal(-32603, await ErrorCodeAsync(response));
    }

    [Fact]
    public async Task Of_bodies_beyond_100_kB_a_gateway_gets_as_many_at_once_as_its_memory_holds()
    {
        await using var stub = await StubUpstream.StartAsync();
        var held = new TaskCompletionSource();
        using var arrived = new SemaphoreSlim(0);
        stub.On(
            "POST /mcp",
            _ =>
            {
                arrived.Release();
                return held.Task;
            }
        );
        await using var proxy = await NginxProxy.StartAsync(new Dictionary<string, int> { ["firecrawl.test"] = new Uri(stub.Url).Port });
        using var client = proxy.CreateClient("firecrawl.test");
        var large = new string(' ', 100_000);
        var running = new[] { PostAsync(client, large), PostAsync(client, large) };
        await arrived.WaitAsync(TestContext.Current.CancellationToken);
        await arrived.WaitAsync(TestContext.Current.CancellationToken);

        using (var third = await PostAsync(client, large))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        }

        var small = PostAsync(client, "{}");
        held.SetResult();
        foreach (var response in await Task.WhenAll([.. running, small]))
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            response.Dispose();
        }
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
    [InlineData(Host, 4_200_000)]
    [InlineData("firecrawl.test", 31_500_000)]
    public async Task A_body_larger_than_a_gateway_takes_is_refused(string host, int bytes)
    {
        await using var proxy = await NginxProxy.StartAsync(new Dictionary<string, int> { [host] = gateway.Url.Port });
        using var client = proxy.CreateClient(host);
        using var response = await PostAsync(client, new string(' ', bytes));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal(-32600, await ErrorCodeAsync(response));
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
        await using var proxy = await NginxProxy.StartAsync(
            new Dictionary<string, int> { [Host] = gateway.Url.Port },
            new NginxSetUp { Tunnel = true, Rate = "1r/m" }
        );
        using var client = proxy.CreateClient(Host);
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 90)
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

    private static async Task<HttpStatusCode[]> FloodAsync(NginxProxy proxy, string host, int requests)
    {
        using var client = proxy.CreateClient(host);
        return await Task.WhenAll(
            Enumerable
                .Range(0, requests)
                .Select(async _ =>
                {
                    using var response = await client.GetAsync(new Uri("/health", UriKind.Relative));
                    return response.StatusCode;
                })
        );
    }

    private static async Task<int> ErrorCodeAsync(HttpResponseMessage response)
    {
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.True(response.Headers.Contains("Strict-Transport-Security"));
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return body.RootElement.GetProperty("error").GetProperty("code").GetInt32();
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
