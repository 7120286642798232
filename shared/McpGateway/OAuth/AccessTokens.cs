using McpGateway.OAuth.Grants;
using Microsoft.Extensions.Options;

namespace McpGateway.OAuth;

/// <summary>Makes the tokens of a grant, and checks an access token at each call.</summary>
internal sealed class AccessTokens(
    SealedValues sealedValues,
    GrantBook grants,
    Issuer issuer,
    IOptions<OAuthOptions> options,
    TimeProvider time
)
{
    /// <summary>The answer of the token endpoint.</summary>
    /// <param name="scope">What the access token may do: the grant's scope, or less.</param>
    public TokenAnswer Issue(Grant grant, string scope)
    {
        var now = time.GetUtcNow();
        var lifetime = TimeSpan.FromMinutes(options.Value.AccessMinutes);
        var expires = now + lifetime < grant.Expires ? now + lifetime : grant.Expires;
        return new(
            sealedValues.Seal(new AccessToken(grant.Id, scope, grant.Resource, expires.ToUnixTimeSeconds())),
            "Bearer",
            (long)(expires - now).TotalSeconds,
            sealedValues.Seal(new RefreshToken(grant.Id, grant.Sequence, grant.Expires.ToUnixTimeSeconds())),
            scope
        );
    }

    /// <summary>The caller's name and scope, or null when the token is none of ours, has expired, or its grant has ended.</summary>
    public async ValueTask<(string Name, string Scope)?> CheckAsync(string token, CancellationToken cancellationToken) =>
        sealedValues.Open<AccessToken>(token) is { } access
        && access.Resource == issuer.Resource
        && await grants.FindLiveAsync(access.Grant, cancellationToken) is { } grant
            ? (grant.CallerName, access.Scope)
            : null;
}
