using System.Net;
using System.Security.Cryptography;
using McpGateway.Networking;
using Microsoft.Extensions.DependencyInjection;

namespace McpGateway.Specs.OAuth;

/// <summary>Where the keys of apps that sign come from, and what becomes of calls while they cannot be had.</summary>
public sealed class SignedClientKeySpecs : SignedClient
{
    [Theory]
    [InlineData("nonsense")]
    [InlineData(null)]
    public async Task Nobody_without_a_code_makes_the_gateway_fetch_keys(string? code)
    {
        await using var gateway = await StartAsync();
        using var refused = await RedeemAsync(gateway, code, Assertion());
        Assert.Equal("invalid_grant", await OAuthGateway.ErrorOf(refused));
        using var revoked = await gateway.PostAsync(
            "/revoke",
            new Dictionary<string, string>
            {
                ["token"] = "nonsense",
                ["client_assertion"] = Assertion(),
                ["client_assertion_type"] = AssertionType,
            }
        );
        Assert.Equal("invalid_grant", await OAuthGateway.ErrorOf(revoked));
        // Nor with the code of another client.
        var clientId = await gateway.RegisterAsync();
        using var foreign = await RedeemAsync(gateway, await gateway.CodeAsync(gateway.Request(clientId)), Assertion());
        Assert.Equal("invalid_grant", await OAuthGateway.ErrorOf(foreign));
        Assert.Empty(host.Received);
    }

    [Fact]
    public async Task A_key_that_came_later_is_read_when_it_is_used_and_a_stranger_s_does_not_make_every_call_ask()
    {
        using var later = RSA.Create(2048);
        await using var gateway = await StartAsync();
        host.On("GET /keys.json", KeySet(RsaKey(later, "later")));
        var tokens = await OAuthGateway.TokensAsync(Id, await RedeemAsync(gateway, await CodeAsync(gateway), Assertion()));
        string Later() => Sign("""{"alg":"RS256","kid":"later"}""", Claims(), bytes => Rs256(later, bytes));
        for (var i = 0; i < 3; i++)
        {
            using var unknown = await gateway.RefreshAsync(Id, tokens.Refresh, Signed(Later()));
            Assert.Equal("invalid_client", await OAuthGateway.ErrorOf(unknown));
        }

        Assert.Equal(1, host.Received.Count(request => request.Target == "/keys.json"));
        time.Advance(TimeSpan.FromMinutes(2));
        await OAuthGateway.TokensAsync(Id, await gateway.RefreshAsync(Id, tokens.Refresh, Signed(Later())));
        Assert.Equal(2, host.Received.Count(request => request.Target == "/keys.json"));
    }

    [Fact]
    public async Task While_its_keys_cannot_be_had_an_app_that_has_to_sign_is_told_to_come_again()
    {
        await using var gateway = await StartAsync(keys: "not json");
        host.On("GET /keys.json", KeySet());
        var code = await CodeAsync(gateway);
        using var refused = await RedeemAsync(gateway, code, Assertion());
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "temporarily_unavailable"),
            (refused.StatusCode, await OAuthGateway.ErrorOf(refused))
        );
        time.Advance(TimeSpan.FromMinutes(1));
        await OAuthGateway.TokensAsync(Id, await RedeemAsync(gateway, code, Assertion()));
    }

    [Theory]
    [InlineData("""{"keys":[]}""")]
    [InlineData("""{"keys":"x"}""")]
    [InlineData("""{}""")]
    [InlineData("""[]""")]
    [InlineData("""{"keys":[{"kty":"oct","kid":"rsa","k":"c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LTEyMzQ"}]}""")]
    [InlineData("""{"keys":[{"kty":"RSA","kid":"rsa","n":"!!","e":"AQAB"}]}""")]
    [InlineData("""{"keys":[{"kty":"RSA","kid":"rsa","n":"AQAB","e":"AQAB"}]}""")]
    [InlineData("""{"keys":[{"kty":"EC","kid":"rsa","crv":"P-256","x":"AA","y":"AA"}]}""")]
    [InlineData("""{"keys":[null]}""")]
    public async Task A_key_set_without_a_usable_key_lets_nobody_in(string keys)
    {
        await using var gateway = await StartAsync(keys: keys);
        using var refused = await RedeemAsync(gateway, await CodeAsync(gateway), Assertion());
        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_client"), (refused.StatusCode, await OAuthGateway.ErrorOf(refused)));
    }

    [Fact]
    public async Task ChatGPT_that_signs_is_checked_and_gets_in_without_its_keys_as_it_may_come_unsigned_too()
    {
        const string chatGpt = "https://chatgpt.com/oauth/client.json";
        const string redirect = "https://chatgpt.com/connector_platform_oauth_redirect";
        host.On("GET /oauth/jwks.json", KeySet());
        await using var gateway = await OAuthGateway.StartAsync(time: time, configure: AppHostStub.At(host));
        foreach (var assertion in new[] { Assertion(iss: chatGpt, sub: chatGpt, aud: OAuthGateway.Url + "/token"), null })
        {
            var code = await gateway.CodeAsync(gateway.Request(chatGpt, ("redirect_uri", redirect)));
            using var wrong = await gateway.RedeemAsync(
                chatGpt,
                code,
                [
                    ("redirect_uri", redirect),
                    .. Signed(Sign("""{"alg":"RS256","kid":"rsa"}""", Claims(chatGpt, chatGpt), _ => new byte[256])),
                ]
            );
            Assert.Equal("invalid_client", await OAuthGateway.ErrorOf(wrong));
            await OAuthGateway.TokensAsync(
                chatGpt,
                await gateway.RedeemAsync(chatGpt, code, [("redirect_uri", redirect), .. (assertion is null ? [] : Signed(assertion))])
            );
        }

        await using var cutOff = await OAuthGateway.StartAsync(
            time: time,
            configure: builder =>
                builder.Services.AddSingleton<ResolveHost>((_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("10.0.0.1")]))
        );
        await OAuthGateway.TokensAsync(
            chatGpt,
            await cutOff.RedeemAsync(
                chatGpt,
                await cutOff.CodeAsync(cutOff.Request(chatGpt, ("redirect_uri", redirect))),
                [("redirect_uri", redirect), .. Signed(Assertion(iss: chatGpt, sub: chatGpt))]
            )
        );
        Assert.Contains(cutOff.Gateway.Logs.Lines, line => line.Contains("could not be checked", StringComparison.Ordinal));
        Assert.Contains(cutOff.Gateway.Logs.Lines, line => line.Contains("public addresses only", StringComparison.Ordinal));
    }
}
