using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using McpGateway.Networking;
using McpGateway.Testing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace McpGateway.Specs.OAuth;

/// <summary>Apps that authenticate by an assertion signed with a key of theirs (private_key_jwt).</summary>
public sealed class SignedClientSpecs : IAsyncLifetime
{
    private const string Id = "https://app.example/oauth/client.json";
    private const string Callback = "https://app.example/callback";
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private readonly FakeTimeProvider time = new(
        DateTimeOffset.Parse("2026-11-01T12:00:00Z", System.Globalization.CultureInfo.InvariantCulture)
    );

    // The same for every spec: to make a key takes longer than all else.
    private static readonly RSA rsa = RSA.Create(2048);
    private static readonly ECDsa ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private StubUpstream host = null!;

    public async ValueTask InitializeAsync() => host = await StubUpstream.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

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

    private Task<OAuthGateway> StartAsync(string fields = """ "jwks_uri":"https://app.example/keys.json" """, string? keys = null)
    {
        host.On(
                "GET /oauth/client.json",
                $$"""{"client_id":"{{Id}}","client_name":"Signer","redirect_uris":["{{Callback}}"],"token_endpoint_auth_method":"private_key_jwt",{{fields}}}"""
            )
            .On("GET /keys.json", keys ?? KeySet());
        return OAuthGateway.StartAsync(time: time, configure: AppHostStub.At(host));
    }

    private static async Task<string> CodeAsync(OAuthGateway gateway)
    {
        var request = gateway.Request(Id, ("redirect_uri", Callback));
        using var proved = await gateway.AnswerAsync(request);
        var ticket = OAuthGateway.FieldOf(await proved.Content.ReadAsStringAsync(), "ticket");
        using var allowed = await gateway.AnswerAsync(request, secret: null, more: ("ticket", ticket));
        return OAuthGateway.QueryOf(allowed)["code"];
    }

    private static Task<HttpResponseMessage> RedeemAsync(OAuthGateway gateway, string? code, string assertion) =>
        gateway.RedeemAsync(Id, code ?? "", [("redirect_uri", Callback), .. Signed(assertion)]);

    private static (string, string?)[] Signed(string assertion) =>
        [("client_assertion", assertion), ("client_assertion_type", AssertionType)];

    private string Assertion(
        string algorithm = "RS256",
        string iss = Id,
        string sub = Id,
        object? aud = null,
        int? exp = 300,
        int? nbf = null,
        string? jti = ""
    ) =>
        algorithm switch
        {
            "ES256" => Sign(
                """{"alg":"ES256","kid":"ec"}""",
                Claims(iss, sub, aud, exp, nbf, jti),
                bytes => ec.SignData(bytes, HashAlgorithmName.SHA256)
            ),
            "PS256" => Sign(
                """{"alg":"PS256","kid":"rsa","typ":"JWT"}""",
                Claims(iss, sub, aud, exp, nbf, jti),
                bytes => rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)
            ),
            _ => Sign("""{"alg":"RS256","kid":"rsa","typ":"JWT"}""", Claims(iss, sub, aud, exp, nbf, jti), bytes => Rs256(rsa, bytes)),
        };

    private string Claims(string iss = Id, string sub = Id, object? aud = null, int? exp = 300, int? nbf = null, string? jti = "")
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new Dictionary<string, object?>
        {
            ["iss"] = iss,
            ["sub"] = sub,
            ["aud"] = aud is "" ? null : aud ?? OAuthGateway.Url,
            ["exp"] = now + exp,
            ["nbf"] = now + nbf,
            ["jti"] = jti is "" ? $"{Guid.NewGuid()}" : jti,
        };
        return JsonSerializer.Serialize(claims.Where(claim => claim.Value is not null).ToDictionary());
    }

    private static string Sign(string header, string claims, Func<byte[], byte[]> sign)
    {
        var input = $"{Encode(Encoding.UTF8.GetBytes(header))}.{Encode(Encoding.UTF8.GetBytes(claims))}";
        return $"{input}.{Encode(sign(Encoding.ASCII.GetBytes(input)))}";
    }

    private string Unsigned(string header) => $"{Encode(Encoding.UTF8.GetBytes(header))}.{Encode(Encoding.UTF8.GetBytes(Claims()))}";

    private string Hmac(byte[] key) => Sign("""{"alg":"HS256","kid":"rsa"}""", Claims(), bytes => HMACSHA256.HashData(key, bytes));

    private static byte[] Rs256(RSA key, byte[] bytes) => key.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    private static string Encode(byte[] bytes) => WebEncoders.Base64UrlEncode(bytes);

    private string KeySet(string? more = null)
    {
        var point = ec.ExportParameters(includePrivateParameters: false).Q;
        return $$"""
            {"keys":[{{RsaKey(rsa, "rsa")}},{"kty":"EC","crv":"P-256","kid":"ec","use":"sig","x":"{{Encode(point.X!)}}","y":"{{Encode(
                point.Y!
            )}}"}{{(more is null ? "" : "," + more)}}]}
            """;
    }

    private static string RsaKey(RSA key, string id)
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return $$"""{"kty":"RSA","kid":"{{id}}","n":"{{Encode(parameters.Modulus!)}}","e":"{{Encode(parameters.Exponent!)}}"}""";
    }
}
