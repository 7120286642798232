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
    public Task<bool> TryCreateAsync(Grant grant, CancellationToken cancellationToken) =>
        TellingAsync(() => grants.TryCreateAsync(grant.Id, ContentOf(grant), cancellationToken));

    public async Task<StoredGrant?> FindAsync(string id, CancellationToken cancellationToken) =>
        await TellingAsync(() => grants.FindAsync(id, cancellationToken)) is { } row && GrantOf(row) is { } grant
            ? new(grant, VersionOf(row))
            : null;

    public async ValueTask<Grant?> FindRecentAsync(string id, CancellationToken cancellationToken) =>
        (await FindAsync(id, cancellationToken))?.Grant;

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

    public Task<string?> FindProblemAsync(CancellationToken cancellationToken) => database.FindProblemAsync(cancellationToken);

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

    /// <exception cref="OAuthException">The state cannot be used: the disk may be full.</exception>
    private static async Task<T> TellingAsync<T>(Func<Task<T>> use)
    {
        try
        {
            return await use();
        }
        catch (StateException)
        {
            throw OAuthException.Unavailable(
                "The gateway cannot read or store connections at present. The operator's log has the details."
            );
        }
    }

    [LoggerMessage(LogLevel.Error, "The grant {Id} cannot be read and counts as ended: connect the app again")]
    private partial void Unreadable(Exception exception, string id);
}
