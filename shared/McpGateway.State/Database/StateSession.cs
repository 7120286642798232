using System.Data.Common;

namespace McpGateway.State.Database;

/// <summary>
/// One transaction, used by one caller at a time. The SQL is what SQLite and PostgreSQL both read, with the parameters <c>$1</c> and on: long,
/// int, double, string, byte[] or null.
/// </summary>
public abstract class StateSession
{
    /// <summary>The database's own time in Unix milliseconds: one clock for all who share it.</summary>
    public abstract long Now();

    /// <summary>Runs a statement.</summary>
    /// <returns>The number of rows changed.</returns>
    public abstract int Run(string sql, params ReadOnlySpan<object?> values);

    /// <summary>Runs a statement, at the end of the transaction at the latest: where the database is elsewhere, several go over together.</summary>
    public virtual void RunLater(string sql, params ReadOnlySpan<object?> values) => Run(sql, values);

    /// <summary>Every row, as <paramref name="read"/> reads it.</summary>
    public abstract List<T> Rows<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<object?> values);

    /// <summary>The number in the first column of the first row; 0 without a row.</summary>
    public long Number(string sql, params ReadOnlySpan<object?> values) =>
        Rows(sql, row => row.IsDBNull(0) ? 0 : row.GetInt64(0), values) is [var number, ..] ? number : 0;
}
