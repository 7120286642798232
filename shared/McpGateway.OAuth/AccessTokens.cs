using System.Security.Cryptography;
using System.Text;
using McpGateway.Authentication;
using McpGateway.Caching;
using McpGateway.OAuth.Grants;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpGateway.OAuth;

/// <summary>Makes the tokens of a grant, and checks an access token at each call.</summary>
internal sealed partial class AccessTokens(
    SealedValues sealedValues,
    GrantBook grants,
    Issuer issuer,
    AccessChoices choices,
    IOptions<OAuthOptions> options,
    TimeProvider time,
    ILogger<AccessTokens> logger
) : ILogin
{
    private const int MostRemembered = 1_000;

    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(5);

    // To open a token costs more than the rest of authentication. By digest, so that no token is kept.
    private readonly Remembered<string, AccessToken> opened = new(Recent, MostRemembered, time);

    public string ResourceMetadata => issuer.ResourceMetadata;

    public string FullScope => Scopes.Full;

    public ValueTask<bool> HasAnyAsync(CancellationToken cancellationToken) => ValueTask.FromResult(true);

    /// <summary>The response of the token endpoint.</summary>
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
            // A program that logs in by itself comes with its secret again (RFC 6749 section 4.4.3).
            grant.IsMachine
                ? null
                : sealedValues.Seal(new RefreshToken(grant.Id, grant.Sequence, grant.Expires.ToUnixTimeSeconds())),
            scope
        );
    }

    /// <summary>The caller behind an access token, or null when the token is not one of this gateway's, has expired, or its grant has ended.</summary>
    /// <exception cref="BadHttpRequestException">Whether the grant still stands cannot be told now: 503.</exception>
    public async ValueTask<Caller?> FindCallerAsync(string token, CancellationToken cancellationToken)
    {
        try
        {
            if (
                Open(token) is not { } access
                || access.Resource != issuer.Resource
                || await grants.FindLiveAsync(access.Grant, cancellationToken) is not { } grant
            )
            {
                return null;
            }

            await grants.NoteUseAsync(grant, cancellationToken);
            // The connection may have been narrowed since, and what a profile allows is what PROFILES says now.
            var scope = Scopes.MayWrite(grant.Scope) ? access.Scope : grant.Scope;
            if (choices.RightsOf(scope, grant.Profile) is not { } rights)
            {
                ProfileGone(grant.CallerName, grant.Profile!);
                return null;
            }

            return new Caller(grant.CallerName, rights, LoggedIn: true);
        }
        catch (OAuthException e) when (e.Status == StatusCodes.Status503ServiceUnavailable)
        {
            throw new BadHttpRequestException(e.Message, e.Status, e);
        }
    }

    private AccessToken? Open(string token)
    {
        var digest = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        if (!opened.TryFind(digest, out var access))
        {
            access = sealedValues.Open<AccessToken>(token);
            if (access is null)
            {
                return null;
            }

            opened.Keep(digest, access);
        }

        return access.Expires > time.GetUtcNow().ToUnixTimeSeconds() ? access : null;
    }

    [LoggerMessage(LogLevel.Error, "The connection {Caller} is refused: its profile {Profile} is not in PROFILES any more")]
    private partial void ProfileGone(string caller, string profile);
}
