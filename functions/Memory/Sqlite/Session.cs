using System.Runtime.InteropServices;
using McpGateway;
using Memory.Database;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Memory.Sqlite;

/// <summary>One open connection to the file with the statements it has prepared.</summary>
internal sealed class Session : ISession, IDisposable
{
    /// <summary>The path of a database that is in no file.</summary>
    public const string InMemory = ":memory:";

    /// <summary>SQLITE_FCNTL_HAS_MOVED: asks whether the path still leads to the file that was opened.</summary>
    private const int HasMovedCode = 20;

    /// <summary>More objects than there are constants, for texts that are put together each time.</summary>
    private const int MostObjects = 500;

    private readonly SqliteConnection connection;
    private readonly Dictionary<string, Statement> prepared = new(StringComparer.Ordinal);

    /// <summary>The same by the text's object: most are constants, and a long text takes as long to compare as a row to write.</summary>
    private readonly Dictionary<string, Statement> byObject = new(ReferenceEqualityComparer.Instance);

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
            if (!readOnly && path != InMemory)
            {
                MakePrivate(path);
            }

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

    // SQLite would make it readable for everybody on the machine; the files beside it get the rights of this one.
    private static void MakePrivate(string path)
    {
        try
        {
            PrivateFolder.OpenFile(path, new() { Mode = FileMode.CreateNew, Access = FileAccess.Write }).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It exists, or cannot be made, which SQLite will say in its words.
        }
    }

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

    public IRows Read(object? space, string sql, ReadOnlySpan<object?> values)
    {
        var statement = Prepare(sql);
        statement.Bind(space, values);
        return statement;
    }

    public IEnumerable<IRows> ReadEach(object? space, string sql, IEnumerable<object?[]> sets)
    {
        foreach (var values in sets)
        {
            using var rows = Read(space, sql, values);
            yield return rows;
        }
    }

    public IRows Stream(object? space, string sql, ReadOnlySpan<object?> values) => Read(space, sql, values);

    public void Run(object? space, string sql, ReadOnlySpan<object?> values)
    {
        using var statement = Read(space, sql, values);
        statement.Read();
    }

    /// <summary>A transaction that writes keeps out every other.</summary>
    public long? Lock(string name) => this.Scalar("SELECT id FROM namespace WHERE name = ?1", name) as long?;

    private Statement Prepare(string sql)
    {
        if (byObject.TryGetValue(sql, out var statement))
        {
            return statement;
        }

        if (!prepared.TryGetValue(sql, out statement))
        {
            statement = Statement.Prepare(connection.Handle!, sql);
            prepared.Add(sql, statement);
        }

        if (byObject.Count < MostObjects)
        {
            byObject.Add(sql, statement);
        }

        return statement;
    }

    /// <summary>Whether somebody has deleted the file, or put another one in its place: what is written here would be lost.</summary>
    public bool HasMoved =>
        sqlite3_file_control(connection.Handle!, "main\0"u8.ToArray(), HasMovedCode, out var moved) == raw.SQLITE_OK && moved != 0;

    /// <summary>Commits what <paramref name="work"/> did, or nothing of it when it throws.</summary>
    public T InTransaction<T>(Func<Session, T> work)
    {
        Execute("BEGIN IMMEDIATE");
        try
        {
            var result = work(this);
            Execute("COMMIT");
            return result;
        }
        finally
        {
            Rollback();
        }
    }

    /// <summary>
    /// Reads one state of the file, whatever is committed meanwhile. By statements that stay prepared: a command for its beginning and one for its
    /// end would cost more than most reads.
    /// </summary>
    public T InSnapshot<T>(Func<Session, T> read)
    {
        this.Run("BEGIN");
        try
        {
            var result = read(this);
            this.Run("COMMIT");
            return result;
        }
        finally
        {
            Rollback();
        }
    }

    /// <summary>Writes the database, as it stands, into another file, which is there whole or not at all.</summary>
    public void CopyTo(string path)
    {
        var part = path + ".part";
        try
        {
            // Made before SQLite would, for this user alone.
            PrivateFolder.OpenFile(part, new() { Mode = FileMode.Create, Access = FileAccess.Write }).Dispose();
            this.Run("VACUUM INTO ?1", part);
            using (var copy = new FileStream(part, FileMode.Open, FileAccess.ReadWrite))
            {
                copy.Flush(flushToDisk: true);
            }

            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
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

    // The one call of SQLite's that SQLitePCLRaw does not bring.
    [DllImport("e_sqlite3", CallingConvention = CallingConvention.Cdecl)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static extern int sqlite3_file_control(sqlite3 connection, byte[] database, int operation, out int result);
}
