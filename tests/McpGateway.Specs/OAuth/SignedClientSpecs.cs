using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace McpGateway.Specs.OAuth;

/// <summary>Apps that authenticate by an assertion signed with a key of theirs (private_key_jwt).</summary>
public sealed class SignedClientSpecs : SignedClient
{
    [Theory]
    [InlineData("RS256", "uri")]
    [InlineData("PS256", "uri")]
    [InlineData("ES256", "uri")]
    [InlineData("ES256", "inline")]
    public async Task An_app_signs_with_a_key_behind_its_document_or_in_it(string algorithm, string place)
    {
        await using var gateway = await StartAsync(
            place == "uri" ? """ "jwks_uri":"https://app.example/keys.json" """ : $"\"jwks\":{KeySet()}"
        );
        var code = await CodeAsync(gateway);
        var tokens = await OAuthGateway.TokensAsync(Id, await RedeemAsync(gateway, code, Assertion(algorithm)));
        Assert.Equal(HttpStatusCode.OK, await gateway.CallAsync(tokens.Access));

        using var unsigned = await gateway.RefreshAsync(Id, tokens.Refresh);
        Assert.Equal("invalid_client", await OAuthGateway.ErrorOf(unsigned));
        var next = await OAuthGateway.TokensAsync(
            Id,
            await gateway.RefreshAsync(Id, tokens.Refresh, Signed(Assertion(algorithm, aud: OAuthGateway.Url + "/token")))
        );
        using var revoked = await gateway.PostAsync(
            "/revoke",
            new Dictionary<string, string>
            {
                ["token"] = next.Access,
                ["client_assertion"] = Assertion(algorithm),
                ["client_assertion_type"] = AssertionType,
            }
        );
        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.CallAsync(next.Access));
        Assert.Equal(place == "uri" ? 1 : 0, host.Received.Count(request => request.Target == "/keys.json"));
    }

    [Theory]
    [InlineData("alg none")]
    [InlineData("HS256 with the public key")]
    [InlineData("another key")]
    [InlineData("another key with the same kid")]
    [InlineData("iss")]
    [InlineData("sub")]
    [InlineData("aud")]
    [InlineData("aud of two servers")]
    [InlineData("no aud")]
    [InlineData("no exp")]
    [InlineData("expired")]
    [InlineData("exp in an hour")]
    [InlineData("not yet")]
    [InlineData("no jti")]
    [InlineData("long jti")]
    [InlineData("crit")]
    [InlineData("changed")]
    [InlineData("no signature")]
    [InlineData("encrypted shape")]
    [InlineData("words")]
    [InlineData("nothing")]
    [InlineData("type")]
    [InlineData("secret besides")]
    [InlineData("basic secret besides")]
    public async Task Any_other_assertion_is_none(string what)
    {
        await using var gateway = await StartAsync();
        var code = await CodeAsync(gateway);
        using var other = RSA.Create(2048);
        var assertion = what switch
        {
            "alg none" => Unsigned("""{"alg":"none"}""") + ".",
            "HS256 with the public key" => Hmac(rsa.ExportSubjectPublicKeyInfo()),
            "another key" => Sign("""{"alg":"RS256","kid":"other"}""", Claims(), bytes => Rs256(other, bytes)),
            "another key with the same kid" => Sign("""{"alg":"RS256","kid":"rsa"}""", Claims(), bytes => Rs256(other, bytes)),
            "iss" => Assertion(iss: "https://other.example/client.json"),
            "sub" => Assertion(sub: "https://other.example/client.json"),
            "aud" => Assertion(aud: "https://other.example"),
            "aud of two servers" => Assertion(aud: new[] { OAuthGateway.Url, "https://other.example" }),
            "no aud" => Assertion(aud: ""),
            "no exp" => Assertion(exp: null),
            "expired" => Assertion(exp: -120),
            "exp in an hour" => Assertion(exp: 3600),
            "not yet" => Assertion(nbf: 300),
            "no jti" => Assertion(jti: null),
            "long jti" => Assertion(jti: new string('j', 300)),
            "crit" => Sign("""{"alg":"RS256","kid":"rsa","crit":["b64"],"b64":true}""", Claims(), bytes => Rs256(rsa, bytes)),
            "changed" => Assertion() is var right ? right[..^4] + (right.EndsWith("AAAA", StringComparison.Ordinal) ? "BBBB" : "AAAA") : "",
            "no signature" => Assertion()[..(Assertion().LastIndexOf('.') + 1)],
            "encrypted shape" => "a.b.c.d.e",
            "words" => "let me in",
            _ => Assertion(),
        };
        using var refused = await gateway.RedeemAsync(
            Id,
            code,
            [
                ("redirect_uri", Callback),
                ("client_assertion", what == "nothing" ? null : assertion),
                ("client_assertion_type", what is "nothing" or "type" ? null : AssertionType),
                ("client_secret", what == "secret besides" ? "a-secret" : null),
            ]
        );
        if (what == "basic secret besides")
        {
            using var basic = await gateway.PostAsync(
                "/token",
                new Dictionary<string, string>
                {
                    ["grant_type"] = "authorization_code",
                    ["code"] = "x",
                    ["client_assertion"] = Assertion(),
                    ["client_assertion_type"] = AssertionType,
                },
                headers =>
                    headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(Id)}:s")))
            );
            Assert.Equal("invalid_client", await OAuthGateway.ErrorOf(basic));
            return;
        }

        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_client"), (refused.StatusCode, await OAuthGateway.ErrorOf(refused)));
        // A wrong one has not burnt the code.
        await OAuthGateway.TokensAsync(Id, await RedeemAsync(gateway, code, Assertion()));
    }

    [Fact]
    public async Task An_assertion_is_used_once()
    {
        await using var gateway = await StartAsync();
        var assertion = Assertion();
        var tokens = await OAuthGateway.TokensAsync(Id, await RedeemAsync(gateway, await CodeAsync(gateway), assertion));
        using var replayed = await gateway.RefreshAsync(Id, tokens.Refresh, Signed(assertion));
        Assert.Equal("invalid_client", await OAuthGateway.ErrorOf(replayed));
        Assert.Contains(
            "used before",
            await replayed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );

        time.Advance(TimeSpan.FromMinutes(10));
        using var late = await gateway.RefreshAsync(Id, tokens.Refresh, Signed(assertion));
        Assert.Equal("invalid_client", await OAuthGateway.ErrorOf(late));
        await OAuthGateway.TokensAsync(Id, await gateway.RefreshAsync(Id, tokens.Refresh, Signed(Assertion())));
    }

    [Fact]
    public async Task The_metadata_says_that_clients_may_sign()
    {
        await using var gateway = await OAuthGateway.StartAsync();
        using var response = await gateway.Http.GetAsync(
            new Uri("/.well-known/oauth-authorization-server", UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        var metadata = await OAuthGateway.ReadAsync(response);
        Assert.Contains(
            "private_key_jwt",
            metadata.GetProperty("token_endpoint_auth_methods_supported").GetRawText(),
            StringComparison.Ordinal
        );
        Assert.Equal(
            """["RS256","PS256","ES256"]""",
            metadata.GetProperty("token_endpoint_auth_signing_alg_values_supported").GetRawText()
        );
    }
}
