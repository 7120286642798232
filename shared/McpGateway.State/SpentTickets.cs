using McpGateway.State.Database;

namespace McpGateway.State;

/// <summary>What works once: an id that was spent stays so until it would be worthless anyway.</summary>
public sealed class SpentTickets(StateDatabase database, TimeProvider time)
{
    /// <param name="until">When the ticket expires, after which its id is forgotten.</param>
    /// <returns>False when it has been spent before.</returns>
    public Task<bool> TrySpendAsync(string id, DateTimeOffset until, CancellationToken cancellationToken) =>
        database.DecideAsync(
            session =>
            {
                session.Run("DELETE FROM spent WHERE until < $1", time.GetUtcNow().AddHours(-1).ToUnixTimeMilliseconds());
                return session.Run(
                        "INSERT INTO spent (id, until) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                        id,
                        until.ToUnixTimeMilliseconds()
                    ) == 1;
            },
            cancellationToken
        );

    /// <summary>Whether an id has been spent, where that is still known.</summary>
    public Task<bool> IsSpentAsync(string id, CancellationToken cancellationToken) =>
        database.Exists
            ? database.ReadAsync(session => session.Number("SELECT count(*) FROM spent WHERE id = $1", id) > 0, cancellationToken)
            : Task.FromResult(false);
}
