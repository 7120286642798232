using McpGateway.State.Database;

namespace McpGateway.State;

/// <summary>Limits of APIs that are used up, as any of the processes that share the state was told: the others need not ask.</summary>
public sealed class Gates(StateDatabase database)
{
    /// <summary>Whether there are other processes to tell.</summary>
    public bool AreShared => database.IsShared;

    /// <inheritdoc cref="StateDatabase.VersionAsync"/>
    public ValueTask<StateVersion> VersionAsync(CancellationToken cancellationToken) => database.VersionAsync(cancellationToken);

    /// <summary>Closes a gate; a later opening wins.</summary>
    /// <returns>When it opens, as <see cref="ReadAsync"/> tells it.</returns>
    /// <exception cref="StateException">It cannot be written now.</exception>
    public Task<long> CloseAsync(string bucket, TimeSpan wait, CancellationToken cancellationToken) =>
        database.DecideAsync(
            session =>
            {
                var now = session.Now();
                session.Run("DELETE FROM gates WHERE opens <= $1", now);
                session.Run(
                    """
                    INSERT INTO gates (bucket, opens) VALUES ($1, $2)
                    ON CONFLICT (bucket) DO UPDATE SET opens = excluded.opens WHERE excluded.opens > gates.opens
                    """,
                    bucket,
                    now + (long)wait.TotalMilliseconds
                );
                return session.Number("SELECT opens FROM gates WHERE bucket = $1", bucket);
            },
            cancellationToken
        );

    /// <summary>Every gate that is closed: when it opens, by which it is known again, and how long that is from now.</summary>
    /// <exception cref="StateException">It cannot be read now.</exception>
    public Task<List<(string Bucket, long Opens, TimeSpan Left)>> ReadAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            session =>
            {
                var now = session.Now();
                return session.Rows(
                    "SELECT bucket, opens FROM gates WHERE opens > $1",
                    row => (row.GetString(0), row.GetInt64(1), TimeSpan.FromMilliseconds(row.GetInt64(1) - now)),
                    now
                );
            },
            cancellationToken
        );
}
