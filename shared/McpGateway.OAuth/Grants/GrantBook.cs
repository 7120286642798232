using System.Security.Cryptography;
using System.Text;
using McpGateway.Auditing;
using McpGateway.OAuth.Clients;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpGateway.OAuth.Grants;

/// <summary>The life of a grant: a code opens it, refresh tokens carry it on, one at a time, and misuse ends it.</summary>
internal sealed partial class GrantBook(
    IGrantStore store,
    IOptions<OAuthOptions> options,
    AuditLog audit,
    TimeProvider time,
    ILogger<GrantBook> logger
)
{
    /// <summary>How long a connection lives at most, however much it is used.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(365);

    // How long a retired refresh token still answers: several sessions of one client share a login. docs/decisions/0030-retired-refresh-tokens.md
    private readonly TimeSpan window = TimeSpan.FromMinutes(options.Value.RefreshReuseMinutes);

    private const string MachinePrefix = "machine.";

    // What a page says of the last use may be as old as this.
    private static readonly TimeSpan UseNoted = TimeSpan.FromMinutes(10);

    // On a full disk not every call tries.
    private static readonly TimeSpan UntilNextNote = TimeSpan.FromMinutes(1);

    // Far longer than a code lives, so that a used code of an ended grant stays used.
    private static readonly TimeSpan KeptAfterEnd = TimeSpan.FromDays(1);

    // A timestamp of the clock.
    private long nextNote;

    /// <summary>Opens the grant a code was made for. A code that comes a second time is stolen or replayed, so that its grant ends.</summary>
    /// <exception cref="OAuthException">The code has been used.</exception>
    public async Task<Grant> OpenAsync(AuthorizationCode code, OAuthClient client, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var grant = new Grant(
            code.Grant,
            client.Id,
            code.ClientName,
            RedirectUris.HostOf(code.RedirectUri),
            code.Resource,
            code.Scope,
            now,
            now,
            ExpiryOf(now, now),
            MustSign: code.MustSign,
            Profile: code.Profile
        );
        if (!await store.TryCreateAsync(grant, cancellationToken))
        {
            await EndAsync(code.Grant, "authorization code used twice", cancellationToken);
            throw new OAuthException("invalid_grant", "The code has been used before.");
        }

        audit.GrantChanged("grant_opened", grant);
        await TidyAsync(cancellationToken);
        return grant;
    }

    /// <summary>Opens a grant for a program that logs in by itself with a client id and secret.</summary>
    /// <returns>The grant, whose client id is told to the program, and the secret, which is stored nowhere else.</returns>
    public async Task<(Grant Grant, string Secret)> OpenForMachineAsync(
        string name,
        string scope,
        string? profile,
        string resource,
        DateTimeOffset? expires,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var id = Guid.NewGuid().ToString("N");
        var secret = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        var grant = new Grant(
            id,
            MachinePrefix + id,
            name,
            "",
            resource,
            scope,
            now,
            now,
            expires ?? DateTimeOffset.MaxValue,
            Secret: OAuthClient.DigestOf(secret),
            Profile: profile
        );
        await store.TryCreateAsync(grant, cancellationToken);
        audit.GrantChanged("grant_opened", grant);
        return (grant, secret);
    }

    /// <summary>The grant of a program that logs in by itself; null when there is none, it has ended, or the secret is wrong.</summary>
    public async Task<Grant?> FindForMachineAsync(string clientId, string secret, CancellationToken cancellationToken) =>
        clientId.StartsWith(MachinePrefix, StringComparison.Ordinal)
        && Guid.TryParseExact(clientId[MachinePrefix.Length..], "N", out var id)
        && await store.FindAsync(id.ToString("N"), cancellationToken) is { Grant: { Secret: { } digest } grant }
        && grant.IsAlive(time.GetUtcNow())
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(digest), Encoding.UTF8.GetBytes(OAuthClient.DigestOf(secret)))
            ? grant
            : null;

    /// <summary>Exchanges a refresh token: the grant after it, whose sequence the next token carries.</summary>
    /// <exception cref="OAuthException">The token is too old, its grant has ended, or it belongs to another client.</exception>
    public async Task<Grant> RefreshAsync(RefreshToken token, OAuthClient client, CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = time.GetUtcNow();
            var found = await store.FindAsync(token.Grant, cancellationToken);
            if (found is not { Grant: var grant } || !grant.IsAlive(now) || grant.ClientId != client.Id)
            {
                throw new OAuthException("invalid_grant", "The connection has ended: authorize again.");
            }

            // Also counted backwards, so that a clock that was set back does not lengthen it.
            if ((now - grant.RetiredAt(token.Sequence))?.Duration() <= window)
            {
                return grant;
            }

            if (token.Sequence != grant.Sequence)
            {
                await EndAsync(grant.Id, "old refresh token used again", cancellationToken);
                throw new OAuthException(
                    "invalid_grant",
                    "The refresh token has been exchanged before. The connection has ended: authorize again."
                );
            }

            var next = grant.Exchanged(now, ExpiryOf(grant.Created, now), window);
            if (await store.TryReplaceAsync(next, found.Version, cancellationToken))
            {
                return next;
            }
        }
    }

    /// <summary>Uses up what works once, such as the ticket of a page.</summary>
    /// <returns>False when it was used before.</returns>
    public Task<bool> TrySpendAsync(string ticket, DateTimeOffset until, CancellationToken cancellationToken) =>
        store.TrySpendAsync(ticket, until, cancellationToken);

    /// <summary>Ends a grant, and with it every token of it.</summary>
    public async Task EndAsync(string id, string reason, CancellationToken cancellationToken)
    {
        while (await store.FindAsync(id, cancellationToken) is { Grant: { Revoked: null } grant, Version: var version })
        {
            if (await store.TryReplaceAsync(grant with { Revoked = time.GetUtcNow() }, version, cancellationToken))
            {
                audit.GrantChanged("grant_revoked", grant, reason);
                return;
            }
        }
    }

    /// <summary>Changes what a grant allows, and hence the tokens it has given out.</summary>
    /// <param name="narrow">The scope and profile that a scope becomes.</param>
    public async Task NarrowAsync(string id, Func<string, (string Scope, string? Profile)> narrow, CancellationToken cancellationToken)
    {
        while (await store.FindAsync(id, cancellationToken) is { Grant: { Revoked: null } grant, Version: var version })
        {
            var (scope, profile) = narrow(grant.Scope);
            var narrowed = grant with { Scope = scope, Profile = profile ?? grant.Profile };
            if (await store.TryReplaceAsync(narrowed, version, cancellationToken))
            {
                audit.GrantChanged("grant_narrowed", narrowed, "narrowed by the operator");
                return;
            }
        }
    }

    /// <summary>Notes that a grant is used, to within some minutes. The call that uses it can do without.</summary>
    public async ValueTask NoteUseAsync(Grant grant, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now - grant.LastUsed < UseNoted || time.GetTimestamp() < Volatile.Read(ref nextNote))
        {
            return;
        }

        try
        {
            if (await store.FindAsync(grant.Id, cancellationToken) is { Grant: { Revoked: null } current, Version: var version })
            {
                // Whoever has changed it meanwhile has used it.
                await store.TryReplaceAsync(current with { LastUsed = now }, version, cancellationToken);
            }
        }
        catch (OAuthException e)
        {
            Volatile.Write(ref nextNote, time.GetTimestamp() + (long)(UntilNextNote.TotalSeconds * time.TimestampFrequency));
            UseNotNoted(e, grant.CallerName);
        }
    }

    /// <summary>The grant behind an access token, or null when it has ended.</summary>
    public async ValueTask<Grant?> FindLiveAsync(string id, CancellationToken cancellationToken) =>
        await store.FindRecentAsync(id, cancellationToken) is { } grant && grant.IsAlive(time.GetUtcNow()) ? grant : null;

    /// <summary>The grants that stand, newest first.</summary>
    public async Task<IReadOnlyList<Grant>> ListLiveAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var all = await store.ListAsync(cancellationToken).ToListAsync(cancellationToken);
        return [.. all.Where(grant => grant.IsAlive(now)).OrderByDescending(grant => grant.Created)];
    }

    private DateTimeOffset ExpiryOf(DateTimeOffset created, DateTimeOffset used)
    {
        var sliding = used.AddDays(options.Value.RefreshDays);
        var absolute = created + LongestLife;
        return sliding < absolute ? sliding : absolute;
    }

    private async Task TidyAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - KeptAfterEnd;
        await foreach (var grant in store.ListAsync(cancellationToken))
        {
            if (grant.Expires < before || grant.Revoked < before)
            {
                await store.DeleteAsync(grant.Id, cancellationToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "When the connection {Caller} was used last cannot be noted")]
    private partial void UseNotNoted(Exception exception, string caller);
}
