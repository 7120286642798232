using Memory.Database;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace Memory.Sqlite;

/// <summary>
/// One SQLite file. Writers queue for one connection and take one transaction each; readers see a snapshot and never wait for a
/// writer, of this process or another. It opens on first use, and anew after a failure or when the file was replaced.
/// </summary>
internal sealed partial class SqliteDatabase(MemoryFile file, ILogger<SqliteDatabase> logger) : IDatabase
{
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly Connections connections = new(file);
    private volatile StoreException? writeProblem;
    private volatile bool isLocked;
    private volatile StoreException? damage;

    public string Place => file.Path;

    public bool IsCheckedAtStart => true;

    public void Prepare() => file.PrepareFolder();

    public async Task<T> ReadAsync<T>(Func<ISession, T> read, CancellationToken cancellationToken)
    {
        try
        {
            return await connections.ReadAsync(
                session => session.InSnapshot(read),
                () => AsWriterAsync(_ => true, cancellationToken),
                cancellationToken
            );
        }
        catch (SqliteException e)
        {
            throw Explain(e);
        }
    }

    public Task<T> WriteAsync<T>(string? space, Func<ISession, T> change, CancellationToken cancellationToken) =>
        AsWriterAsync(change, cancellationToken);

    public Task<IReadOnlyList<string>> FindDamageAsync(CancellationToken cancellationToken) => ReadAsync(DamageOf, cancellationToken);

    public async Task<string?> FindProblemAsync(CancellationToken cancellationToken)
    {
        if (damage is { } known)
        {
            return await CheckDamageAsync(known, cancellationToken);
        }

        try
        {
            await ReadAsync(session => session.Scalar("SELECT id FROM entity LIMIT 1"), cancellationToken);
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
            return SqliteProblem.Of(e, file.Path).Message;
        }
        finally
        {
            writing.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        connections.Dispose();
        writing.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Whether a file that was found damaged still is: it may have been put right or replaced.</summary>
    private async Task<string?> CheckDamageAsync(StoreException known, CancellationToken cancellationToken)
    {
        try
        {
            damage = null;
            var isWhole = await ReadAsync(session => session.Scalar("PRAGMA quick_check(1)") is "ok", cancellationToken);
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
            var result = session.InTransaction(work);
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
        var problem = SqliteProblem.Of(e, file.Path);
        if (e.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB)
        {
            damage = problem;
        }

        return problem;
    }

    private static IReadOnlyList<string> DamageOf(ISession session)
    {
        var problems = new List<string>();
        using var rows = session.Read("PRAGMA integrity_check(20)");
        while (rows.Read())
        {
            problems.Add(rows.Text(0));
        }

        return problems is ["ok"] ? [] : problems;
    }

    [LoggerMessage(LogLevel.Error, "The memory file {Path} cannot be used")]
    private partial void Failed(Exception exception, string path);
}
