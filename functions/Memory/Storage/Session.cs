using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Memory.Storage;

/// <summary>One open connection with the statements it has prepared. Used by one call at a time.</summary>
internal sealed class Session : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly Dictionary<string, Statement> prepared = new(StringComparer.Ordinal);

    public Session(string path, bool readOnly)
    {
        connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Pooling = false,
                DefaultTimeout = 30,
            }.ToString()
        );
        try
        {
            connection.Open();
            // busy_timeout: another process may be writing. query_only instead of opening read-only: WAL needs its index file to be writable.
            Execute("PRAGMA busy_timeout=5000");
            Execute("PRAGMA journal_mode=WAL");
            Execute("PRAGMA synchronous=FULL");
            Execute("PRAGMA foreign_keys=ON");
            Execute("PRAGMA journal_size_limit=16777216");
            Execute(readOnly ? "PRAGMA cache_size=-4096" : "PRAGMA cache_size=-16384");
            if (readOnly)
            {
                Execute("PRAGMA query_only=ON");
            }
        }
        catch (SqliteException)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The id of the row inserted last.</summary>
    public long LastId => raw.sqlite3_last_insert_rowid(connection.Handle!);

    /// <summary>
    /// Runs statements that are not about one row: the start and end of a transaction, pragmas, scripts. Waits up to half a minute for another
    /// process, also where SQLite's own patience does not apply.
    /// </summary>
    public void Execute(string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of this folder.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>Runs a statement once or often; it stays prepared.</summary>
    /// <returns>The number of rows changed.</returns>
    public int Run(string sql, params ReadOnlySpan<object?> values)
    {
        using var statement = Read(sql, values);
        statement.Read();
        return raw.sqlite3_changes(connection.Handle!);
    }

    /// <summary>Reads rows. The statement is disposed before the same one is used again.</summary>
    public Statement Read(string sql, params ReadOnlySpan<object?> values)
    {
        if (!prepared.TryGetValue(sql, out var statement))
        {
            statement = Statement.Prepare(connection.Handle!, sql);
            prepared.Add(sql, statement);
        }

        statement.Bind(values);
        return statement;
    }

    /// <summary>The first column of the first row, or null.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<object?> values)
    {
        using var statement = Read(sql, values);
        return statement.Read() ? statement.Value(0) : null;
    }

    /// <summary>Ends the transaction, if SQLite has not done so itself when the statement failed.</summary>
    public void Rollback()
    {
        if (raw.sqlite3_get_autocommit(connection.Handle!) == 0)
        {
            Execute("ROLLBACK");
        }
    }

    public void Dispose()
    {
        foreach (var statement in prepared.Values)
        {
            statement.Close();
        }

        connection.Dispose();
    }
}
