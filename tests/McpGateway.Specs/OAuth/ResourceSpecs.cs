using System.Net;
using System.Net.Http.Headers;

namespace McpGateway.Specs.OAuth;

/// <summary>An app names the address that it calls as the resource of its tokens (RFC 8707), and gets tokens for that and what is below.</summary>
public sealed class ResourceSpecs
{
    private const string List = """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""";

    [Theory]
    [InlineData("/mcp/readonly")]
    [InlineData("/mcp/readonly/")]
    [InlineData("/mcp/")]
    [InlineData("/mcp/x/core,search")]
    [InlineData("/mcp/x/core/readonly")]
    public async Task An_app_that_follows_the_challenge_of_its_address_gets_tokens_that_are_good_there(string path)
    {
        await using var gateway = await OAuthGateway.StartAsync();
        using var refused = await SendAsync(gateway, path);
        var challenge = Assert.Single(refused.Headers.GetValues("WWW-Authenticate"));
        var start = challenge.IndexOf("resource_metadata=\"", StringComparison.Ordinal) + "resource_metadata=\"".Length;
        var place = challenge[start..challenge.IndexOf('"', start)];
        Assert.Equal($"{OAuthGateway.Url}/.well-known/oauth-protected-resource{path}", place);

        using var found = await gateway.Http.GetAsync(
            new Uri(place[OAuthGateway.Url.Length..], UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        var resource = (await OAuthGateway.ReadAsync(found)).GetProperty("resource").GetString();
        Assert.Equal(OAuthGateway.Url + path, resource);

        var clientId = await gateway.RegisterAsync();
        var code = await gateway.CodeAsync(gateway.Request(clientId, ("resource", resource)));
        var tokens = await OAuthGateway.TokensAsync(clientId, await gateway.RedeemAsync(clientId, code, ("resource", resource)));
        using var served = await SendAsync(gateway, path, tokens.Access);
        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        var refreshed = await OAuthGateway.TokensAsync(
            clientId,
            await gateway.RefreshAsync(clientId, tokens.Refresh, ("resource", resource))
        );
        using var again = await SendAsync(gateway, path, refreshed.Access);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Theory]
    [InlineData("/mcp")]
    [InlineData("/mcp/x/default")]
    [InlineData("/metrics")]
    public async Task A_token_for_an_address_is_not_good_at_another_and_its_client_is_told_which_it_is_for(string elsewhere)
    {
        await using var gateway = await OAuthGateway.StartAsync(new Dictionary<string, string?> { ["METRICS"] = "true" });
        var tokens = await ConnectAsync(gateway, "/mcp/readonly");
        using var refused =
            elsewhere == "/metrics"
                ? await GetAsync(gateway, elsewhere, tokens.Access)
                : await SendAsync(gateway, elsewhere, tokens.Access);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Contains("error=\"invalid_token\"", Assert.Single(refused.Headers.GetValues("WWW-Authenticate")), StringComparison.Ordinal);
        Assert.Contains("was asked for /mcp/readonly and is good there alone", await refused.TextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/mcp/readonly")]
    [InlineData("/MCP/ReadOnly/")]
    [InlineData("/mcp/%72eadonly")]
    [InlineData("/mcp/x/../readonly")]
    public async Task A_token_for_an_address_is_good_there_however_it_is_written(string path)
    {
        await using var gateway = await OAuthGateway.StartAsync();
        var tokens = await ConnectAsync(gateway, "/mcp/readonly");
        using var served = await SendAsync(gateway, path, tokens.Access);
        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        // What is not in the list of the address cannot be called there either.
        Assert.DoesNotContain("spec_write", await served.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_for_the_gateway_is_good_at_every_address_as_before()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        var tokens = await gateway.ConnectAsync();
        foreach (var path in (string[])["/mcp", "/mcp/readonly", "/mcp/x/default"])
        {
            using var served = await SendAsync(gateway, path, tokens.Access);
            Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        }
    }

    [Fact]
    public async Task A_refresh_may_ask_for_less_than_the_connection_is_for_and_not_for_more()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        var whole = await gateway.ConnectAsync();
        var less = await OAuthGateway.TokensAsync(
            whole.ClientId,
            await gateway.RefreshAsync(whole.ClientId, whole.Refresh, ("resource", OAuthGateway.Resource + "/readonly"))
        );
        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.CallAsync(less.Access));

        var part = await ConnectAsync(gateway, "/mcp/readonly");
        using var more = await gateway.RefreshAsync(part.ClientId, part.Refresh, ("resource", OAuthGateway.Resource));
        Assert.Equal("invalid_target", await OAuthGateway.ErrorOf(more));
        // The refused wish has used nothing up.
        var refreshed = await OAuthGateway.TokensAsync(part.ClientId, await gateway.RefreshAsync(part.ClientId, part.Refresh));
        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.CallAsync(refreshed.Access));
    }

    [Fact]
    public async Task A_code_for_an_address_buys_no_token_for_the_gateway()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        var clientId = await gateway.RegisterAsync();
        var code = await gateway.CodeAsync(gateway.Request(clientId, ("resource", OAuthGateway.Resource + "/readonly")));
        using var more = await gateway.RedeemAsync(clientId, code);
        Assert.Equal("invalid_target", await OAuthGateway.ErrorOf(more));
        var tokens = await OAuthGateway.TokensAsync(clientId, await gateway.RedeemAsync(clientId, code, ("resource", null)));
        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.CallAsync(tokens.Access));
    }

    [Fact]
    public async Task The_operator_sees_the_address_that_is_asked_for()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        var resource = OAuthGateway.Resource + "/readonly";
        using var page = await gateway.AskAsync(gateway.Request(await gateway.RegisterAsync(), ("resource", resource)));
        Assert.Contains($"at {resource}<", await page.TextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/mcp/x")]
    [InlineData("/console")]
    [InlineData("/mcp/readonly/more")]
    public async Task An_address_without_mcp_has_no_metadata(string path)
    {
        await using var gateway = await OAuthGateway.StartAsync();
        using var response = await gateway.Http.GetAsync(
            new Uri("/.well-known/oauth-protected-resource" + path, UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static async Task<Tokens> ConnectAsync(OAuthGateway gateway, string path)
    {
        var clientId = await gateway.RegisterAsync();
        var code = await gateway.CodeAsync(gateway.Request(clientId, ("resource", OAuthGateway.Url + path)));
        return await OAuthGateway.TokensAsync(clientId, await gateway.RedeemAsync(clientId, code, ("resource", OAuthGateway.Url + path)));
    }

    private static Task<HttpResponseMessage> SendAsync(OAuthGateway gateway, string path, string? token = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(List, System.Text.Encoding.UTF8, "application/json"),
        };
        return SendOnAsync(gateway, request, token);
    }

    private static Task<HttpResponseMessage> GetAsync(OAuthGateway gateway, string path, string token) =>
        SendOnAsync(gateway, new(HttpMethod.Get, path), token);

    private static async Task<HttpResponseMessage> SendOnAsync(OAuthGateway gateway, HttpRequestMessage request, string? token)
    {
        using (request)
        {
            request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
            return await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        }
    }
}
