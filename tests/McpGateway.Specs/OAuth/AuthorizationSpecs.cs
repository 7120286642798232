using System.Net;
using McpGateway.Testing;

namespace McpGateway.Specs.OAuth;

public sealed class AuthorizationSpecs
{
    [Fact]
    public async Task An_approved_app_gets_a_code_its_state_and_the_issuer()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        using var answer = await gateway.AnswerAsync(gateway.Request(await gateway.RegisterAsync()));
        Assert.StartsWith(OAuthGateway.Redirect + "?", answer.Headers.Location!.AbsoluteUri, StringComparison.Ordinal);
        var query = OAuthGateway.QueryOf(answer);
        Assert.Equal(["code", "iss", "state"], query.Keys.Order());
        Assert.Equal("af0ifjsldkj", query["state"]);
        Assert.Equal(OAuthGateway.Url, query["iss"]);
    }

    [Theory]
    [InlineData("https://claude.ai/api/mcp/auth_callback/")]
    [InlineData("https://claude.ai/api/mcp/auth_callback/more")]
    [InlineData("https://claude.ai/api/mcp/auth_callbac")]
    [InlineData("https://claude.ai/api/mcp/../mcp/auth_callback")]
    [InlineData("https://claude.ai/api/mcp/auth_callback?next=1")]
    [InlineData("https://claude.ai/api/mcp/auth_callback#x")]
    [InlineData("https://claude.ai/API/mcp/auth_callback")]
    [InlineData("https://CLAUDE.ai/api/mcp/auth_callback")]
    [InlineData("https://claude.ai:8443/api/mcp/auth_callback")]
    [InlineData("https://claude.ai:443/api/mcp/auth_callback")]
    [InlineData("https://claude.ai@evil.example/api/mcp/auth_callback")]
    [InlineData("https://user@claude.ai/api/mcp/auth_callback")]
    [InlineData("https://claude.ai.evil.example/api/mcp/auth_callback")]
    [InlineData("http://claude.ai/api/mcp/auth_callback")]
    [InlineData("https://evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData(null)]
    public async Task A_code_goes_to_no_address_but_the_registered_one(string? redirect)
    {
        await using var gateway = await OAuthGateway.StartAsync();
        var request = gateway.Request(await gateway.RegisterAsync(), ("redirect_uri", redirect));
        foreach (var response in (HttpResponseMessage[])[await gateway.AskAsync(request), await gateway.AnswerAsync(request)])
        {
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Null(response.Headers.Location);
        }
    }

    [Theory]
    [InlineData("client_id")]
    [InlineData("redirect_uri")]
    [InlineData("scope")]
    [InlineData("resource")]
    [InlineData("code_challenge")]
    public async Task A_repeated_parameter_is_refused(string name)
    {
        await using var gateway = await OAuthGateway.StartAsync();
        var request = gateway.Request(await gateway.RegisterAsync());
        using var response = await gateway.Http.GetAsync(
            new Uri(
                Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString("/authorize", request!)
                    + $"&{name}={Uri.EscapeDataString(request[name])}",
                UriKind.Relative
            ),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Null(response.Headers.Location);
    }

    [Theory]
    [InlineData("http://localhost:5000/callback", "http://localhost:6000/callback", true)]
    [InlineData("http://localhost/callback", "http://localhost:6000/callback", true)]
    [InlineData("http://127.0.0.1/callback", "http://127.0.0.1:1/callback", true)]
    [InlineData("http://127.0.0.1:5000/callback", "http://127.0.0.1/callback", true)]
    [InlineData("http://[::1]/callback", "http://[::1]:6000/callback", true)]
    [InlineData("http://localhost/callback", "http://127.0.0.1:6000/callback", false)]
    [InlineData("http://localhost/callback", "http://localhost:6000/callback/x", false)]
    [InlineData("http://localhost/callback", "http://localhost:6000/Callback", false)]
    [InlineData("http://localhost/callback", "https://localhost:6000/callback", false)]
    [InlineData("http://localhost/callback", "http://localhost.evil.example:6000/callback", false)]
    [InlineData("http://localhost/callback", "http://localhost:6000/callback?x=1", false)]
    public async Task An_app_on_the_operators_machine_may_listen_at_any_port(string registered, string requested, bool allowed)
    {
        await using var gateway = await OAuthGateway.StartAsync();
        using var response = await gateway.AskAsync(gateway.Request(await gateway.RegisterAsync(registered), ("redirect_uri", requested)));
        Assert.Equal(allowed ? HttpStatusCode.OK : HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("code_challenge", null, "invalid_request")]
    [InlineData("code_challenge", "short", "invalid_request")]
    [InlineData("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw_cMx", "invalid_request")]
    [InlineData("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM", "invalid_request")]
    [InlineData("code_challenge_method", null, "invalid_request")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("code_challenge_method", "s256", "invalid_request")]
    [InlineData("response_type", null, "unsupported_response_type")]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("response_mode", "fragment", "invalid_request")]
    [InlineData("response_mode", "form_post", "invalid_request")]
    [InlineData("prompt", "none", "login_required")]
    [InlineData("resource", "https://other.example/mcp", "invalid_target")]
    [InlineData("resource", "https://gateway.example/mcp/x", "invalid_target")]
    [InlineData("resource", "https://gateway.example/console", "invalid_target")]
    [InlineData("resource", "https://gateway.example/mcp/readonly/x", "invalid_target")]
    [InlineData("resource", "https://a@gateway.example/mcp/readonly", "invalid_target")]
    [InlineData("resource", "http://gateway.example/mcp/readonly", "invalid_target")]
    [InlineData("resource", "https://gateway.example/mcp?x=1", "invalid_target")]
    [InlineData("resource", "https://gateway.example/mcp#x", "invalid_target")]
    [InlineData("resource", "https://gateway.example:8443/mcp", "invalid_target")]
    [InlineData("resource", "https://a@gateway.example/mcp", "invalid_target")]
    [InlineData("resource", "https://gateway.example.evil.example/mcp", "invalid_target")]
    public async Task What_is_wrong_with_a_request_is_told_to_the_app_with_state_and_issuer(string name, string? value, string error)
    {
        await using var gateway = await OAuthGateway.StartAsync();
        var request = gateway.Request(await gateway.RegisterAsync(), (name, value));
        foreach (var response in (HttpResponseMessage[])[await gateway.AskAsync(request), await gateway.AnswerAsync(request)])
        {
            var query = OAuthGateway.QueryOf(response);
            Assert.Equal((error, "af0ifjsldkj", OAuthGateway.Url), (query["error"], query["state"], query["iss"]));
            Assert.False(query.ContainsKey("code"));
        }
    }

    [Fact]
    public async Task Denying_tells_the_app_so()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        using var response = await gateway.AnswerAsync(gateway.Request(await gateway.RegisterAsync()), secret: null, decision: "deny");
        var query = OAuthGateway.QueryOf(response);
        Assert.Equal(("access_denied", "af0ifjsldkj", OAuthGateway.Url), (query["error"], query["state"], query["iss"]));
        Assert.Contains(await gateway.Gateway.ReadAuditAsync(), line => line.Contains("\"consent_denied\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_host_taken_off_the_list_gets_no_redirect_any_more()
    {
        using var temporary = new TemporaryFolder();
        var folder = temporary.Path;
        const string redirect = "https://n8n.example/rest/oauth2-credential/callback";
        string clientId;
        await using (
            var before = await OAuthGateway.StartAsync(
                new Dictionary<string, string?> { ["DATA_PATH"] = folder, ["OAUTH_REDIRECT_HOSTS"] = "n8n.example" }
            )
        )
        {
            clientId = await before.RegisterAsync(redirect);
        }

        await using var after = await OAuthGateway.StartAsync(new Dictionary<string, string?> { ["DATA_PATH"] = folder });
        foreach (var change in (string[])["code", "token"])
        {
            using var response = await after.AskAsync(after.Request(clientId, ("redirect_uri", redirect), ("response_type", change)));
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Null(response.Headers.Location);
        }
    }

    [Theory]
    [InlineData("https://anything.example/cb", false)]
    [InlineData(OAuthGateway.Redirect, true)]
    public async Task Where_every_host_is_allowed_only_a_named_one_is_sent_an_error_before_the_operator_approves(string redirect, bool sent)
    {
        await using var gateway = await OAuthGateway.StartAsync(new Dictionary<string, string?> { ["OAUTH_REDIRECT_HOSTS"] = "*" });
        var request = gateway.Request(await gateway.RegisterAsync(redirect), ("redirect_uri", redirect), ("response_type", "nope"));
        using var wrong = await gateway.AskAsync(request);
        using var denied = await gateway.AnswerAsync(new(request) { ["response_type"] = "code" }, secret: null, decision: "deny");
        using var approved = await gateway.AnswerAsync(new(request) { ["response_type"] = "code" });
        Assert.Equal(sent, wrong.Headers.Location is not null);
        Assert.Equal(sent, denied.Headers.Location is not null);
        Assert.StartsWith(redirect, approved.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_client_gets_a_page_and_no_redirect()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        foreach (
            var clientId in (string[])
                ["dcr.nonsense", "nobody", "https://127.0.0.1/client.json", "https://evil.example", "http://evil.example/client.json"]
        )
        {
            using var response = await gateway.AskAsync(gateway.Request(clientId, ("response_type", "token")));
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
            Assert.Null(response.Headers.Location);
        }
    }

    [Theory]
    [InlineData(null, null, "mcp")]
    [InlineData("https://gateway.example/mcp/", "openid profile", "mcp")]
    [InlineData("https://gateway.example", "mcp offline_access", "mcp offline_access")]
    [InlineData("https://gateway.example/", "mcp mcp:read offline_access", "mcp mcp:read offline_access")]
    [InlineData("https://gateway.example/mcp", "mcp:read whatever", "mcp:read")]
    [InlineData("HTTPS://Gateway.Example/mcp", null, "mcp")]
    [InlineData("https://gateway.example:443/mcp", null, "mcp")]
    public async Task An_app_that_says_little_or_too_much_still_gets_a_token_that_works(string? resource, string? scope, string granted)
    {
        await using var gateway = await OAuthGateway.StartAsync();
        var clientId = await gateway.RegisterAsync();
        var code = await gateway.CodeAsync(gateway.Request(clientId, ("resource", resource), ("scope", scope)));
        var tokens = await OAuthGateway.TokensAsync(clientId, await gateway.RedeemAsync(clientId, code, ("resource", resource)));
        Assert.Equal(granted, tokens.Scope);
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(tokens.Access));
    }
}
