using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace McpGateway.Specs.OAuth;

/// <summary>
/// The requests of the clients people use, one after the other, as their documents, sources and public issues show them
/// (autumn 2026). No hosted client was there to ask.
/// </summary>
public sealed class ClientSequenceSpecs
{
    private const string Initialize =
        """{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"x","version":"1"}}}""";

    [Theory]
    [InlineData("https://chatgpt.com/oauth/client.json", "https://chatgpt.com/connector_platform_oauth_redirect")]
    [InlineData("https://chatgpt.com/oauth/tU1UVEq8rRTK/client.json", "https://chatgpt.com/connector/oauth/tU1UVEq8rRTK")]
    [InlineData("https://chatgpt.com/oauth/tU1UVEq8rRTK/client.json", "https://chatgpt.com/connector_platform_oauth_redirect")]
    public async Task ChatGPT_with_its_metadata_document(string clientId, string redirect)
    {
        await using var gateway = await OAuthGateway.StartAsync();
        var server = await DiscoverAsync(gateway);
        Assert.True(server.GetProperty("client_id_metadata_document_supported").GetBoolean());
        Assert.True(server.GetProperty("authorization_response_iss_parameter_supported").GetBoolean());
        var tokens = await AuthorizeAsync(gateway, clientId, redirect, "ChatGPT", ("scope", "mcp mcp:read offline_access"));
        await UseAsync(gateway, tokens, "openai-mcp/1.0.0");

        // A reconnect comes without a scope.
        await UseAsync(gateway, await AuthorizeAsync(gateway, clientId, redirect, "ChatGPT", ("scope", null)), "openai-mcp/1.0.0");
    }

    [Theory]
    [InlineData("https://chatgpt.com/oauth/tU1UVEq8rRTK/client.json", "https://chatgpt.com/connector/oauth/another")]
    [InlineData("https://chatgpt.com/oauth/client.json", "https://chatgpt.com/connector/oauth/tU1UVEq8rRTK")]
    [InlineData("https://chatgpt.com/oauth/codex/client.json", "https://chatgpt.com/connector_platform_oauth_redirect")]
    [InlineData("https://chatgpt.com/oauth/codex/client.json", "https://chatgpt.com/connector/oauth/codex")]
    [InlineData("https://chatgpt.com/oauth/codex/client.json", "http://192.168.1.2/callback")]
    [InlineData("https://chatgpt.com/oauth/codex/client.json", "https://127.0.0.1/callback")]
    [InlineData("https://chatgpt.com/oauth/codex/client.json", "http://127.0.0.1:4000/callback/x")]
    [InlineData("https://chatgpt.com/oauth/codex/cb_9f2/client.json", "http://127.0.0.1:1455/callback/other")]
    [InlineData("https://chatgpt.com/oauth/codex/cb_9f2/client.json", "http://127.0.0.1:1455/callback")]
    [InlineData("https://claude.ai/oauth/mcp-oauth-client-metadata", "https://claude.ai/other")]
    [InlineData("https://claude.ai/oauth/claude-code-client-metadata", "http://127.0.0.1:4000/other")]
    public async Task A_known_app_gets_no_answer_at_an_address_of_another(string clientId, string redirect)
    {
        await using var gateway = await OAuthGateway.StartAsync();
        using var response = await gateway.AskAsync(gateway.Request(clientId, ("redirect_uri", redirect)));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task ChatGPT_that_registers_itself_once_and_for_all()
    {
        const string redirect = "https://chatgpt.com/connector_platform_oauth_redirect";
        await using var gateway = await OAuthGateway.StartAsync();
        await DiscoverAsync(gateway);
        var (clientId, _) = await RegisterAsync(
            gateway,
            """
            {"client_name":"ChatGPT","redirect_uris":["https://chatgpt.com/connector_platform_oauth_redirect"],"grant_types":["authorization_code","refresh_token"],
             "response_types":["code"],"token_endpoint_auth_method":"none"}
            """
        );
        await UseAsync(gateway, await AuthorizeAsync(gateway, clientId, redirect, "ChatGPT"), "openai-mcp/1.0.0");
    }

    [Fact]
    public async Task Claude_with_its_metadata_document()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        var server = await DiscoverAsync(gateway);
        Assert.Contains("none", server.GetProperty("token_endpoint_auth_methods_supported").EnumerateArray().Select(m => m.GetString()));
        foreach (var redirect in (string[])["https://claude.ai/api/mcp/auth_callback", "https://claude.com/api/mcp/auth_callback"])
        {
            await UseAsync(
                gateway,
                await AuthorizeAsync(
                    gateway,
                    "https://claude.ai/oauth/mcp-oauth-client-metadata",
                    redirect,
                    "Claude",
                    ("scope", "mcp offline_access")
                ),
                "Claude-User"
            );
        }
    }

    [Fact]
    public async Task Claude_that_registers_itself_twice_for_one_connection()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        await DiscoverAsync(gateway);
        const string registration = """
            {"client_name":"Claude","redirect_uris":["https://claude.ai/api/mcp/auth_callback"],"grant_types":["authorization_code","refresh_token"],
             "response_types":["code"],"token_endpoint_auth_method":"none","scope":"mcp"}
            """;
        await RegisterAsync(gateway, registration);
        var (clientId, _) = await RegisterAsync(gateway, registration);
        await UseAsync(gateway, await AuthorizeAsync(gateway, clientId, OAuthGateway.Redirect, "Claude"), "Claude-User");
    }

    [Theory]
    [InlineData("http://localhost:54212/callback")]
    [InlineData("http://127.0.0.1:61001/callback")]
    public async Task Claude_Code_at_a_port_of_the_moment(string redirect)
    {
        await using var gateway = await OAuthGateway.StartAsync();
        await DiscoverAsync(gateway);
        await UseAsync(
            gateway,
            await AuthorizeAsync(gateway, "https://claude.ai/oauth/claude-code-client-metadata", redirect, "Claude Code"),
            "claude-code/2.1"
        );
    }

    [Theory]
    [InlineData("https://chatgpt.com/oauth/codex/client.json", "http://127.0.0.1:45821/callback")]
    [InlineData("https://chatgpt.com/oauth/codex/client.json", "http://localhost:45821/callback")]
    [InlineData("https://chatgpt.com/oauth/codex/client.json", "http://127.0.0.1/callback")]
    [InlineData("https://chatgpt.com/oauth/codex/cb_9f2/client.json", "http://127.0.0.1:1455/callback/cb_9f2")]
    [InlineData("https://chatgpt.com/oauth/codex/cb_9f2/client.json", "http://localhost:1455/callback/cb_9f2")]
    public async Task Codex_at_a_port_of_the_moment(string clientId, string redirect)
    {
        await using var gateway = await OAuthGateway.StartAsync();
        await DiscoverAsync(gateway);
        await UseAsync(
            gateway,
            await AuthorizeAsync(gateway, clientId, redirect, "Codex", ("scope", "mcp mcp:read")),
            "codex_cli_rs/0.171"
        );
    }

    [Theory]
    [InlineData("https://vscode.dev/redirect")]
    [InlineData("http://127.0.0.1:33418/")]
    [InlineData("http://127.0.0.1:50999/")]
    public async Task VS_Code_with_its_metadata_document_or_registered(string redirect)
    {
        await using var gateway = await OAuthGateway.StartAsync();
        await DiscoverAsync(gateway);
        await UseAsync(
            gateway,
            await AuthorizeAsync(gateway, "https://vscode.dev/oauth/client-metadata.json", redirect, "Visual Studio Code"),
            "Visual-Studio-Code/1.112"
        );

        var (clientId, client) = await RegisterAsync(
            gateway,
            """
            {"client_name":"Visual Studio Code","client_uri":"https://code.visualstudio.com","grant_types":["authorization_code","refresh_token","urn:ietf:params:oauth:grant-type:device_code"],
             "response_types":["code"],"redirect_uris":["https://insiders.vscode.dev/redirect","https://vscode.dev/redirect","http://127.0.0.1/","http://127.0.0.1:33418/"],
             "token_endpoint_auth_method":"none","application_type":"native"}
            """
        );
        Assert.Equal(
            ("native", 4),
            (client.GetProperty("application_type").GetString(), client.GetProperty("redirect_uris").GetArrayLength())
        );
        await UseAsync(gateway, await AuthorizeAsync(gateway, clientId, redirect, "Visual Studio Code"), "Visual-Studio-Code/1.112");
    }

    [Theory]
    [InlineData("cursor://anysphere.cursor-mcp/oauth/callback")]
    [InlineData("https://www.cursor.com/agents/mcp/oauth/callback")]
    [InlineData("http://localhost:8787/callback")]
    public async Task Cursor_with_three_addresses_at_once(string redirect)
    {
        await using var gateway = await OAuthGateway.StartAsync();
        await DiscoverAsync(gateway);
        var (clientId, client) = await RegisterAsync(
            gateway,
            """
            {"client_name":"Cursor","redirect_uris":["cursor://anysphere.cursor-mcp/oauth/callback","https://www.cursor.com/agents/mcp/oauth/callback","http://localhost:8787/callback"],
             "grant_types":["authorization_code","refresh_token"],"response_types":["code"],"token_endpoint_auth_method":"none"}
            """
        );
        Assert.Equal(3, client.GetProperty("redirect_uris").GetArrayLength());
        await UseAsync(gateway, await AuthorizeAsync(gateway, clientId, redirect, "Cursor"), "Cursor/2.9");
    }

    [Fact]
    public async Task N8n_that_asks_for_every_scope_and_names_no_resource()
    {
        const string redirect = "https://n8n.example/rest/oauth2-credential/callback";
        await using var gateway = await OAuthGateway.StartAsync(
            new Dictionary<string, string?> { ["OAUTH_REDIRECT_HOSTS"] = "n8n.example" }
        );
        var server = await DiscoverAsync(gateway);
        var scopes = string.Join(' ', server.GetProperty("scopes_supported").EnumerateArray().Select(s => s.GetString()));
        var (clientId, _) = await RegisterAsync(
            gateway,
            $$"""
            {"client_name":"n8n","client_uri":"https://n8n.io","redirect_uris":["{{redirect}}"],"grant_types":["authorization_code","refresh_token"],"response_types":["code"],
             "token_endpoint_auth_method":"none","scope":"{{scopes}}"}
            """
        );
        await UseAsync(gateway, await AuthorizeAsync(gateway, clientId, redirect, "n8n", ("scope", scopes), ("resource", null)), "n8n");
        await UseAsync(gateway, await AuthorizeAsync(gateway, clientId, redirect, "n8n", ("scope", "openid"), ("resource", null)), "n8n");
    }

    [Theory]
    [InlineData("http://localhost:6274/oauth/callback")]
    [InlineData("http://127.0.0.1:6276/oauth/callback")]
    public async Task MCP_Inspector_from_a_browser(string redirect)
    {
        await using var gateway = await OAuthGateway.StartAsync();
        gateway.Http.DefaultRequestHeaders.Add("Origin", "http://localhost:6274");
        await DiscoverAsync(gateway);
        var (clientId, _) = await RegisterAsync(
            gateway,
            $$"""
            {"client_name":"MCP Inspector","client_uri":"https://github.com/modelcontextprotocol/inspector","redirect_uris":["{{redirect}}"],
             "grant_types":["authorization_code","refresh_token"],"response_types":["code"],"token_endpoint_auth_method":"none","application_type":"native","scope":"mcp mcp:read"}
            """
        );
        // Its user's browser comes to the consent page from elsewhere.
        gateway.Http.DefaultRequestHeaders.Remove("Origin");
        await UseAsync(gateway, await AuthorizeAsync(gateway, clientId, redirect, "MCP Inspector", ("scope", "mcp mcp:read")), "inspector");
    }

    [Fact]
    public async Task Mcp_remote_that_asks_for_consent_and_unknown_scopes()
    {
        const string redirect = "http://localhost:3334/oauth/callback";
        await using var gateway = await OAuthGateway.StartAsync();
        await DiscoverAsync(gateway);
        var (clientId, _) = await RegisterAsync(
            gateway,
            $$"""
            {"redirect_uris":["{{redirect}}"],"token_endpoint_auth_method":"none","grant_types":["authorization_code","refresh_token"],"response_types":["code"],
             "client_name":"MCP CLI Proxy","client_uri":"https://github.com/modelcontextprotocol/mcp-cli","software_id":"2e6dc280-f3c3-4e01-99a7-8181dbd1d23d","software_version":"0.15.1"}
            """
        );
        await UseAsync(
            gateway,
            await AuthorizeAsync(
                gateway,
                clientId,
                redirect,
                "MCP CLI Proxy",
                ("scope", "openid email profile offline_access"),
                ("prompt", "consent")
            ),
            "mcp-remote/0.15.1"
        );
    }

    [Fact]
    public async Task A_client_of_the_first_revision_that_knows_the_default_paths_alone()
    {
        // 2025-03-26, and Claude now and then: /authorize, /token and /register at the origin, no resource.
        await using var gateway = await OAuthGateway.StartAsync();
        var (clientId, _) = await RegisterAsync(
            gateway,
            """{"client_name":"Old","redirect_uris":["http://127.0.0.1:7777/cb"],"token_endpoint_auth_method":"none"}"""
        );
        await UseAsync(
            gateway,
            await AuthorizeAsync(gateway, clientId, "http://127.0.0.1:7777/cb", "Old", ("resource", null), ("scope", null)),
            "old/1"
        );
    }

    /// <summary>401, then the resource's metadata where the challenge says, then the server's, each compared to the character.</summary>
    private static async Task<JsonElement> DiscoverAsync(OAuthGateway gateway)
    {
        using var refused = await gateway.Gateway.PostAsync(Initialize);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        var challenge = Assert.Single(refused.Headers.GetValues("WWW-Authenticate"));
        var start = challenge.IndexOf("resource_metadata=\"", StringComparison.Ordinal) + "resource_metadata=\"".Length;
        var url = new Uri(challenge[start..challenge.IndexOf('"', start)]);
        using var resource = await gateway.Http.GetAsync(new Uri(url.AbsolutePath, UriKind.Relative));
        var metadata = await OAuthGateway.ReadAsync(resource);
        Assert.Equal(OAuthGateway.Resource, metadata.GetProperty("resource").GetString());
        var issuer = metadata.GetProperty("authorization_servers")[0].GetString();
        using var server = await gateway.Http.GetAsync(new Uri("/.well-known/oauth-authorization-server", UriKind.Relative));
        var found = await OAuthGateway.ReadAsync(server);
        Assert.Equal(issuer, found.GetProperty("issuer").GetString());
        return found;
    }

    private static async Task<(string Id, JsonElement Client)> RegisterAsync(OAuthGateway gateway, string registration)
    {
        using var content = new StringContent(registration, Encoding.UTF8, "application/json");
        using var response = await gateway.Http.PostAsync(new Uri("/register", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var client = await OAuthGateway.ReadAsync(response);
        return (client.GetProperty("client_id").GetString()!, client);
    }

    private static async Task<Tokens> AuthorizeAsync(
        OAuthGateway gateway,
        string clientId,
        string redirect,
        string name,
        params (string Name, string? Value)[] changes
    )
    {
        var request = gateway.Request(clientId, [("redirect_uri", redirect), .. changes]);
        using var page = await gateway.AskAsync(request);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains($"Connect {name} to the Spec gateway?", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var answer = await gateway.AnswerAsync(request);
        Assert.StartsWith(redirect + "?code=", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        var query = OAuthGateway.QueryOf(answer);
        Assert.Equal((request["state"], OAuthGateway.Url), (query["state"], query["iss"]));
        var resource = request.GetValueOrDefault("resource");
        return await OAuthGateway.TokensAsync(
            clientId,
            await gateway.RedeemAsync(clientId, query["code"], ("redirect_uri", redirect), ("resource", resource))
        );
    }

    /// <summary>The first calls with the token, a refresh, and a call with the new one.</summary>
    private static async Task UseAsync(OAuthGateway gateway, Tokens tokens, string agent)
    {
        foreach (
            var message in (string[])
                [
                    Initialize,
                    """{"jsonrpc":"2.0","method":"notifications/initialized"}""",
                    """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""",
                ]
        )
        {
            using var response = await gateway.Gateway.PostAsync(
                message,
                tokens.Access,
                request =>
                {
                    request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
                    request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
                    request.Headers.TryAddWithoutValidation("User-Agent", agent);
                }
            );
            Assert.True(response.IsSuccessStatusCode, $"{message}: {response.StatusCode}");
        }

        var next = await OAuthGateway.TokensAsync(
            tokens.ClientId,
            await gateway.RefreshAsync(tokens.ClientId, tokens.Refresh, ("resource", OAuthGateway.Resource))
        );
        Assert.NotEqual(tokens.Refresh, next.Refresh);
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(next.Access, "spec_write"));
    }
}
