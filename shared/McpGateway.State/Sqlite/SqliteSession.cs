using System.Data.Common;
using System.Globalization;
using System.Runtime.InteropServices;
using McpGateway.State.Database;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace McpGateway.State.Sqlite;

/// <summary>One open connection with the statements it has prepared. Used by one caller at a time.</summary>
internal sealed class SqliteSession : StateSession, IDisposable
{
    // SQLITE_FCNTL_HAS_MOVED: asks whether the path still leads to the file that was opened.
    private const int HasMovedCode = 20;

    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SqliteStatement> statements = new(StringComparer.Ordinal);

    /// <param name="isDurable">Whether what was decided has to survive a failure of power.</param>
    public SqliteSession(string path, bool isDurable = true)
    {
        connection = new(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Pooling = false,
                DefaultTimeout = 10,
            }.ToString()
        );
        try
        {
            connection.Open();
            // busy_timeout: another process may be deciding. synchronous=FULL: what was decided stays so when the power fails.
            Execute("PRAGMA busy_timeout=5000");
            Execute("PRAGMA journal_mode=WAL");
            Execute(isDurable ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
            Execute("PRAGMA journal_size_limit=4194304");
            Execute("PRAGMA cache_size=-1024");
        }
        catch (SqliteException)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Whether somebody has deleted the file, or put another one in its place: what is written here would be lost.</summary>
    internal bool HasMoved =>
        sqlite3_file_control(connection.Handle!, "main\0"u8.ToArray(), HasMovedCode, out var moved) == raw.SQLITE_OK && moved != 0;

    public override long Now() => Number("SELECT CAST(unixepoch('subsec') * 1000 AS INTEGER)");

    public override int Run(string sql, params ReadOnlySpan<object?> values)
    {
        if (!statements.TryGetValue(sql, out var statement))
        {
            statement = new(connection.Handle!, sql, values.Length);
            statements.Add(sql, statement);
        }

        return statement.Run(values);
    }

    public override List<T> Rows<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        using var reader = Prepare(sql, values).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    public void Dispose()
    {
        foreach (var statement in statements.Values)
        {
            statement.Dispose();
        }

        foreach (var command in prepared.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }

    /// <summary>Runs a constant text that is not about one row: pragmas, migrations, the ends of a transaction.</summary>
    internal void Execute(string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of this project.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>Commits what <paramref name="work"/> did, or nothing of it when it throws.</summary>
    internal T InTransaction<T>(string begin, Func<StateSession, T> work)
    {
        Execute(begin);
        try
        {
            var result = work(this);
            Execute("COMMIT");
            return result;
        }
        finally
        {
            // SQLite may have ended it itself when a statement failed.
            if (raw.sqlite3_get_autocommit(connection.Handle!) == 0)
            {
                Execute("ROLLBACK");
            }
        }
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<object?> values)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of this project.
            command.CommandText = sql;
#pragma warning restore CA2100
            for (var i = 1; i <= values.Length; i++)
            {
                command.Parameters.Add(new(string.Create(CultureInfo.InvariantCulture, $"${i}"), null));
            }

            prepared.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command;
    }

    // The one call of SQLite's that SQLitePCLRaw does not bring.
    [DllImport("e_sqlite3", CallingConvention = CallingConvention.Cdecl)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static extern int sqlite3_file_control(sqlite3 connection, byte[] database, int operation, out int result);
}
