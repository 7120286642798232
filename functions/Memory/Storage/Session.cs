using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Memory.Storage;

/// <summary>One open connection with the statements it has prepared. Used by one call at a time.</summary>
internal sealed class Session : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);

    public Session(string path, bool readOnly)
    {
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 30 }.ToString());
        try
        {
            connection.Open();
            // busy_timeout: another process may be writing. query_only instead of opening read-only: WAL needs its index file to be writable.
            Run("PRAGMA busy_timeout=5000");
            Run("PRAGMA journal_mode=WAL");
            Run("PRAGMA synchronous=FULL");
            Run("PRAGMA foreign_keys=ON");
            Run("PRAGMA journal_size_limit=16777216");
            Run(readOnly ? "PRAGMA cache_size=-4096" : "PRAGMA cache_size=-16384");
            if (readOnly)
            {
                Run("PRAGMA query_only=ON");
            }
        }
        catch (SqliteException)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The native connection.</summary>
    public sqlite3 Handle => connection.Handle!;

    /// <summary>Runs a statement once or often; it stays prepared.</summary>
    /// <returns>The number of rows changed.</returns>
    public int Run(string sql, params ReadOnlySpan<object> values) => Prepare(sql, values).ExecuteNonQuery();

    /// <summary>Reads rows. The reader is closed before the same statement is used again.</summary>
    public SqliteDataReader Read(string sql, params ReadOnlySpan<object> values) => Prepare(sql, values).ExecuteReader();

    /// <summary>The ids a constant statement gives: natively, since there may be many.</summary>
    public List<long> ReadIds(string sql)
    {
        var ids = new List<long>();
        using var statement = PrepareNative(sql);
        int result;
        while ((result = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
        {
            ids.Add(raw.sqlite3_column_int64(statement, 0));
        }

        SqliteException.ThrowExceptionForRC(result, Handle);
        return ids;
    }

    /// <summary>A statement for SQLite's own interface, where a blob can be read without a copy of it.</summary>
    public sqlite3_stmt PrepareNative(string sql)
    {
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(Handle, sql, out var statement), Handle);
        return statement;
    }

    /// <summary>The first column of the first row, or null.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<object> values) => Prepare(sql, values).ExecuteScalar() is { } value and not DBNull ? value : null;

    /// <summary>Ends the transaction, if SQLite has not done so itself when the statement failed.</summary>
    public void Rollback()
    {
        if (raw.sqlite3_get_autocommit(Handle) == 0)
        {
            Run("ROLLBACK");
        }
    }

    public void Dispose()
    {
        foreach (var command in prepared.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<object> values)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
#pragma warning disable CA2100 // Every statement is a constant of this folder; values are parameters.
            command.CommandText = sql;
#pragma warning restore CA2100
            for (var i = 1; i <= values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
            }

            prepared.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        return command;
    }
}
