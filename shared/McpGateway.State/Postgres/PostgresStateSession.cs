using System.Data.Common;
using McpGateway.State.Database;

namespace McpGateway.State.Postgres;

/// <summary>The state's statements within one transaction of PostgreSQL.</summary>
internal sealed class PostgresStateSession(PostgresTransaction transaction) : StateSession
{
    public override long Now() => Number("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint");

    public override int Run(string sql, params ReadOnlySpan<object?> values) => transaction.Change(sql, Widened(values));

    public override void RunLater(string sql, params ReadOnlySpan<object?> values) => transaction.Run(sql, Widened(values));

    public override List<T> Rows<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<object?> values) =>
        transaction.Rows(sql, read, Widened(values));

    private static object?[] Widened(ReadOnlySpan<object?> values)
    {
        object?[] all = [.. values];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = all[i] switch
            {
                int number => (long)number,
                // The one character that PostgreSQL has no place for.
                string text => text.Replace('\0', '\uFFFD'),
                var value => value,
            };
        }

        return all;
    }
}
