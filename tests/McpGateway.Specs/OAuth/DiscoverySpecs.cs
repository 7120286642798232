using System.Net;
using McpGateway.Testing;

namespace McpGateway.Specs.OAuth;

public sealed class DiscoverySpecs
{
    [Theory]
    [InlineData("/.well-known/oauth-authorization-server")]
    [InlineData("/.well-known/oauth-authorization-server/mcp")]
    public async Task An_app_finds_the_endpoints_at_both_places(string path)
    {
        await using var gateway = await OAuthGateway.StartAsync();
        using var response = await gateway.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(
            """{"issuer":"https://gateway.example","authorization_endpoint":"https://gateway.example/authorize","token_endpoint":"https://gateway.example/token","registration_endpoint":"https://gateway.example/register","revocation_endpoint":"https://gateway.example/revoke","response_types_supported":["code"],"response_modes_supported":["query"],"grant_types_supported":["authorization_code","refresh_token","client_credentials"],"code_challenge_methods_supported":["S256"],"token_endpoint_auth_methods_supported":["none","client_secret_post","client_secret_basic","private_key_jwt"],"token_endpoint_auth_signing_alg_values_supported":["RS256","PS256","ES256"],"revocation_endpoint_auth_methods_supported":["none","client_secret_post","client_secret_basic","private_key_jwt"],"revocation_endpoint_auth_signing_alg_values_supported":["RS256","PS256","ES256"],"scopes_supported":["mcp","mcp:read","offline_access"],"client_id_metadata_document_supported":true,"authorization_response_iss_parameter_supported":true}""",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );
    }

    [Theory]
    [InlineData("/.well-known/oauth-protected-resource")]
    [InlineData("/.well-known/oauth-protected-resource/mcp")]
    public async Task An_app_finds_which_server_protects_the_resource(string path)
    {
        await using var gateway = await OAuthGateway.StartAsync();
        using var response = await gateway.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        var metadata = await OAuthGateway.ReadAsync(response);
        Assert.Equal("https://gateway.example/mcp", metadata.GetProperty("resource").GetString());
        Assert.Equal("""["https://gateway.example"]""", metadata.GetProperty("authorization_servers").GetRawText());
        Assert.Equal("""["mcp","mcp:read"]""", metadata.GetProperty("scopes_supported").GetRawText());
        Assert.Equal("""["header"]""", metadata.GetProperty("bearer_methods_supported").GetRawText());
        Assert.False(metadata.TryGetProperty("profiles_supported", out _));
    }

    [Fact]
    public async Task A_caller_without_a_token_is_told_where_to_get_one()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        using var response = await gateway.Gateway.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(
            """Bearer realm="spec-mcp", resource_metadata="https://gateway.example/.well-known/oauth-protected-resource/mcp", scope="mcp" """.TrimEnd(),
            Assert.Single(response.Headers.GetValues("WWW-Authenticate"))
        );
    }

    [Fact]
    public async Task A_caller_with_a_wrong_token_is_told_that_it_is_wrong_and_where_to_get_another()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        using var response = await gateway.SendCallAsync("no-token-of-ours", "spec_read");
        var challenge = Assert.Single(response.Headers.GetValues("WWW-Authenticate"));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("error=\"invalid_token\"", challenge, StringComparison.Ordinal);
        Assert.Contains(
            "resource_metadata=\"https://gateway.example/.well-known/oauth-protected-resource/mcp\"",
            challenge,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_static_bearer_goes_on_working()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(OAuthGateway.StaticToken, "spec_write"));
    }

    [Theory]
    [InlineData(null, OAuthGateway.Secret)]
    [InlineData(OAuthGateway.Url, null)]
    public async Task A_gateway_without_public_url_or_operator_secret_promises_nothing(string? url, string? secret)
    {
        await using var gateway = await Gateway.StartAsync(
            new GatewayService("spec-mcp", 0, "Spec", "None"),
            _ => { },
            new Dictionary<string, string?>
            {
                ["PUBLIC_URL"] = url,
                ["OPERATOR_SECRET"] = secret,
                ["MCP_BEARER_TOKEN"] = OAuthGateway.StaticToken,
            }
        );
        foreach (
            var path in (string[])
                [
                    "/.well-known/oauth-authorization-server",
                    "/.well-known/oauth-authorization-server/mcp",
                    "/.well-known/oauth-protected-resource",
                    "/.well-known/oauth-protected-resource/mcp",
                    "/authorize",
                    "/token",
                    "/register",
                    "/revoke",
                ]
        )
        {
            using var response = await gateway.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }

        using var refused = await gateway.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""");
        Assert.Equal("Bearer realm=\"spec-mcp\"", Assert.Single(refused.Headers.GetValues("WWW-Authenticate")));
        Assert.False(Directory.Exists(Path.Combine(gateway.Folder, "oauth")));
    }

    [Fact]
    public async Task Nobody_is_told_of_openid()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        using var response = await gateway.Http.GetAsync(
            new Uri("/.well-known/openid-configuration", UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/.well-known/oauth-authorization-server")]
    [InlineData("GET", "/.well-known/oauth-protected-resource/mcp")]
    [InlineData("POST", "/mcp")]
    public async Task Whatever_host_a_request_claims_the_urls_stay_those_of_public_url(string method, string path)
    {
        await using var gateway = await OAuthGateway.StartAsync(
            new Dictionary<string, string?> { ["ALLOWED_HOSTS"] = "evil.example", ["TRUST_DOWNSTREAM_PROXY"] = "true" }
        );
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Host = "evil.example";
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        request.Headers.Add("X-Forwarded-Proto", "http");
        using var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var all = response.Headers + await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("https://gateway.example", all, StringComparison.Ordinal);
        Assert.DoesNotContain("evil.example", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_public_url_in_another_spelling_becomes_the_one_clients_compute()
    {
        await using var gateway = await OAuthGateway.StartAsync(
            new Dictionary<string, string?> { ["PUBLIC_URL"] = "https://Gateway.Example:443" }
        );
        using var response = await gateway.Http.GetAsync(
            new Uri("/.well-known/oauth-authorization-server", UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        Assert.Equal("https://gateway.example", (await OAuthGateway.ReadAsync(response)).GetProperty("issuer").GetString());
    }

    [Theory]
    [InlineData("GET", "/.well-known/oauth-authorization-server")]
    [InlineData("GET", "/.well-known/oauth-protected-resource/mcp")]
    [InlineData("POST", "/token")]
    [InlineData("POST", "/register")]
    [InlineData("POST", "/revoke")]
    public async Task A_client_in_any_browser_may_call(string method, string path)
    {
        await using var gateway = await OAuthGateway.StartAsync();
        using var preflight = new HttpRequestMessage(HttpMethod.Options, path);
        preflight.Headers.Add("Origin", "https://inspector.example");
        preflight.Headers.Add("Access-Control-Request-Method", method);
        preflight.Headers.Add("Access-Control-Request-Headers", "content-type, mcp-protocol-version");
        using var allowed = await gateway.Http.SendAsync(preflight, TestContext.Current.CancellationToken);
        Assert.Equal("*", Assert.Single(allowed.Headers.GetValues("Access-Control-Allow-Origin")));

        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("Origin", "https://inspector.example");
        using var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.NotEqual(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("*", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
    }

    [Theory]
    [InlineData("/authorize")]
    [InlineData("/console/access")]
    public async Task A_page_of_another_site_may_neither_read_nor_send_the_operators_forms(string path)
    {
        await using var gateway = await OAuthGateway.StartAsync();
        using var response = await gateway.PostAsync(path, [], headers => headers.Add("Origin", "https://evil.example"));
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Readiness_tells_of_a_state_that_was_taken_away()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        using var ready = await gateway.Http.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);

        var file = Path.Combine(gateway.Gateway.Folder, "state.db");
        File.Move(file, file + ".away");
        using var broken = await gateway.Http.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, broken.StatusCode);
        Assert.Contains(
            "state.db' was deleted or replaced",
            (await OAuthGateway.ReadAsync(broken)).GetProperty("problems").GetProperty("state").GetString(),
            StringComparison.Ordinal
        );

        File.Move(file + ".away", file);
        using var again = await gateway.Http.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }
}
