using System.Data.Common;
using McpGateway.Secrets;
using McpGateway.State.Database;
using McpGateway.State.Sqlite;
using Microsoft.Data.Sqlite;

namespace McpGateway.State;

/// <summary>A token made at run time.</summary>
/// <param name="Name">The caller's name.</param>
/// <param name="Digest">The SHA-256 of the token, in hexadecimal digits.</param>
/// <param name="Rights">What it may do, as its maker wrote it.</param>
/// <param name="Used">When it was used last, to the minute; null before.</param>
/// <param name="Ended">When it was ended; null while it works.</param>
public sealed record TokenRow(
    string Name,
    string Digest,
    string Rights,
    DateTimeOffset Created,
    DateTimeOffset? Used,
    DateTimeOffset? Ended
);

/// <summary>The tokens that come and go while the gateway runs.</summary>
public sealed class Tokens(StateDatabase database, TimeProvider time)
{
    /// <summary>What each begins with, so that no other credential has to be looked up among them.</summary>
    public const string Prefix = "mcp_";

    private const string Columns = "SELECT name, digest, rights, created, used, ended FROM tokens";

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <returns>False when a token of this name works. One that has ended gives its name away.</returns>
    public Task<bool> AddAsync(string name, string digest, string rights, CancellationToken cancellationToken) =>
        database.DecideAsync(
            session =>
            {
                session.Run("DELETE FROM tokens WHERE name = $1 AND ended IS NOT NULL", name);
                return session.Run(
                        "INSERT INTO tokens (name, digest, rights, created) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                        name,
                        digest,
                        rights,
                        Now
                    ) == 1;
            },
            cancellationToken
        );

    /// <summary>Gives a token another secret; the old one ends at once.</summary>
    /// <returns>False when no token of this name works.</returns>
    public Task<bool> RotateAsync(string name, string digest, CancellationToken cancellationToken) =>
        database.DecideAsync(
            session => session.Run("UPDATE tokens SET digest = $2, used = NULL WHERE name = $1 AND ended IS NULL", name, digest) == 1,
            cancellationToken
        );

    /// <summary>Gives a token other rights, which hold from its next call on.</summary>
    /// <returns>False when no token of this name works.</returns>
    public Task<bool> ChangeAsync(string name, string rights, CancellationToken cancellationToken) =>
        database.DecideAsync(
            session => session.Run("UPDATE tokens SET rights = $2 WHERE name = $1 AND ended IS NULL", name, rights) == 1,
            cancellationToken
        );

    /// <returns>False when no token of this name works.</returns>
    public Task<bool> EndAsync(string name, CancellationToken cancellationToken) =>
        database.DecideAsync(
            session => session.Run("UPDATE tokens SET ended = $2 WHERE name = $1 AND ended IS NULL", name, Now) == 1,
            cancellationToken
        );

    public Task UsedAsync(string name, CancellationToken cancellationToken) =>
        database.LeaseAsync(
            $"use of the token {name}",
            session => session.Run("UPDATE tokens SET used = $2 WHERE name = $1", name, Now),
            cancellationToken
        );

    /// <summary>How often tokens were made, changed or ended, by whichever process.</summary>
    public Task<long> ChangesAsync(CancellationToken cancellationToken) => database.ReadAsync(Changes, cancellationToken);

    /// <summary>Every token, also those that have ended.</summary>
    public async Task<IReadOnlyList<TokenRow>> ListAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync(session => session.Rows($"{Columns} ORDER BY name", Read), cancellationToken);

    /// <summary>Every token, and after how many changes they are so.</summary>
    public async Task<(long Changes, IReadOnlyList<TokenRow> Rows)> ReadAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync(session => (Changes(session), session.Rows($"{Columns} ORDER BY name", Read)), cancellationToken);

    /// <summary>Whether any token was ever made, read before the gateway is built: such a gateway lets nobody in without one.</summary>
    /// <exception cref="SettingException">There is a state file that cannot be read.</exception>
    internal static bool WereMade(GatewayOptions options, GatewayService service)
    {
        var path = StateFile.PathIn(options, service);
        return File.Exists(path) && WereMadeIn(path);
    }

    /// <summary>The same for a shared database. While it cannot be reached, there may be some: nobody gets in without one.</summary>
    internal static bool WereMade(StateDatabase database)
    {
        try
        {
            return database.Read(session => session.Number("SELECT count(*) FROM tokens")) > 0;
        }
        catch (StateException)
        {
            return true;
        }
    }

    // A method of its own, so that SQLite is loaded only where there is a file.
    private static bool WereMadeIn(string path)
    {
        try
        {
            using var session = new SqliteSession(path);
            return session.Number("SELECT count(*) FROM sqlite_schema WHERE name = 'tokens'") > 0
                && session.Number("SELECT count(*) FROM tokens") > 0;
        }
        catch (SqliteException e)
        {
            throw new SettingException(SqliteProblem.Of(e, path).Message, e);
        }
    }

    private static long Changes(StateSession session) => session.Number("SELECT number FROM token_changes");

    private static TokenRow Read(DbDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), At(row, 3)!.Value, At(row, 4), At(row, 5));

    private static DateTimeOffset? At(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
