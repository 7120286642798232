using McpGateway.State.Database;
using McpGateway.State.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using SQLitePCL;

namespace McpGateway.State.Activities;

/// <summary>
/// The file of the activity, <c>activity.db</c>: beside the state and not within it, since it grows by the call, may be lost without harm, and is
/// written without waiting for the disk. A damaged one begins anew. docs/decisions/0041-activity-in-a-file-of-its-own.md
/// </summary>
internal sealed class ActivityFile(IOptions<GatewayOptions> options, GatewayService service) : ActivityStore
{
    // Another form begins the file anew: it is not worth a migration.
    private const long Form = 0x4D637102;

    private readonly string path = Path.Combine(options.Value.DataFolder(service), "activity.db");
    private readonly Lock writing = new();
    private readonly Lock reading = new();
    private SqliteSession? writer;
    private SqliteSession? reader;

    public override bool Exists => File.Exists(path);

    public override Task WriteAsync(Action<StateSession, bool> work, CancellationToken cancellationToken)
    {
        try
        {
            Write(work);
            return Task.CompletedTask;
        }
        catch (SqliteException e)
        {
            throw SqliteProblem.Of(e, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StateException($"The file '{path}' cannot be opened: check that the service's user may read and write DATA_PATH.", e);
        }
    }

    public override Task<T> ReadAsync<T>(Func<StateSession, T> read, CancellationToken cancellationToken) => Task.FromResult(Read(read));

    public override long SizeOf(StateSession session) =>
        session.Number("PRAGMA page_size") * (session.Number("PRAGMA page_count") - session.Number("PRAGMA freelist_count"));

    protected override void Dispose(bool disposing)
    {
        lock (writing)
        {
            writer?.Dispose();
            writer = null;
        }

        lock (reading)
        {
            reader?.Dispose();
            reader = null;
        }

        base.Dispose(disposing);
    }

    private void Write(Action<StateSession, bool> work)
    {
        lock (writing)
        {
            if (writer is { HasMoved: true })
            {
                writer.Dispose();
                writer = null;
            }

            var isNew = writer is null;
            writer ??= OpenForWriting();
            writer.InTransaction(
                "BEGIN IMMEDIATE",
                session =>
                {
                    work(session, isNew);
                    return true;
                }
            );
        }
    }

    private T Read<T>(Func<StateSession, T> read)
    {
        lock (reading)
        {
            try
            {
                if (reader is { HasMoved: true })
                {
                    reader.Dispose();
                    reader = null;
                }

                reader ??= new SqliteSession(path, isDurable: false);
                return reader.InTransaction("BEGIN", read);
            }
            catch (SqliteException e)
            {
                throw SqliteProblem.Of(e, path);
            }
        }
    }

    private SqliteSession OpenForWriting()
    {
        PrivateFolder.Create(Path.GetDirectoryName(path)!);
        PrivateFolder.KeepDatabase(path);
        try
        {
            return Prepare();
        }
        catch (SqliteException e) when (e.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB)
        {
            foreach (var file in (string[])[path, path + "-wal", path + "-shm"])
            {
                File.Delete(file);
            }

            PrivateFolder.KeepDatabase(path);
            return Prepare();
        }
    }

    private SqliteSession Prepare()
    {
        var session = new SqliteSession(path, isDurable: false);
        try
        {
            session.InTransaction(
                "BEGIN IMMEDIATE",
                _ =>
                {
                    if (session.Number("PRAGMA user_version") != Form)
                    {
                        session.Execute(Schema);
                    }

                    return true;
                }
            );
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static readonly string Schema = string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"""
        DROP TABLE IF EXISTS events;
        DROP TABLE IF EXISTS hours;
        DROP TABLE IF EXISTS sums;
        DROP TABLE IF EXISTS series;

        -- What events have in common: few, however many events there are. '' is none.
        CREATE TABLE series (
            id INTEGER PRIMARY KEY, event TEXT NOT NULL, caller TEXT NOT NULL, name TEXT NOT NULL, outcome TEXT NOT NULL,
            UNIQUE (event, caller, name, outcome)) STRICT;

        -- Times are Unix milliseconds.
        CREATE TABLE events (
            id INTEGER PRIMARY KEY, at INTEGER NOT NULL, series INTEGER NOT NULL,
            ms REAL, bytes INTEGER, tokens INTEGER, credits INTEGER, detail TEXT) STRICT;
        CREATE INDEX events_at ON events (at);
        CREATE INDEX events_series ON events (series, at);

        -- Sums, so that nobody counts a million events. A row is of one series and an hour (span 1) or a day (span 24), or of every call of an hour
        -- (span 0; series 1 are those that failed, 0 the others). What it is of begins at an hour since 1970.
        CREATE TABLE sums (
            span INTEGER NOT NULL, start INTEGER NOT NULL, series INTEGER NOT NULL, calls INTEGER NOT NULL, bytes INTEGER NOT NULL,
            tokens INTEGER NOT NULL, credits INTEGER NOT NULL, slowest REAL NOT NULL, last INTEGER NOT NULL,
            {string.Join(", ", Enumerable.Range(0, ActivitySum.Bounds.Count + 1).Select(i => $"b{i} INTEGER NOT NULL"))},
            PRIMARY KEY (span, start, series)) STRICT, WITHOUT ROWID;
        PRAGMA user_version = {Form};
        """
    );
}
