using System.Net;

namespace McpGateway.Specs.Hosting;

public sealed class RequestGuardSpecs
{
    private static readonly (string, string)[] Settings =
    [
        ("PUBLIC_URL", "https://spec.example.com"),
        ("ALLOWED_HOSTS", "spec-mcp-gateway, other-name, only.example.org:8443, [fd00::7]"),
        ("WEBSITE_HOSTNAME", "spec.azurewebsites.net"),
        ("ALLOWED_ORIGINS", "https://app.example.org/, https://claude.ai, vscode-webview://0a1b2c"),
        ("MCP_BEARER_TOKEN", SpecService.Token),
    ];

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST:1234", true)]
    [InlineData("127.0.0.1:8082", true)]
    [InlineData("[::1]:8082", true)]
    [InlineData("spec.example.com", true)]
    [InlineData("spec-mcp-gateway:8082", true)]
    [InlineData("other-name", true)]
    [InlineData("spec.azurewebsites.net", true)]
    [InlineData("only.example.org:8443", true)]
    [InlineData("[fd00::7]:8082", true)]
    [InlineData("only.example.org", false)]
    [InlineData("only.example.org:8444", false)]
    [InlineData("evil.example.com", false)]
    [InlineData("localhost.evil.example.com", false)]
    [InlineData("127.0.0.1.nip.io", false)]
    [InlineData("evil-localhost", false)]
    [InlineData("evilspec.example.com", false)]
    [InlineData("sub.spec.example.com", false)]
    [InlineData("10.0.0.5", false)]
    [InlineData("app.example.org", false)]
    public async Task The_service_answers_to_its_own_names_only(string host, bool answered)
    {
        await using var gateway = await SpecService.StartAsync(Settings);
        using var response = await gateway.PostAsync(SpecService.Initialize(), SpecService.Token, request => request.Headers.Host = host);
        Assert.Equal(answered ? HttpStatusCode.OK : HttpStatusCode.Forbidden, response.StatusCode);
        if (!answered)
        {
            Assert.Contains("ALLOWED_HOSTS", await response.TextAsync(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("http://localhost:6274", true)]
    [InlineData("http://127.0.0.1", true)]
    [InlineData("https://spec.example.com", true)]
    [InlineData("https://claude.ai", true)]
    [InlineData("https://app.example.org", true)]
    [InlineData("vscode-webview://0a1b2c", true)]
    [InlineData("chrome-extension://localhost", false)]
    [InlineData("vscode-webview://localhost", false)]
    [InlineData("ftp://127.0.0.1", false)]
    [InlineData("https://evil.example.com", false)]
    [InlineData("https://claude.ai.evil.example.com", false)]
    [InlineData("https://app.example.org:444", false)]
    [InlineData("null", false)]
    [InlineData("file://", false)]
    [InlineData("nonsense", false)]
    public async Task Pages_of_foreign_origins_may_not_call(string origin, bool answered)
    {
        await using var gateway = await SpecService.StartAsync(Settings);
        using var response = await gateway.PostAsync(
            SpecService.Initialize(),
            SpecService.Token,
            request => request.Headers.Add("Origin", origin)
        );
        Assert.Equal(answered ? HttpStatusCode.OK : HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(answered, response.Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed) && allowed.Single() == origin);
    }

    [Theory]
    [InlineData("https://claude.ai", HttpStatusCode.NoContent)]
    [InlineData("https://evil.example.com", HttpStatusCode.Forbidden)]
    public async Task A_browsers_preflight_needs_no_token(string origin, HttpStatusCode status)
    {
        await using var gateway = await SpecService.StartAsync(Settings);
        using var request = new HttpRequestMessage(HttpMethod.Options, "/mcp")
        {
            Headers =
            {
                { "Origin", origin },
                { "Access-Control-Request-Method", "POST" },
                { "Access-Control-Request-Headers", "authorization,content-type,mcp-protocol-version" },
            },
        };
        using var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(status, response.StatusCode);
        if (status == HttpStatusCode.NoContent)
        {
            Assert.Contains("POST", response.Headers.GetValues("Access-Control-Allow-Methods").Single(), StringComparison.Ordinal);
            Assert.Contains("authorization", response.Headers.GetValues("Access-Control-Allow-Headers").Single(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_page_can_read_the_challenge_of_a_401()
    {
        await using var gateway = await SpecService.StartAsync(Settings);
        using var response = await gateway.PostAsync(
            SpecService.Initialize(),
            configure: request => request.Headers.Add("Origin", "https://claude.ai")
        );
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("WWW-Authenticate", response.Headers.GetValues("Access-Control-Expose-Headers").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invocation_id_of_the_functions_host_means_nothing_on_kestrel()
    {
        await using var gateway = await SpecService.StartWithTokenAsync();
        using var without = await gateway.PostAsync(
            SpecService.Initialize(),
            configure: request => request.Headers.Add("x-ms-invocation-id", Guid.NewGuid().ToString())
        );
        using var with = await gateway.PostAsync(
            SpecService.Initialize(),
            SpecService.Token,
            request => request.Headers.Add("x-ms-invocation-id", Guid.NewGuid().ToString())
        );
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (without.StatusCode, with.StatusCode));
    }
}
