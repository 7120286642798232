using McpGateway.State.Database;

namespace McpGateway.State;

/// <summary>A stored connection: its content is the authorization server's, its version changes with each write.</summary>
public sealed record GrantRow(string Id, string Content, long Version);

/// <summary>The connections of apps. Creating and replacing are atomic: of several at once, one succeeds.</summary>
public sealed class Grants(StateDatabase database)
{
    /// <returns>False if the id is taken.</returns>
    public Task<bool> TryCreateAsync(string id, string content, CancellationToken cancellationToken) =>
        database.DecideAsync(session => TryCreate(session, id, content), cancellationToken);

    /// <summary><see cref="TryCreateAsync"/> as part of a larger decision.</summary>
    public static bool TryCreate(StateSession session, string id, string content) =>
        session.Run("INSERT INTO grants (id, content, version) VALUES ($1, $2, 1) ON CONFLICT DO NOTHING", id, content) == 1;

    public async Task<GrantRow?> FindAsync(string id, CancellationToken cancellationToken) =>
        (
            await database.ReadAsync(
                session =>
                    session.Rows(
                        "SELECT content, version FROM grants WHERE id = $1",
                        row => new GrantRow(id, row.GetString(0), row.GetInt64(1)),
                        id
                    ),
                cancellationToken
            )
        ).FirstOrDefault();

    /// <returns>False if it has changed since <paramref name="version"/> was read, or is gone.</returns>
    public Task<bool> TryReplaceAsync(string id, string content, long version, CancellationToken cancellationToken) =>
        database.DecideAsync(
            session =>
                session.Run("UPDATE grants SET content = $2, version = version + 1 WHERE id = $1 AND version = $3", id, content, version)
                == 1,
            cancellationToken
        );

    public async Task<IReadOnlyList<GrantRow>> ListAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync(
            session =>
                session.Rows(
                    "SELECT id, content, version FROM grants ORDER BY id",
                    row => new GrantRow(row.GetString(0), row.GetString(1), row.GetInt64(2))
                ),
            cancellationToken
        );

    public Task DeleteAsync(string id, CancellationToken cancellationToken) =>
        database.DecideAsync(session => session.Run("DELETE FROM grants WHERE id = $1", id), cancellationToken);
}
