using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using McpGateway.State;
using McpGateway.State.Database;
using Microsoft.Extensions.Logging;

namespace McpGateway.OAuth.Grants;

/// <summary>Grants in the gateway's state, as JSON.</summary>
internal sealed partial class StateGrantStore(
    State.Grants grants,
    SpentTickets tickets,
    StateDatabase database,
    ILogger<StateGrantStore> logger
) : IGrantStore
{
    private volatile Known known = new(null);

    public Task<bool> TryCreateAsync(Grant grant, CancellationToken cancellationToken) =>
        TellingAsync(() => grants.TryCreateAsync(grant.Id, ContentOf(grant), cancellationToken));

    public async Task<StoredGrant?> FindAsync(string id, CancellationToken cancellationToken) =>
        await TellingAsync(() => grants.FindAsync(id, cancellationToken)) is { } row && GrantOf(row) is { } grant
            ? new(grant, VersionOf(row))
            : null;

    public async ValueTask<Grant?> FindRecentAsync(string id, CancellationToken cancellationToken)
    {
        var version = await VersionAsync(cancellationToken);
        var remembered = known;
        if (remembered.Version != version)
        {
            known = remembered = new(version);
        }

        if (!remembered.Grants.TryGetValue(id, out var grant))
        {
            grant = (await FindAsync(id, cancellationToken))?.Grant;
            remembered.Grants[id] = grant;
        }

        return grant;
    }

    public async Task<bool> TryReplaceAsync(Grant grant, string version, CancellationToken cancellationToken) =>
        await TellingAsync(() =>
            grants.TryReplaceAsync(
                grant.Id,
                ContentOf(grant),
                long.Parse(version, System.Globalization.CultureInfo.InvariantCulture),
                cancellationToken
            )
        );

    public Task<bool> TrySpendAsync(string ticket, DateTimeOffset until, CancellationToken cancellationToken) =>
        TellingAsync(() => tickets.TrySpendAsync(ticket, until, cancellationToken));

    public async IAsyncEnumerable<Grant> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var row in await TellingAsync(() => grants.ListAsync(cancellationToken)))
        {
            if (GrantOf(row) is { } grant)
            {
                yield return grant;
            }
        }
    }

    public Task DeleteAsync(string id, CancellationToken cancellationToken) =>
        TellingAsync(async () =>
        {
            await grants.DeleteAsync(id, cancellationToken);
            return true;
        });

    // The state has a check of its own.
    public Task<string?> FindProblemAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    internal static string ContentOf(Grant grant) => JsonSerializer.Serialize(grant, GrantJson.Default.Grant);

    private static string VersionOf(GrantRow row) => row.Version.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private Grant? GrantOf(GrantRow row)
    {
        try
        {
            return JsonSerializer.Deserialize(row.Content, GrantJson.Default.Grant);
        }
        catch (JsonException e)
        {
            Unreadable(e, row.Id);
            return null;
        }
    }

    private async ValueTask<StateVersion> VersionAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await database.VersionAsync(cancellationToken);
        }
        catch (StateException)
        {
            throw Unavailable();
        }
    }

    /// <exception cref="OAuthException">The state cannot be used: the disk may be full.</exception>
    private static async Task<T> TellingAsync<T>(Func<Task<T>> use)
    {
        try
        {
            return await use();
        }
        catch (StateException)
        {
            throw Unavailable();
        }
    }

    private static OAuthException Unavailable() =>
        OAuthException.Unavailable("The gateway cannot read or store connections at present. The operator's log has the details.");

    [LoggerMessage(LogLevel.Error, "The grant {Id} cannot be read and counts as ended: connect the app again")]
    private partial void Unreadable(Exception exception, string id);

    /// <summary>The grants that calls came with since the state was in this version; null for one that there is not.</summary>
    private sealed record Known(StateVersion? Version)
    {
        public ConcurrentDictionary<string, Grant?> Grants { get; } = new(StringComparer.Ordinal);
    }
}
