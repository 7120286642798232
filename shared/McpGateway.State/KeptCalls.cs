using McpGateway.State.Database;

namespace McpGateway.State;

/// <summary>A call that is to be made once: what was asked, and what came of it; null while that is not known.</summary>
public sealed record KeptCall(string Digest, string Tool, DateTimeOffset Started, string? Outcome);

/// <summary>Calls by an id, for a day at most, so that the same id is never acted on twice.</summary>
public sealed class KeptCalls(StateDatabase database, TimeProvider time)
{
    /// <summary>Enters a call.</summary>
    /// <param name="lasting">How long an earlier call keeps the id.</param>
    /// <returns>The call that has the id already; null when it is entered now.</returns>
    public async Task<KeptCall?> TryBeginAsync(
        string caller,
        string id,
        string digest,
        string tool,
        TimeSpan lasting,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        return await database.DecideAsync(
            session =>
            {
                session.Run("DELETE FROM kept_calls WHERE started < $1", now.AddDays(-1).ToUnixTimeMilliseconds());
                session.Run(
                    "DELETE FROM kept_calls WHERE caller = $1 AND id = $2 AND started < $3",
                    caller,
                    id,
                    (now - lasting).ToUnixTimeMilliseconds()
                );
                return
                    session.Run(
                        "INSERT INTO kept_calls (caller, id, digest, tool, started) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
                        caller,
                        id,
                        digest,
                        tool,
                        now.ToUnixTimeMilliseconds()
                    ) == 1
                    ? null
                    : session
                        .Rows(
                            "SELECT digest, tool, started, outcome FROM kept_calls WHERE caller = $1 AND id = $2",
                            row => new KeptCall(
                                row.GetString(0),
                                row.GetString(1),
                                DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)),
                                row.IsDBNull(3) ? null : row.GetString(3)
                            ),
                            caller,
                            id
                        )
                        .First();
            },
            cancellationToken
        );
    }

    public Task EndAsync(string caller, string id, string outcome, CancellationToken cancellationToken) =>
        database.DecideAsync(
            session => session.Run("UPDATE kept_calls SET outcome = $3 WHERE caller = $1 AND id = $2", caller, id, outcome),
            cancellationToken
        );

    public Task ForgetAsync(string caller, string id, CancellationToken cancellationToken) =>
        database.DecideAsync(session => session.Run("DELETE FROM kept_calls WHERE caller = $1 AND id = $2", caller, id), cancellationToken);
}
