using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using McpGateway.Testing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Time.Testing;

namespace McpGateway.Specs.OAuth;

/// <summary>An app that signs, its document and its keys.</summary>
public abstract class SignedClient : IAsyncLifetime
{
    private protected const string Id = "https://app.example/oauth/client.json";
    private protected const string Callback = "https://app.example/callback";
    private protected const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private protected readonly FakeTimeProvider time = new(
        DateTimeOffset.Parse("2026-11-01T12:00:00Z", System.Globalization.CultureInfo.InvariantCulture)
    );

    // The same for every spec: to make a key takes longer than all else.
    private protected static readonly RSA rsa = RSA.Create(2048);
    private protected static readonly ECDsa ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private protected StubUpstream host = null!;

    public async ValueTask InitializeAsync() => host = await StubUpstream.StartAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return host.DisposeAsync();
    }

    private protected Task<OAuthGateway> StartAsync(string fields = """ "jwks_uri":"https://app.example/keys.json" """, string? keys = null)
    {
        host.On(
                "GET /oauth/client.json",
                $$"""{"client_id":"{{Id}}","client_name":"Signer","redirect_uris":["{{Callback}}"],"token_endpoint_auth_method":"private_key_jwt",{{fields}}}"""
            )
            .On("GET /keys.json", keys ?? KeySet());
        return OAuthGateway.StartAsync(time: time, configure: AppHostStub.At(host));
    }

    private protected static async Task<string> CodeAsync(OAuthGateway gateway)
    {
        var request = gateway.Request(Id, ("redirect_uri", Callback));
        using var proved = await gateway.AnswerAsync(request);
        var ticket = OAuthGateway.FieldOf(await proved.Content.ReadAsStringAsync(), "ticket");
        using var allowed = await gateway.AnswerAsync(request, secret: null, more: ("ticket", ticket));
        return OAuthGateway.QueryOf(allowed)["code"];
    }

    private protected static Task<HttpResponseMessage> RedeemAsync(OAuthGateway gateway, string? code, string assertion) =>
        gateway.RedeemAsync(Id, code ?? "", [("redirect_uri", Callback), .. Signed(assertion)]);

    private protected static (string, string?)[] Signed(string assertion) =>
        [("client_assertion", assertion), ("client_assertion_type", AssertionType)];

    private protected string Assertion(
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

    private protected string Claims(string iss = Id, string sub = Id, object? aud = null, int? exp = 300, int? nbf = null, string? jti = "")
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

    private protected static string Sign(string header, string claims, Func<byte[], byte[]> sign)
    {
        var input = $"{Encode(Encoding.UTF8.GetBytes(header))}.{Encode(Encoding.UTF8.GetBytes(claims))}";
        return $"{input}.{Encode(sign(Encoding.ASCII.GetBytes(input)))}";
    }

    private protected string Unsigned(string header) =>
        $"{Encode(Encoding.UTF8.GetBytes(header))}.{Encode(Encoding.UTF8.GetBytes(Claims()))}";

    private protected string Hmac(byte[] key) =>
        Sign("""{"alg":"HS256","kid":"rsa"}""", Claims(), bytes => HMACSHA256.HashData(key, bytes));

    private protected static byte[] Rs256(RSA key, byte[] bytes) =>
        key.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    private protected static string Encode(byte[] bytes) => WebEncoders.Base64UrlEncode(bytes);

    private protected string KeySet(string? more = null)
    {
        var point = ec.ExportParameters(includePrivateParameters: false).Q;
        return $$"""
            {"keys":[{{RsaKey(rsa, "rsa")}},{"kty":"EC","crv":"P-256","kid":"ec","use":"sig","x":"{{Encode(point.X!)}}","y":"{{Encode(
                point.Y!
            )}}"}{{(more is null ? "" : "," + more)}}]}
            """;
    }

    private protected static string RsaKey(RSA key, string id)
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return $$"""{"kty":"RSA","kid":"{{id}}","n":"{{Encode(parameters.Modulus!)}}","e":"{{Encode(parameters.Exponent!)}}"}""";
    }
}
