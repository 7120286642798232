using System.Net;

namespace McpGateway.Specs.OAuth;

/// <summary>What clients hear that look for a login where there is none, after a 401 or before any call.</summary>
public sealed class NoLoginSpecs
{
    [Theory]
    [InlineData("POST", "/register")]
    [InlineData("GET", "/authorize")]
    [InlineData("POST", "/token")]
    [InlineData("GET", "/.well-known/oauth-authorization-server")]
    [InlineData("GET", "/.well-known/oauth-authorization-server/mcp")]
    [InlineData("GET", "/.well-known/oauth-protected-resource")]
    [InlineData("GET", "/.well-known/oauth-protected-resource/mcp")]
    [InlineData("GET", "/.well-known/openid-configuration")]
    public async Task A_login_that_is_not_there_says_so_and_what_to_do_instead(string method, string path)
    {
        await using var gateway = await SpecService.StartWithTokenAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path)
        {
            Headers = { { "Origin", "https://inspector.example" } },
        };
        using var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("*", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Contains("'Authorization: Bearer <token>'", await response.TextAsync(), StringComparison.Ordinal);
        var error = await OAuthGateway.ReadAsync(response);
        Assert.Equal("not_found", error.GetProperty("error").GetString());
        var said = error.GetProperty("error_description").GetString();
        Assert.Contains("no login", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_token_is_wanted_either_it_says_that()
    {
        await using var gateway = await SpecService.StartAsync();
        using var response = await gateway.Http.PostAsync(
            new Uri("/register", UriKind.Relative),
            null,
            TestContext.Current.CancellationToken
        );
        Assert.Contains(
            "needs no token",
            (await OAuthGateway.ReadAsync(response)).GetProperty("error_description").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_operator_secret_without_a_public_url_is_no_login_yet()
    {
        await using var gateway = await SpecService.StartWithTokenAsync(("OPERATOR_SECRET", OAuthGateway.Secret));
        using var response = await gateway.Http.PostAsync(
            new Uri("/register", UriKind.Relative),
            null,
            TestContext.Current.CancellationToken
        );
        Assert.Contains("no login", await response.TextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "by OAuth: this gateway has no fixed token", "connect again")]
    [InlineData(OAuthGateway.StaticToken, "MCP_BEARER_TOKEN), or connect", "MCP_BEARER_TOKEN(S)")]
    public async Task Where_there_is_one_a_caller_without_a_token_hears_of_it(string? token, string without, string wrong)
    {
        await using var gateway = await OAuthGateway.StartAsync(new Dictionary<string, string?> { ["MCP_BEARER_TOKEN"] = token });
        using var none = await gateway.Gateway.PostAsync(SpecService.Initialize());
        using var unknown = await gateway.Gateway.PostAsync(SpecService.Initialize(), "an-access-token-of-yesterday");
        Assert.Contains(without, await MessageOf(none), StringComparison.Ordinal);
        Assert.Contains(wrong, await MessageOf(unknown), StringComparison.Ordinal);
    }

    private static async Task<string?> MessageOf(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        return (await OAuthGateway.ReadAsync(response)).GetProperty("message").GetString();
    }
}
