using McpGateway.Secrets;
using Microsoft.Extensions.DependencyInjection;

namespace McpGateway.Specs.OAuth;

public sealed class StartSpecs
{
    [Theory]
    [InlineData("OPERATOR_SECRET", "short-secret", "OPERATOR_SECRET")]
    [InlineData("OPERATOR_SECRET", "aaaaaaaaaaaaaaaaaaaaaaaaaaaa", "OPERATOR_SECRET")]
    [InlineData("PUBLIC_URL", "http://gateway.example", "PUBLIC_URL")]
    [InlineData("PUBLIC_URL", "https://gateway.example/", "PUBLIC_URL")]
    [InlineData("PUBLIC_URL", "https://gateway.example/path", "PUBLIC_URL")]
    [InlineData("OAUTH_ACCESS_MINUTES", "1441", "OAUTH_ACCESS_MINUTES")]
    [InlineData("OAUTH_STORE", "table", "OAUTH_STORAGE_ACCOUNT")]
    [InlineData("OAUTH_REDIRECT_HOSTS", "https://n8n.example.org/", "OAUTH_REDIRECT_HOSTS names 'https://n8n.example.org/'")]
    [InlineData("OAUTH_REDIRECT_HOSTS", "ok.example.org, *.corp.example.org", "OAUTH_REDIRECT_HOSTS names '*.corp.example.org'")]
    [InlineData("OAUTH_REDIRECT_HOSTS", "n8n.example.org/rest", "OAUTH_REDIRECT_HOSTS names 'n8n.example.org/rest'")]
    [InlineData("OAUTH_REDIRECT_HOSTS", "n8n.example.org:443", "OAUTH_REDIRECT_HOSTS names 'n8n.example.org:443'")]
    [InlineData("OAUTH_REDIRECT_HOSTS", "user@n8n.example.org", "OAUTH_REDIRECT_HOSTS names 'user@n8n.example.org'")]
    public async Task A_setting_that_would_weaken_it_keeps_the_gateway_from_starting(string name, string value, string named)
    {
        var failure = await Assert.ThrowsAsync<SettingException>(() =>
            OAuthGateway.StartAsync(new Dictionary<string, string?> { [name] = value })
        );
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MCP_BEARER_TOKEN", OAuthGateway.Secret)]
    [InlineData("MCP_BEARER_TOKENS", "n8n=" + OAuthGateway.Secret)]
    public async Task The_operator_secret_is_no_bearer_token(string name, string value)
    {
        var failure = await Assert.ThrowsAsync<SettingException>(() =>
            OAuthGateway.StartAsync(new Dictionary<string, string?> { [name] = value })
        );
        Assert.Contains("OPERATOR_SECRET is the bearer token", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(OAuthGateway.Secret, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Oauth_alone_is_enough_to_start_and_lets_nobody_in_without_a_token()
    {
        await using var gateway = await OAuthGateway.StartAsync(new Dictionary<string, string?> { ["MCP_BEARER_TOKEN"] = null });
        using var response = await gateway.Gateway.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""");
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_login_for_everyone_and_a_login_for_nobody_do_not_go_together()
    {
        var failure = await Assert.ThrowsAsync<SettingException>(() =>
            OAuthGateway.StartAsync(new Dictionary<string, string?> { ["MCP_BEARER_TOKEN"] = null, ["ALLOW_ANONYMOUS"] = "true" })
        );
        Assert.Contains("ALLOW_ANONYMOUS", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_is_none_is_named_at_start()
    {
        var failure = await Assert.ThrowsAsync<SettingException>(() =>
            OAuthGateway.StartAsync(new Dictionary<string, string?> { ["OAUTH_KEY_CERTIFICATE"] = "bm8=" })
        );
        Assert.Contains("OAUTH_KEY_CERTIFICATE", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/console/sign-in", "secret=" + OAuthGateway.Secret, "application/json", "\"error\":\"Internal Server Error\"")]
    [InlineData(
        "/register",
        """{"redirect_uris":["https://claude.ai/api/mcp/auth_callback"]}""",
        "application/json",
        "\"error\":\"server_error\""
    )]
    public async Task A_failure_that_nobody_foresaw_has_the_form_of_its_endpoint(
        string path,
        string body,
        string mediaType,
        string expected
    )
    {
        await using var gateway = await OAuthGateway.StartAsync(time: new BreakableClock());
        BreakableClock.Break(gateway.Gateway.Services);
        using var response = await gateway.Http.PostAsync(
            new Uri(path, UriKind.Relative),
            new StringContent(
                body,
                System.Text.Encoding.UTF8,
                path == "/register" ? "application/json" : "application/x-www-form-urlencoded"
            ),
            TestContext.Current.CancellationToken
        );
        var text = await response.TextAsync();
        Assert.Equal(System.Net.HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal(mediaType, response.Content.Headers.ContentType?.MediaType);
        Assert.Contains(expected, text, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
    }

    /// <summary>A clock that fails once it is told to: everything that asks for the time is a defect then.</summary>
    private sealed class BreakableClock : TimeProvider
    {
        private bool isBroken;

        public static void Break(IServiceProvider services) =>
            ((BreakableClock)services.GetRequiredService<TimeProvider>()).isBroken = true;

        public override DateTimeOffset GetUtcNow() => isBroken ? throw new InvalidOperationException("hunter2") : base.GetUtcNow();
    }
}
