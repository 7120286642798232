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

    // To open a token costs more than the rest of authentication.
    private readonly Remembered<string, Opened> opened = new(Recent, MostRemembered, time, comparer: SecretComparer.Instance);

    public string ResourceMetadataFor(PathString path) => issuer.ResourceMetadataFor(path);

    public string FullScope => Scopes.Full;

    public ValueTask<bool> HasAnyAsync(CancellationToken cancellationToken) => ValueTask.FromResult(true);

    /// <summary>The response of the token endpoint.</summary>
    /// <param name="scope">What the access token may do: the grant's scope, or less.</param>
    /// <param name="resource">Where it may do that: the grant's resource, or an address below.</param>
    public TokenAnswer Issue(Grant grant, string scope, string resource)
    {
        var now = time.GetUtcNow();
        var lifetime = TimeSpan.FromMinutes(options.Value.AccessMinutes);
        var expires = now + lifetime < grant.Expires ? now + lifetime : grant.Expires;
        return new(
            sealedValues.Seal(new AccessToken(grant.Id, scope, resource, expires.ToUnixTimeSeconds())),
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
                Open(token) is not { Access: var access } known
                || issuer.BelowOf(access.Resource) is not { } below
                || await grants.FindLiveAsync(access.Grant, cancellationToken) is not { } grant
            )
            {
                return null;
            }

            await grants.NoteUseAsync(grant, cancellationToken);
            if (known.Caller is not { } caller || !ReferenceEquals(caller.Of, grant))
            {
                known.Caller = caller = new(grant, CallerOf(access, grant, below));
            }

            return caller.Caller;
        }
        catch (OAuthException e) when (e.Status == StatusCodes.Status503ServiceUnavailable)
        {
            throw new BadHttpRequestException(e.Message, e.Status, e);
        }
    }

    // The connection may have been narrowed since, and what a profile allows is what PROFILES says now.
    private Caller? CallerOf(AccessToken access, Grant grant, PathString below)
    {
        var scope = Scopes.MayWrite(grant.Scope) ? access.Scope : grant.Scope;
        if (choices.RightsOf(scope, grant.Profile) is { } rights)
        {
            return new(grant.CallerName, rights, LoggedIn: true, Below: below);
        }

        ProfileGone(grant.CallerName, grant.Profile!);
        return null;
    }

    private Opened? Open(string token)
    {
        if (!opened.TryFind(token, out var known))
        {
            if (sealedValues.Open<AccessToken>(token) is not { } access)
            {
                return null;
            }

            opened.Keep(token, known = new(access));
        }

        return known.Access.Expires > time.GetUtcNow().ToUnixTimeSeconds() ? known : null;
    }

    [LoggerMessage(LogLevel.Error, "The connection {Caller} is refused: its profile {Profile} is not in PROFILES any more")]
    private partial void ProfileGone(string caller, string profile);

    private sealed class Opened(AccessToken access)
    {
        public AccessToken Access => access;

        /// <summary>Who it was at the last call.</summary>
        public KnownCaller? Caller { get; set; }
    }

    /// <param name="Of">The grant as it was then: another object once it may have changed.</param>
    /// <param name="Caller">Null where its profile is gone.</param>
    private sealed record KnownCaller(Grant Of, Caller? Caller);
}
