using Memory.Database;
using Memory.Graph;
using Memory.Search;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SQLitePCL;

namespace Memory.Storage;

/// <summary>
/// The memory: one SQLite file. Writers queue for one connection and take one transaction each; readers see a snapshot
/// and never wait for a writer, of this process or another. It opens on first use, and anew after a failure or when the
/// file was replaced.
/// </summary>
internal sealed partial class MemoryStore(
    MemoryFile file,
    CallerNamespace caller,
    IOptions<MemoryOptions> options,
    TimeProvider time,
    ILogger<MemoryStore> logger
) : IDisposable
{
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly Connections connections = new(file);
    private volatile StoreException? writeProblem;
    private volatile bool isLocked;
    private volatile StoreException? damage;

    /// <summary>Changes the caller's graph in one transaction: all of it or, on any error or cancellation, nothing.</summary>
    /// <param name="by">Who changes it, for the change log.</param>
    /// <exception cref="StoreException">The file cannot be written.</exception>
    public Task<T> WriteAsync<T>(string by, Func<GraphWriter, T> change, CancellationToken cancellationToken) =>
        WriteAsync(caller.Name, by, change, cancellationToken);

    /// <summary>Changes the graph of a namespace, which comes to be with its first change.</summary>
    /// <exception cref="StoreException">The file cannot be written.</exception>
    public Task<T> WriteAsync<T>(string name, string by, Func<GraphWriter, T> change, CancellationToken cancellationToken) =>
        AsWriterAsync(
            session =>
            {
                var now = Moments.Now(time);
                var space = new Space(session, Spaces.FindOrCreate(session, name, now), now, cancellationToken);
                var counters = new Counters(space);
                var log = new ChangeLog(space, counters, by);
                var graph = new GraphWriter(space, counters, log, options.Value.AllowDanglingRelations);
                var result = change(graph);
                graph.Finish();
                return result;
            },
            cancellationToken
        );

    /// <summary>Reads one state of the caller's graph.</summary>
    /// <exception cref="StoreException">The file cannot be read.</exception>
    public Task<T> ReadAsync<T>(Func<GraphReader, T> read, CancellationToken cancellationToken) =>
        ReadAsync(caller.Name, read, cancellationToken);

    /// <summary>Reads one state of the graph of a namespace; one that is not there is empty.</summary>
    /// <exception cref="StoreException">The file cannot be read.</exception>
    public Task<T> ReadAsync<T>(string name, Func<GraphReader, T> read, CancellationToken cancellationToken) =>
        AsReaderAsync(
            session => read(new GraphReader(new Space(session, Spaces.Find(session, name), Moments.Now(time), cancellationToken))),
            cancellationToken
        );

    /// <summary>Reads the file as it is, across namespaces: for the operator.</summary>
    /// <exception cref="StoreException">The file cannot be read.</exception>
    public Task<T> InspectAsync<T>(Func<Session, T> read, CancellationToken cancellationToken) => AsReaderAsync(read, cancellationToken);

    /// <summary>The names of the namespaces whose search copy does not say what their graph does.</summary>
    /// <param name="sample">How many entities of each are looked at; null for all of it.</param>
    public Task<List<string>> FindWrongIndexesAsync(int? sample, CancellationToken cancellationToken) =>
        AsReaderAsync(
            session =>
                Spaces
                    .All(session)
                    .Where(name =>
                        !IndexCheck.IsRight(new Space(session, Spaces.Find(session, name), Moments.Now(time), cancellationToken), sample)
                    )
                    .ToList(),
            cancellationToken
        );

    /// <summary>Builds the search's copy anew from the graph, in one transaction.</summary>
    public Task RebuildIndexAsync(CancellationToken cancellationToken) =>
        AsWriterAsync(
            session =>
            {
                IndexBuild.Run(session, cancellationToken);
                return true;
            },
            cancellationToken
        );

    private async Task<T> AsReaderAsync<T>(Func<Session, T> read, CancellationToken cancellationToken)
    {
        try
        {
            return await connections.ReadAsync(
                session => session.InTransaction("BEGIN", read),
                () => AsWriterAsync(_ => true, cancellationToken),
                cancellationToken
            );
        }
        catch (SqliteException e)
        {
            throw Explain(e);
        }
    }

    /// <summary>What keeps the memory from being read and written just now, or null.</summary>
    public async Task<string?> FindProblemAsync(CancellationToken cancellationToken)
    {
        if (damage is { } known)
        {
            return await CheckDamageAsync(known, cancellationToken);
        }

        try
        {
            await AsReaderAsync(session => session.Scalar("SELECT id FROM entity LIMIT 1"), cancellationToken);
            if (writeProblem is not null && writing.CurrentCount > 0)
            {
                // Only a write that reaches the disk can tell that the failure has passed.
                await AsWriterAsync(Schema.WriteProbe, cancellationToken);
            }

            return writeProblem?.Message ?? await FindLockAsync(cancellationToken) ?? file.FindLackOfSpace();
        }
        catch (StoreException e)
        {
            return e.Message;
        }
    }

    /// <summary>Whether another process that has kept a call from writing still does; nobody waits for it.</summary>
    private async Task<string?> FindLockAsync(CancellationToken cancellationToken)
    {
        // A writer of this process has the lock then.
        if (!isLocked || !await writing.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            return null;
        }

        try
        {
            using var session = new Session(file.Path, readOnly: false);
            session.Execute("PRAGMA busy_timeout=0");
            session.Run("BEGIN IMMEDIATE");
            session.Rollback();
            isLocked = false;
            return null;
        }
        catch (SqliteException e)
        {
            return StoreException.From(e, file.Path).Message;
        }
        finally
        {
            writing.Release();
        }
    }

    public void Dispose()
    {
        connections.Dispose();
        writing.Dispose();
    }

    /// <summary>Whether a file that was found damaged still is: it may have been put right or replaced.</summary>
    private async Task<string?> CheckDamageAsync(StoreException known, CancellationToken cancellationToken)
    {
        try
        {
            damage = null;
            var isWhole = await AsReaderAsync(session => session.Scalar("PRAGMA quick_check(1)") is "ok", cancellationToken);
            damage ??= isWhole ? null : known;
        }
        catch (StoreException e)
        {
            damage ??= e;
        }

        return damage?.Message;
    }

    private async Task<T> AsWriterAsync<T>(Func<Session, T> work, CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken);
        try
        {
            var session = await connections.OpenWriterAsync(cancellationToken);
            var result = session.InTransaction("BEGIN IMMEDIATE", work);
            writeProblem = null;
            isLocked = false;
            return result;
        }
        catch (SqliteException e) when (e.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
        {
            // Another process is at it: nothing is wrong with the file, nor with the connection.
            isLocked = true;
            throw Explain(e);
        }
        catch (SqliteException e)
        {
            writeProblem = Explain(e);
            if (e.SqliteErrorCode != raw.SQLITE_FULL)
            {
                await connections.CloseAllAsync(CancellationToken.None);
            }

            throw writeProblem;
        }
        catch (StoreException e)
        {
            writeProblem = e;
            throw;
        }
        finally
        {
            writing.Release();
        }
    }

    private StoreException Explain(SqliteException e)
    {
        Failed(e, file.Path);
        var problem = StoreException.From(e, file.Path);
        if (e.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB)
        {
            damage = problem;
        }

        return problem;
    }

    [LoggerMessage(LogLevel.Error, "The memory file {Path} cannot be used")]
    private partial void Failed(Exception exception, string path);
}
