using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpGateway.State.Database;

/// <summary>
/// What a gateway remembers beside its service's own data: one SQLite file, <c>state.db</c> in <c>DATA_PATH</c>, for this user alone. It is
/// made at the first use. Each decision is one transaction that keeps others out, also those of another process on the same file; reads
/// see a snapshot and wait for no decision. docs/decisions/0029-state-in-one-sqlite-file.md
/// </summary>
public sealed partial class StateDatabase(
    IOptions<GatewayOptions> options,
    GatewayService service,
    TimeProvider time,
    ILogger<StateDatabase> logger
) : IDisposable
{
    private const long LeastFreeBytes = 1_000_000;

    // What another process decided is seen within this time. A look at the file for each call would cost as much as the rest of authentication.
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(500);

    private readonly string path = PathIn(options.Value, service);
    private readonly SemaphoreSlim deciding = new(1, 1);
    private readonly SemaphoreSlim reading = new(1, 1);
    private readonly Lock opening = new();
    private StateSession? decider;
    private StateSession? reader;
    private volatile StateException? writeProblem;
    private volatile Look? look;
    private long decisions;

    /// <summary>Whether there is a file already, without making one.</summary>
    public bool Exists => decider is not null || File.Exists(path);

    internal static string PathIn(GatewayOptions options, GatewayService service) =>
        System.IO.Path.Combine(options.DataFolder(service), "state.db");

    /// <summary>Decides something in one transaction: all of it or, on any error, nothing.</summary>
    /// <exception cref="StateException">The file cannot be written: nothing was decided.</exception>
    public async Task<T> DecideAsync<T>(Func<StateSession, T> decide, CancellationToken cancellationToken)
    {
        await deciding.WaitAsync(cancellationToken);
        return Decided(decide);
    }

    /// <summary><see cref="DecideAsync"/> for those who cannot wait, such as a key ring.</summary>
    public T Decide<T>(Func<StateSession, T> decide)
    {
        deciding.Wait();
        return Decided(decide);
    }

    /// <summary>Reads one state of the file.</summary>
    /// <exception cref="StateException">The file cannot be read.</exception>
    public async Task<T> ReadAsync<T>(Func<StateSession, T> read, CancellationToken cancellationToken)
    {
        await reading.WaitAsync(cancellationToken);
        return Seen(read);
    }

    /// <summary><see cref="ReadAsync"/> for those who cannot wait.</summary>
    public T Read<T>(Func<StateSession, T> read)
    {
        reading.Wait();
        return Seen(read);
    }

    /// <summary>
    /// What changes whenever something was decided: at once for decisions of this process, within half a second for those of another. It
    /// costs next to nothing, so that each call can ask whether what it remembers still holds.
    /// </summary>
    /// <exception cref="StateException">The file cannot be read.</exception>
    public async ValueTask<StateVersion> VersionAsync(CancellationToken cancellationToken)
    {
        if (look is not { } last || time.GetElapsedTime(last.At) >= LookInterval)
        {
            await reading.WaitAsync(cancellationToken);
            var at = time.GetTimestamp();
            look = last = new(Used(() => Present(Open().Reader).Number("PRAGMA data_version")), at);
        }

        return new(Interlocked.Read(ref decisions), last.File);
    }

    /// <summary>Does something that must never be done twice with this file, such as taking over what an older release wrote.</summary>
    /// <returns>False when it has been done before.</returns>
    public Task<bool> OnceAsync(string what, Action<StateSession> work, CancellationToken cancellationToken) =>
        DecideAsync(
            session =>
            {
                if (
                    session.Run(
                        "INSERT INTO takeover (what, at) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                        what,
                        time.GetUtcNow().ToUnixTimeMilliseconds()
                    ) == 0
                )
                {
                    return false;
                }

                work(session);
                return true;
            },
            cancellationToken
        );

    /// <summary>What keeps the state from being read and written now, in a sentence for the operator; null when nothing does.</summary>
    public async Task<string?> FindProblemAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(session => session.Number("SELECT count(*) FROM probe"), cancellationToken);
            if (writeProblem is not null)
            {
                // Only a write that reaches the disk can tell that a failure has passed.
                await DecideAsync(
                    session => session.Run("INSERT OR REPLACE INTO probe (id, content) VALUES (1, zeroblob(4096))"),
                    cancellationToken
                );
            }

            return FindLackOfSpace();
        }
        catch (StateException e)
        {
            return e.Message;
        }
    }

    public void Dispose()
    {
        decider?.Dispose();
        reader?.Dispose();
        deciding.Dispose();
        reading.Dispose();
    }

    private T Decided<T>(Func<StateSession, T> decide)
    {
        try
        {
            var result = Explained(() => Present(Open().Decider).InTransaction("BEGIN IMMEDIATE", decide));
            writeProblem = null;
            Interlocked.Increment(ref decisions);
            return result;
        }
        catch (StateException e)
        {
            writeProblem = e;
            look = null;
            throw;
        }
        finally
        {
            deciding.Release();
        }
    }

    private T Seen<T>(Func<StateSession, T> read) => Used(() => Present(Open().Reader).InTransaction("BEGIN", read));

    private T Used<T>(Func<T> read)
    {
        try
        {
            return Explained(read);
        }
        catch (StateException)
        {
            look = null;
            throw;
        }
        finally
        {
            reading.Release();
        }
    }

    private T Explained<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException e)
        {
            Failed(e, path);
            throw StateException.From(e, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Failed(e, path);
            throw new StateException(
                $"The state file '{path}' cannot be opened: check that the service's user may read and write DATA_PATH.",
                e
            );
        }
    }

    private (StateSession Decider, StateSession Reader) Open()
    {
        lock (opening)
        {
            if (decider is not null && reader is not null)
            {
                return (decider, reader);
            }

            PrivateFolder.Create(System.IO.Path.GetDirectoryName(path)!);
            PrivateFolder.KeepDatabase(path);
            if (decider is null)
            {
                var session = new StateSession(path);
                try
                {
                    StateSchema.Migrate(session, path);
                }
                catch
                {
                    session.Dispose();
                    throw;
                }

                decider = session;
            }

            reader ??= new StateSession(path);
            return (decider, reader);
        }
    }

    // Whoever deletes or replaces the file under a running service would have it decide on a file that is gone at the next start.
    private StateSession Present(StateSession session) =>
        session.HasMoved
            ? throw new StateException($"The state file '{path}' was deleted or replaced while the service runs: restart the service.")
            : session;

    private string? FindLackOfSpace()
    {
        try
        {
            var free = new DriveInfo(System.IO.Path.GetDirectoryName(path)!).AvailableFreeSpace;
            return free >= LeastFreeBytes
                ? null
                : $"The disk of the state file '{path}' has {free / 1024} kB left: free some space, or apps cannot connect.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null; // A file system that cannot tell.
        }
    }

    [LoggerMessage(LogLevel.Error, "The state file {Path} cannot be used")]
    private partial void Failed(Exception exception, string path);

    /// <param name="File">SQLite's number of the file's state, which each decision of another connection changes.</param>
    /// <param name="At">When it was read, on the gateway's clock.</param>
    private sealed record Look(long File, long At);
}

/// <summary>
/// Which state of the database something was read from, or an older one: it holds while <see cref="StateDatabase.VersionAsync"/> is the same.
/// </summary>
/// <param name="Decisions">How often this process has decided something.</param>
/// <param name="File">The file's own number.</param>
public readonly record struct StateVersion(long Decisions, long File);
