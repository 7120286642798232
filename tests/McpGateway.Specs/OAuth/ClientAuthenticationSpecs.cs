using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace McpGateway.Specs.OAuth;

public sealed class ClientAuthenticationSpecs
{
    [Theory]
    [InlineData("client_secret_post")]
    [InlineData("client_secret_basic")]
    [InlineData(null)]
    public async Task A_client_with_a_secret_gets_in_with_it_and_not_without(string? method)
    {
        await using var gateway = await OAuthGateway.StartAsync();
        var (clientId, secret) = await ConfidentialAsync(gateway, method);
        var code = await gateway.CodeAsync(gateway.Request(clientId));
        using var without = await gateway.RedeemAsync(clientId, code);
        await AssertInvalidClientAsync(without);
        using var wrong = await gateway.RedeemAsync(clientId, code, ("client_secret", secret + "x"));
        await AssertInvalidClientAsync(wrong);

        using var with =
            method == "client_secret_post"
                ? await gateway.RedeemAsync(clientId, code, ("client_secret", secret))
                : await PostAsync(gateway, code, Basic($"{Uri.EscapeDataString(clientId)}:{secret}"));
        Assert.Equal(HttpStatusCode.OK, with.StatusCode);
    }

    [Fact]
    public async Task A_refresh_and_a_revocation_take_the_secret_as_well()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        var (clientId, secret) = await ConfidentialAsync(gateway, "client_secret_post");
        var tokens = await OAuthGateway.TokensAsync(
            clientId,
            await gateway.RedeemAsync(clientId, await gateway.CodeAsync(gateway.Request(clientId)), ("client_secret", secret))
        );
        await AssertInvalidClientAsync(await gateway.RefreshAsync(clientId, tokens.Refresh));
        await AssertInvalidClientAsync(
            await gateway.PostAsync("/revoke", new Dictionary<string, string> { ["client_id"] = clientId, ["token"] = tokens.Access })
        );
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(tokens.Access));
    }

    [Fact]
    public async Task Two_ways_of_authentication_at_once_are_refused()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        var (clientId, secret) = await ConfidentialAsync(gateway, "client_secret_basic");
        var code = await gateway.CodeAsync(gateway.Request(clientId));
        await AssertInvalidClientAsync(await PostAsync(gateway, code, Basic($"{clientId}:{secret}"), ("client_secret", secret)));
        await AssertInvalidClientAsync(
            await PostAsync(gateway, code, Basic($"{clientId}:{secret}"), ("client_id", await gateway.RegisterAsync()))
        );
        await AssertInvalidClientAsync(
            await gateway.RedeemAsync(
                clientId,
                code,
                ("client_secret", secret),
                ("client_assertion", Assertion("none")),
                ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
            )
        );
    }

    [Theory]
    [InlineData("none")]
    [InlineData("HS256")]
    [InlineData("RS256")]
    public async Task An_assertion_is_no_authentication_here(string algorithm)
    {
        await using var gateway = await OAuthGateway.StartAsync();
        var clientId = await gateway.RegisterAsync();
        await AssertInvalidClientAsync(
            await gateway.RedeemAsync(
                clientId,
                await gateway.CodeAsync(gateway.Request(clientId)),
                ("client_assertion", Assertion(algorithm)),
                ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
            )
        );
    }

    [Fact]
    public async Task A_public_client_has_no_secret()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        var clientId = await gateway.RegisterAsync();
        await AssertInvalidClientAsync(
            await gateway.RedeemAsync(clientId, await gateway.CodeAsync(gateway.Request(clientId)), ("client_secret", "anything"))
        );
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Basic ")]
    [InlineData("Basic !!!")]
    [InlineData("Basic bm9jb2xvbg==")]
    [InlineData("Basic Og==")]
    [InlineData("Basic /w==")]
    [InlineData("Basic ZGNyLng6eQ== ZGNyLng6eQ==")]
    public async Task A_malformed_basic_header_is_refused(string header)
    {
        await using var gateway = await OAuthGateway.StartAsync();
        var clientId = await gateway.RegisterAsync();
        await AssertInvalidClientAsync(
            await PostAsync(
                gateway,
                await gateway.CodeAsync(gateway.Request(clientId)),
                headers => headers.TryAddWithoutValidation("Authorization", header)
            )
        );
    }

    private static async Task<(string Id, string Secret)> ConfidentialAsync(OAuthGateway gateway, string? method)
    {
        using var response = await gateway.RegisterAsync(
            new Dictionary<string, object?> { ["redirect_uris"] = new[] { OAuthGateway.Redirect }, ["token_endpoint_auth_method"] = method }
        );
        var client = await OAuthGateway.ReadAsync(response);
        return (client.GetProperty("client_id").GetString()!, client.GetProperty("client_secret").GetString()!);
    }

    private static Task<HttpResponseMessage> PostAsync(
        OAuthGateway gateway,
        string code,
        Action<HttpRequestHeaders> headers,
        params (string Name, string Value)[] more
    ) =>
        gateway.PostAsync(
            "/token",
            new Dictionary<string, string>
            {
                ["grant_type"] = "authorization_code",
                ["code"] = code,
                ["redirect_uri"] = OAuthGateway.Redirect,
                ["code_verifier"] = OAuthGateway.Verifier,
            }.Concat(more.Select(m => KeyValuePair.Create(m.Name, m.Value))),
            headers
        );

    private static Action<HttpRequestHeaders> Basic(string credentials) =>
        headers => headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));

    private static string Assertion(string algorithm) =>
        string.Join(
            '.',
            new[] { $$"""{"alg":"{{algorithm}}"}""", """{"iss":"x","sub":"x","jti":"1"}""", "" }.Select(part =>
                Convert.ToBase64String(Encoding.UTF8.GetBytes(part)).TrimEnd('=')
            )
        );

    private static async Task AssertInvalidClientAsync(HttpResponseMessage response)
    {
        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_client"), (response.StatusCode, await OAuthGateway.ErrorOf(response)));
        Assert.NotEmpty(response.Headers.WwwAuthenticate);
    }
}
