using System.Net;
using System.Text;

namespace McpGateway.Specs.OAuth;

public sealed class RegistrationSpecs
{
    [Fact]
    public async Task An_app_registers_itself_and_is_told_what_was_registered()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        using var response = await gateway.RegisterAsync(
            new
            {
                client_name = "Claude",
                redirect_uris = new[] { OAuthGateway.Redirect },
                token_endpoint_auth_method = "none",
                grant_types = new[] { "authorization_code", "refresh_token" },
                response_types = new[] { "code" },
                scope = "mcp",
                logo_uri = "https://claude.ai/logo.png",
            }
        );
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("null", text, StringComparison.Ordinal);
        Assert.DoesNotContain("client_secret", text, StringComparison.Ordinal);
        var client = await OAuthGateway.ReadAsync(response);
        Assert.StartsWith("dcr.", client.GetProperty("client_id").GetString(), StringComparison.Ordinal);
        Assert.InRange(client.GetProperty("client_id").GetString()!.Length, 100, 400);
        Assert.Equal("Claude", client.GetProperty("client_name").GetString());
        Assert.Equal($"""["{OAuthGateway.Redirect}"]""", client.GetProperty("redirect_uris").GetRawText());
        Assert.Equal("none", client.GetProperty("token_endpoint_auth_method").GetString());
        Assert.Equal("""["authorization_code","refresh_token"]""", client.GetProperty("grant_types").GetRawText());
        Assert.True(client.GetProperty("client_id_issued_at").TryGetInt64(out _));
    }

    [Theory]
    [InlineData("client_secret_post")]
    [InlineData("client_secret_basic")]
    [InlineData(null)]
    public async Task An_app_that_asks_for_a_secret_or_says_nothing_gets_one_that_never_expires(string? method)
    {
        await using var gateway = await OAuthGateway.StartAsync();
        using var response = await gateway.RegisterAsync(
            new Dictionary<string, object?> { ["redirect_uris"] = new[] { OAuthGateway.Redirect }, ["token_endpoint_auth_method"] = method }
        );
        var client = await OAuthGateway.ReadAsync(response);
        Assert.Equal(method ?? "client_secret_basic", client.GetProperty("token_endpoint_auth_method").GetString());
        Assert.Equal(0, client.GetProperty("client_secret_expires_at").GetInt64());
        Assert.InRange(client.GetProperty("client_secret").GetString()!.Length, 40, 60);
    }

    [Fact]
    public async Task Addresses_that_are_not_acceptable_are_dropped_and_the_rest_registered()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        using var response = await gateway.RegisterAsync(
            new
            {
                client_name = "Mixed",
                token_endpoint_auth_method = "none",
                redirect_uris = new[]
                {
                    "https://evil.example/cb",
                    "javascript:alert(1)",
                    "http://localhost:8787/callback",
                    "cursor://anysphere.cursor-mcp/oauth/callback",
                },
            }
        );
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(
            """["http://localhost:8787/callback","cursor://anysphere.cursor-mcp/oauth/callback"]""",
            (await OAuthGateway.ReadAsync(response)).GetProperty("redirect_uris").GetRawText()
        );
    }

    [Theory]
    [InlineData("https://evil.example/callback")]
    [InlineData("https://claude.ai.evil.example/api/mcp/auth_callback")]
    [InlineData("https://claude.ai@evil.example/")]
    [InlineData("https://user@claude.ai/")]
    [InlineData("https://claude.ai\\@evil.example/")]
    [InlineData("https://claude.ai:8443/callback")]
    [InlineData("https://claude.ai/callback#fragment")]
    [InlineData("http://claude.ai/callback")]
    [InlineData("http://192.168.1.2/callback")]
    [InlineData("http://127.0.0.2/callback")]
    [InlineData("http://localhost.evil.example/callback")]
    [InlineData("http://0x7f000001/callback")]
    [InlineData("http://2130706433/callback")]
    [InlineData("cursor://anysphere.cursor-mcp/oauth/callback/x")]
    [InlineData("cursor://evil/oauth/callback")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/callback")]
    [InlineData(" https://claude.ai/callback")]
    [InlineData("https://claude.ai/call\u0000back")]
    [InlineData("")]
    public async Task Whatever_an_app_calls_itself_a_foreign_address_is_refused(string redirect)
    {
        await using var gateway = await OAuthGateway.StartAsync();
        using var response = await gateway.RegisterAsync(
            new
            {
                client_name = "ChatGPT",
                redirect_uris = new[] { redirect },
                token_endpoint_auth_method = "none",
            }
        );
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_redirect_uri"), (response.StatusCode, await OAuthGateway.ErrorOf(response)));
    }

    [Theory]
    [InlineData("n8n.example", "https://n8n.example/rest/oauth2-credential/callback", true)]
    [InlineData("n8n.example:5678", "https://n8n.example:5678/rest/oauth2-credential/callback", true)]
    [InlineData("n8n.example", "https://n8n.example:5678/rest/oauth2-credential/callback", false)]
    [InlineData("n8n.example", "http://n8n.example/rest/oauth2-credential/callback", false)]
    [InlineData("*", "https://anything.example/cb", true)]
    [InlineData("*", "http://anything.example/cb", false)]
    public async Task The_operator_adds_hosts_of_his_own(string setting, string redirect, bool accepted)
    {
        await using var gateway = await OAuthGateway.StartAsync(new Dictionary<string, string?> { ["OAUTH_REDIRECT_HOSTS"] = setting });
        using var response = await gateway.RegisterAsync(new { redirect_uris = new[] { redirect }, token_endpoint_auth_method = "none" });
        Assert.Equal(accepted ? HttpStatusCode.Created : HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("""{"redirect_uris":"https://claude.ai/api/mcp/auth_callback"}""", "redirect_uris")]
    [InlineData("""{"redirect_uris":["http://localhost/cb"],"client_name":5}""", "client_name")]
    public async Task A_member_of_the_wrong_form_is_named(string body, string member)
    {
        await using var gateway = await OAuthGateway.StartAsync();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await gateway.Http.PostAsync(
            new Uri("/register", UriKind.Relative),
            content,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(
            $"'{member}' of the registration is not of the form that RFC 7591 gives it.",
            (string?)(await response.JsonAsync())["error_description"]
        );
    }

    [Theory]
    [InlineData("not json", HttpStatusCode.BadRequest)]
    [InlineData("[]", HttpStatusCode.BadRequest)]
    [InlineData("null", HttpStatusCode.BadRequest)]
    [InlineData("{}", HttpStatusCode.BadRequest)]
    [InlineData("""{"redirect_uris":"https://claude.ai/"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"redirect_uris":[null]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"redirect_uris":[7]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"redirect_uris":["https://claude.ai/"],"token_endpoint_auth_method":"private_key_jwt"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"redirect_uris":["https://claude.ai/"],"token_endpoint_auth_method":7}""", HttpStatusCode.BadRequest)]
    [InlineData("\u00ff\u0000", HttpStatusCode.BadRequest)]
    public async Task A_registration_that_is_none_is_refused_with_a_reason(string body, HttpStatusCode status)
    {
        await using var gateway = await OAuthGateway.StartAsync();
        using var content = new StringContent(body, Encoding.Latin1, "application/json");
        using var response = await gateway.Http.PostAsync(
            new Uri("/register", UriKind.Relative),
            content,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(status, response.StatusCode);
        Assert.Contains(await OAuthGateway.ErrorOf(response), (string[])["invalid_client_metadata", "invalid_redirect_uri"]);
    }

    [Theory]
    [InlineData("Claude\u202E\u0007\u200B\u2066 Code\uFEFF", "Claude Code")]
    [InlineData("\u3164\u3164ChatGPT\u3164\u3164", "ChatGPT")]
    [InlineData("A\u2800\u115F\u1160\uFFA0\u034F\uFE0FB", "AB")]
    [InlineData("Two   \u00A0\u3000\u2003 spaces\n\tand lines", "Two spaces and lines")]
    [InlineData("Z\u0301\u0302\u0303\u0304\u0305\u0306algo", "Z\u0301\u0302algo")]
    [InlineData("\u3164\u2800 \u200B", "unnamed app")]
    [InlineData("", "unnamed app")]
    [InlineData(
        "Việt \u0928\u092E\u0938\u094D\u0924\u0947 \u05E9\u05C1\u05B8 \uD83D\uDE80",
        "Việt \u0928\u092E\u0938\u094D\u0924\u0947 \u05E9\u05C1\u05B8 \uD83D\uDE80"
    )]
    public async Task A_name_keeps_only_what_a_person_sees(string name, string registered)
    {
        await using var gateway = await OAuthGateway.StartAsync();
        using var response = await gateway.RegisterAsync(new { client_name = name, redirect_uris = new[] { OAuthGateway.Redirect } });
        Assert.Equal(registered, (await OAuthGateway.ReadAsync(response)).GetProperty("client_name").GetString());
    }

    [Fact]
    public async Task Too_much_at_once_is_refused()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        using var large = await gateway.RegisterAsync(
            new { client_name = new string('x', 1_000_000), redirect_uris = new[] { OAuthGateway.Redirect } }
        );
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        using var many = await gateway.RegisterAsync(
            new { redirect_uris = Enumerable.Range(0, 1000).Select(i => $"http://localhost/{i}") }
        );
        Assert.Equal(HttpStatusCode.BadRequest, many.StatusCode);
        using var named = await gateway.RegisterAsync(
            new { client_name = new string('x', 10_000), redirect_uris = new[] { OAuthGateway.Redirect } }
        );
        Assert.Equal(80, (await OAuthGateway.ReadAsync(named)).GetProperty("client_name").GetString()!.Length);
    }

    [Fact]
    public async Task A_flood_of_registrations_is_slowed_down_and_fills_nothing()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        for (var i = 0; i < 30; i++)
        {
            await gateway.RegisterAsync();
        }

        using var one = await gateway.RegisterAsync(new { redirect_uris = new[] { OAuthGateway.Redirect } });
        Assert.Equal(HttpStatusCode.TooManyRequests, one.StatusCode);
        Assert.NotNull(one.Headers.RetryAfter);
        Assert.Empty(await StateRows.ReadAsync(gateway.Gateway.Folder, "SELECT id FROM grants"));
    }
}
