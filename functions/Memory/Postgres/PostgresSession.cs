using System.Text;
using McpGateway.State.Postgres;
using Memory.Database;
using Memory.Search;

namespace Memory.Postgres;

/// <summary>The memory's statements within one transaction of PostgreSQL.</summary>
/// <param name="place">The database, for errors.</param>
internal sealed class PostgresSession(PostgresTransaction transaction, string place) : ISession
{
    private const int AtOnce = 200;

    public IRows Read(object? space, string sql, ReadOnlySpan<object?> values)
    {
        IEnumerable<object?[]> rows = transaction.Read(Dialect.Of(sql), ValuesOf(space, values));
        return new PostgresRows(rows.GetEnumerator());
    }

    /// <summary>By one statement for many sets: to read and plan one for each takes the server most of the time.</summary>
    public IEnumerable<IRows> ReadEach(object? space, string sql, IEnumerable<object?[]> sets)
    {
        foreach (var some in sets.Chunk(AtOnce))
        {
            object?[] lists = [.. some[0].Select((_, at) => ListOf(some, at))];
            var rows = transaction.Read(Dialect.OfEach(sql, lists), [space, .. lists]).ToLookup(row => (long)row[^1]!);
            for (var number = 1; number <= some.Length; number++)
            {
                yield return new PostgresRows(rows[number].GetEnumerator());
            }
        }
    }

    public IRows Stream(object? space, string sql, ReadOnlySpan<object?> values) =>
        new PostgresRows(transaction.Stream(Dialect.Of(sql), ValuesOf(space, values)).GetEnumerator());

    public void Run(object? space, string sql, ReadOnlySpan<object?> values) => transaction.Run(Dialect.Of(sql), ValuesOf(space, values));

    /// <summary>Whoever wants to change the same namespace waits here for the end of this transaction, so that each finds what the one before left.</summary>
    public long? Lock(string name)
    {
        var rows = transaction.Read(
            "SELECT id, (SELECT version FROM version), (SELECT version FROM index_version) FROM namespace WHERE name = $1 FOR UPDATE",
            name
        );
        if (rows is not [[long id, long version, var index]])
        {
            return null;
        }

        if (version > Tables.All.Length || index is > IndexBuild.Current)
        {
            throw new StoreException(
                $"The memory in the database {place} is used by a newer release, which this one must not write to: install it here as well. "
                    + "This call stored nothing."
            );
        }

        transaction.Owner = id;
        return id;
    }

    /// <summary>Nobody else changes anything until the transaction ends.</summary>
    public void LockAll() => transaction.Run("LOCK TABLE namespace IN EXCLUSIVE MODE");

    /// <summary>What each set has at a place.</summary>
    private static object ListOf(object?[][] sets, int at) =>
        sets[0][at] is long ? Array.ConvertAll(sets, set => (long)set[at]!) : Array.ConvertAll(sets, set => Storable((string)set[at]!));

    private static object?[] ValuesOf(object? space, ReadOnlySpan<object?> values)
    {
        object?[] all = space is null ? [.. values] : [space, .. values];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = all[i] is string text ? Storable(text) : all[i];
        }

        return all;
    }

    /// <summary>
    /// Texts that nobody may store may still be looked for, and are not found: PostgreSQL refuses U+0000, and its driver half a surrogate
    /// pair.
    /// </summary>
    private static string Storable(string text) =>
        text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 && !text.Contains('\0', StringComparison.Ordinal)
            ? text
            : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');
}
