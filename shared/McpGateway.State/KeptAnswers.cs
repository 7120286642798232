using McpGateway.State.Database;

namespace McpGateway.State;

/// <summary>
/// Results that were too long to send, for all instances that share the state on a server, by a name that only their callers know: for a while after they
/// were last read, and within a bound. What would be gone first makes room for what is new.
/// </summary>
public sealed class KeptAnswers(StateDatabase database)
{
    /// <summary>How many bytes there is room for.</summary>
    public const long MostBytes = 64_000_000;

    /// <summary>Whether they are kept: a file has no place for them.</summary>
    public bool AreKept => database.IsServer;

    /// <param name="content">At most <see cref="MostBytes"/>.</param>
    /// <exception cref="StateException">It cannot be written now.</exception>
    public Task KeepAsync(string name, byte[] content, TimeSpan life, CancellationToken cancellationToken) =>
        database.LeaseAsync(
            "answers",
            session =>
            {
                var now = session.Now();
                session.Run("DELETE FROM kept_answers WHERE until <= $1", now);
                var others = session.Rows(
                    "SELECT name, size FROM kept_answers ORDER BY until",
                    row => (Name: row.GetString(0), Size: row.GetInt64(1))
                );
                var used = others.Sum(one => one.Size) + content.Length;
                foreach (var other in others.TakeWhile(_ => used > MostBytes))
                {
                    session.RunLater("DELETE FROM kept_answers WHERE name = $1", other.Name);
                    used -= other.Size;
                }

                session.Run(
                    "INSERT INTO kept_answers (name, until, size, content) VALUES ($1, $2, $3, $4)",
                    name,
                    now + (long)life.TotalMilliseconds,
                    content.Length,
                    content
                );
                return true;
            },
            cancellationToken
        );

    /// <summary>One that is still kept, for as long again; null where there is none.</summary>
    /// <exception cref="StateException">It cannot be read now.</exception>
    public Task<byte[]?> FindAsync(string name, TimeSpan life, CancellationToken cancellationToken) =>
        database.LeaseAsync(
            $"answer {name}",
            session =>
                Prolong(session, name, life)
                    ? session.Rows("SELECT content FROM kept_answers WHERE name = $1", row => row.GetFieldValue<byte[]>(0), name).Single()
                    : null,
            cancellationToken
        );

    /// <summary>Keeps one for as long again.</summary>
    /// <exception cref="StateException">It cannot be written now.</exception>
    public Task ProlongAsync(string name, TimeSpan life, CancellationToken cancellationToken) =>
        database.LeaseAsync($"answer {name}", session => Prolong(session, name, life), cancellationToken);

    private static bool Prolong(StateSession session, string name, TimeSpan life)
    {
        var now = session.Now();
        return session.Run(
                "UPDATE kept_answers SET until = $3 WHERE name = $1 AND until > $2",
                name,
                now,
                now + (long)life.TotalMilliseconds
            ) == 1;
    }
}
