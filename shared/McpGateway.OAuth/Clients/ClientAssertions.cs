using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace McpGateway.OAuth.Clients;

/// <summary>
/// Checks the assertions by which clients authenticate (<c>private_key_jwt</c>, RFC 7523 sections 2.2 and 3): signed by a key of the client,
/// issued by it about itself for this server, short-lived, and each used once.
/// </summary>
internal sealed class ClientAssertions(ClientKeys keys, SpendOnce spend, Issuer issuer, TimeProvider time)
{
    public const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private const int LargestAssertion = 8 * 1024;
    private const int LongestId = 256;

    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    private readonly JsonWebTokenHandler handler = new() { MaximumTokenSizeInBytes = LargestAssertion, MapInboundClaims = false };

    public static IReadOnlyList<string> Algorithms { get; } =
    [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256];

    /// <summary>Who an assertion says it is from; unchecked.</summary>
    public string? SubjectOf(string assertion) => Read(assertion)?.Subject is { Length: > 0 } subject ? subject : null;

    /// <summary>Whether the assertion was signed by the client; null where its keys cannot be had at present.</summary>
    /// <exception cref="OAuthException">The assertion is wrong, whatever the keys are.</exception>
    public async Task<bool?> VerifyAsync(string assertion, string clientId, KeySource source, CancellationToken cancellationToken)
    {
        var token = Read(assertion) ?? throw Refused("is not a signed JWT of at most 8 kB");
        if (FindProblem(token, clientId) is { } problem)
        {
            throw Refused(problem);
        }

        if (await keys.FindAsync(source, token.Kid is { Length: > 0 } kid ? kid : null, cancellationToken) is not { } signers)
        {
            return null;
        }

        var result = await handler.ValidateTokenAsync(token, ParametersOf(clientId, signers));
        return result.IsValid
            && (
                await spend($"jti {OAuthClient.DigestOf(clientId)} {token.Id}", token.ValidTo + (2 * Skew), cancellationToken)
                    ? true
                    : throw Refused("was used before: make a new one, with a jti of its own, for each request")
            );
    }

    private JsonWebToken? Read(string assertion)
    {
        try
        {
            return assertion.Length <= LargestAssertion ? handler.ReadJsonWebToken(assertion) : null;
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    // RFC 7523 section 3, in its order. An audience besides ours would let that server use the assertion here.
    private string? FindProblem(JsonWebToken token, string clientId)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return !Algorithms.Contains(token.Alg) ? $"must be signed by {string.Join(", ", Algorithms)}"
            : token.TryGetHeaderValue<object>("crit", out _) ? "has a critical header that is not understood here"
            : token.Issuer != clientId || token.Subject != clientId ? "must have the client_id as iss and as sub"
            : !token.Audiences.Any() || !token.Audiences.All(IsOurs) ? $"must have {issuer.Url} as its only aud"
            : !token.TryGetPayloadValue<long>("exp", out _) || token.ValidTo + Skew <= now ? "has expired or has no exp"
            : token.ValidTo > now + LongestLife + Skew ? $"must expire within {LongestLife.TotalMinutes:0} minutes"
            : token.ValidFrom > now + Skew || token.IssuedAt > now + Skew ? "is not valid yet"
            : token.Id is not { Length: > 0 and <= LongestId } ? $"must have a jti of 1 to {LongestId} characters"
            : null;
    }

    // The issuer by RFC 7523bis; the token endpoint as clients of RFC 7523 have it.
    private bool IsOurs(string audience) => audience == issuer.Url || audience == issuer.TokenEndpoint;

    private static TokenValidationParameters ParametersOf(string clientId, IReadOnlyList<SecurityKey> signers) =>
        new()
        {
            IssuerSigningKeys = signers,
            TryAllIssuerSigningKeys = true,
            ValidAlgorithms = Algorithms,
            ValidIssuer = clientId,
            // FindProblem has looked, by the gateway's clock.
            ValidateAudience = false,
            ValidateLifetime = false,
        };

    private static OAuthException Refused(string problem) => OAuthException.InvalidClient($"The client_assertion {problem}.");
}

/// <summary>Uses up what works once; false when it has been used before.</summary>
/// <param name="until">When it expires, after which it need not be remembered.</param>
internal delegate Task<bool> SpendOnce(string id, DateTimeOffset until, CancellationToken cancellationToken);
