using System.Collections.Concurrent;
using Memory.Search;

namespace Memory.Sqlite;

/// <summary>
/// The connections to the memory file: one that writes, few that read. A file that is found deleted or replaced is let go
/// of by all of them before it is opened anew, for its -wal file must not meet another database.
/// </summary>
internal sealed class Connections(MemoryFile file) : IDisposable
{
    // Few, since each has a cache of its own, and the last one first, since its cache is warm.
    private static readonly int MostReaders = Math.Clamp(Environment.ProcessorCount, 2, 4);

    private readonly SemaphoreSlim reading = new(MostReaders, MostReaders);
    private readonly ConcurrentStack<Session> idleReaders = new();
    private Session? writer;

    /// <summary>Used for nothing but to see whether the path still leads to the file that is open; null before anything is.</summary>
    private Session? sentinel;

    private bool IsReplaced => Volatile.Read(ref sentinel) is { HasMoved: true };

    /// <summary>The writing connection; the caller holds the queue of writers.</summary>
    public async Task<Session> OpenWriterAsync(CancellationToken cancellationToken)
    {
        if (IsReplaced)
        {
            var isStale = file.HasStaleLog;
            await CloseAllAsync(cancellationToken);
            if (isStale)
            {
                file.SetLogAside();
            }
        }

        if (writer is null)
        {
            file.KeepPrivate();
            var session = new Session(file.Path, readOnly: false);
            try
            {
                Schema.Migrate(session, file.Path);
                if (!IndexBuild.IsCurrent(session))
                {
                    session.InTransaction(BuildIndex);
                }

                sentinel ??= new Session(file.Path, readOnly: true);
                writer = session;
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

    /// <summary>Runs a read on a connection of its own.</summary>
    /// <param name="prepare">Opens the file for writing: it is new, of an older release, or was replaced.</param>
    public async Task<T> ReadAsync<T>(Func<Session, T> read, Func<Task> prepare, CancellationToken cancellationToken)
    {
        while (true)
        {
            await reading.WaitAsync(cancellationToken);
            try
            {
                if (!IsReplaced && Rent() is { } session)
                {
                    return Use(session, read);
                }
            }
            finally
            {
                reading.Release();
            }

            await prepare();
        }
    }

    /// <summary>Lets go of the file once no read is under way; the next call opens it anew. The caller holds the queue of writers.</summary>
    public async Task CloseAllAsync(CancellationToken cancellationToken)
    {
        Interlocked.Exchange(ref writer, null)?.Dispose();
        await CloseIdleAsync(cancellationToken);
    }

    public void Dispose()
    {
        writer?.Dispose();
        sentinel?.Dispose();
        DisposeIdle();
        reading.Dispose();
    }

    private async Task CloseIdleAsync(CancellationToken cancellationToken)
    {
        var held = 0;
        try
        {
            for (; held < MostReaders; held++)
            {
                await reading.WaitAsync(cancellationToken);
            }

            Interlocked.Exchange(ref sentinel, null)?.Dispose();
            DisposeIdle();
        }
        finally
        {
            reading.Release(held);
        }
    }

    private static bool BuildIndex(Session session)
    {
        // Again, now that no other process can be doing the same.
        if (!IndexBuild.IsCurrent(session))
        {
            IndexBuild.Run(session, CancellationToken.None);
        }

        return true;
    }

    /// <returns>Null when the file has to be prepared first.</returns>
    private Session? Rent()
    {
        if (idleReaders.TryPop(out var idle))
        {
            return idle;
        }

        if (Volatile.Read(ref sentinel) is not null)
        {
            return new Session(file.Path, readOnly: true);
        }

        if (!File.Exists(file.Path))
        {
            return null;
        }

        var first = new Session(file.Path, readOnly: true);
        var isUsed = false;
        try
        {
            isUsed =
                Schema.IsCurrent(first, file.Path)
                && IndexBuild.IsCurrent(first)
                && Interlocked.CompareExchange(ref sentinel, first, null) is null;
        }
        finally
        {
            if (!isUsed)
            {
                first.Dispose();
            }
        }

        return Volatile.Read(ref sentinel) is null ? null : new Session(file.Path, readOnly: true);
    }

    private T Use<T>(Session session, Func<Session, T> read)
    {
        var isWhole = false;
        try
        {
            var result = read(session);
            isWhole = true;
            return result;
        }
        finally
        {
            if (isWhole)
            {
                idleReaders.Push(session);
            }
            else
            {
                session.Dispose();
            }
        }
    }

    private void DisposeIdle()
    {
        while (idleReaders.TryPop(out var reader))
        {
            reader.Dispose();
        }
    }
}
