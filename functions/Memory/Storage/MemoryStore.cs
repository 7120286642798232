using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Memory.Storage;

/// <summary>
/// The memory: one SQLite file. Writers queue for one connection and take one transaction each; readers see a snapshot
/// and never wait for them. Other processes may use the same file. It opens on first use, and anew after a failure.
/// </summary>
internal sealed partial class MemoryStore(MemoryFile file, IOptions<MemoryOptions> options, TimeProvider time, ILogger<MemoryStore> logger)
    : IDisposable
{
    private readonly SemaphoreSlim writing = new(1, 1);

    // Few, since each has a cache of its own, and the last one first, since its cache is warm.
    private readonly SemaphoreSlim reading = new(Math.Clamp(Environment.ProcessorCount, 2, 4));
    private readonly ConcurrentStack<Session> idleReaders = new();
    private Session? writer;
    private volatile StoreException? writeProblem;

    /// <summary>Changes the graph in one transaction: all of it or, on any error or cancellation, nothing.</summary>
    /// <param name="by">Who changes it, for the change log.</param>
    /// <exception cref="StoreException">The file cannot be written.</exception>
    public Task<T> WriteAsync<T>(string by, Func<GraphWriter, T> change, CancellationToken cancellationToken) =>
        AsWriterAsync(
            session =>
            {
                var graph = new GraphWriter(
                    session,
                    new ChangeLog(session, time, by),
                    options.Value.AllowDanglingRelations,
                    cancellationToken
                );
                var result = change(graph);
                graph.Finish();
                return result;
            },
            cancellationToken
        );

    /// <summary>Reads one state of the graph.</summary>
    /// <exception cref="StoreException">The file cannot be read.</exception>
    public async Task<T> ReadAsync<T>(Func<GraphReader, T> read, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref writer) is null || !File.Exists(file.Path))
        {
            await AsWriterAsync(_ => true, cancellationToken);
        }

        await reading.WaitAsync(cancellationToken);
        try
        {
            var session = idleReaders.TryPop(out var idle) ? idle : new Session(file.Path, readOnly: true);
            var result = InTransaction(session, "BEGIN", s => read(new GraphReader(s, cancellationToken)));
            idleReaders.Push(session);
            return result;
        }
        catch (SqliteException e)
        {
            throw Explain(e);
        }
        finally
        {
            reading.Release();
        }
    }

    /// <summary>What keeps the memory from being written just now, or null.</summary>
    public async Task<string?> FindProblemAsync(CancellationToken cancellationToken)
    {
        if (writeProblem is null && writing.CurrentCount == 0)
        {
            return null; // It is being written at this very moment.
        }

        try
        {
            var failedBefore = writeProblem is not null;
            return await AsWriterAsync<string?>(
                session =>
                {
                    if (failedBefore)
                    {
                        // Only a write that reaches the disk can tell that the failure has passed.
                        Schema.WriteVersion(session);
                    }

                    return null;
                },
                cancellationToken
            );
        }
        catch (StoreException e)
        {
            return e.Message;
        }
    }

    public void Dispose()
    {
        CloseAll();
        writing.Dispose();
        reading.Dispose();
    }

    private async Task<T> AsWriterAsync<T>(Func<Session, T> work, CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken);
        try
        {
            var result = InTransaction(OpenWriter(), "BEGIN IMMEDIATE", work);
            writeProblem = null;
            return result;
        }
        catch (SqliteException e)
        {
            writeProblem = Explain(e);
            CloseAll();
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

    private Session OpenWriter()
    {
        if (writer is not null && !File.Exists(file.Path))
        {
            // Somebody removed the file: what is written to the open one would be gone with it.
            CloseAll();
        }

        if (writer is null)
        {
            var session = new Session(file.Path, readOnly: false);
            try
            {
                Schema.Migrate(session, file.Path);
                Volatile.Write(ref writer, session);
            }
            finally
            {
                if (writer is null)
                {
                    session.Dispose();
                }
            }
        }

        return writer;
    }

    /// <summary>Commits what <paramref name="work"/> did, or nothing of it when it throws.</summary>
    private static T InTransaction<T>(Session session, string begin, Func<Session, T> work)
    {
        session.Execute(begin);
        try
        {
            var result = work(session);
            session.Execute("COMMIT");
            return result;
        }
        finally
        {
            session.Rollback();
        }
    }

    private StoreException Explain(SqliteException e)
    {
        Failed(e, file.Path);
        return StoreException.From(e, file.Path);
    }

    /// <summary>The next call opens the file anew: it may have been repaired or replaced by then.</summary>
    private void CloseAll()
    {
        Interlocked.Exchange(ref writer, null)?.Dispose();
        while (idleReaders.TryPop(out var reader))
        {
            reader.Dispose();
        }
    }

    [LoggerMessage(LogLevel.Error, "The memory file {Path} cannot be used")]
    private partial void Failed(Exception exception, string path);
}
