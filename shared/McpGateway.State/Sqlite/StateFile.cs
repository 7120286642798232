using McpGateway.State.Database;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpGateway.State.Sqlite;

/// <summary>
/// The state in one SQLite file, <c>state.db</c> in <c>DATA_PATH</c>, for this user alone. It is made at the first use. Several processes
/// may use the same file.
/// </summary>
internal sealed partial class StateFile(
    IOptions<GatewayOptions> options,
    GatewayService service,
    TimeProvider time,
    ILogger<StateFile> logger
) : StateDatabase(time)
{
    private const long LeastFreeBytes = 1_000_000;

    private readonly string path = PathIn(options.Value, service);
    private readonly Companions companions = new(options.Value.DataFolder(service), time);
    private readonly SemaphoreSlim deciding = new(1, 1);
    private readonly SemaphoreSlim reading = new(1, 1);
    private readonly Lock opening = new();
    private SqliteSession? decider;
    private SqliteSession? reader;
    private volatile StateException? writeProblem;

    public override bool IsShared => companions.Exist;

    public override bool IsServer => false;

    public override bool Exists => decider is not null || File.Exists(path);

    public static string PathIn(GatewayOptions options, GatewayService service) =>
        System.IO.Path.Combine(options.DataFolder(service), "state.db");

    public override async Task<T> LeaseAsync<T>(string what, Func<StateSession, T> decide, CancellationToken cancellationToken)
    {
        await deciding.WaitAsync(cancellationToken);
        return Decided(decide);
    }

    public override T Read<T>(Func<StateSession, T> read)
    {
        reading.Wait();
        return Seen(read);
    }

    public override async Task<string?> FindProblemAsync(CancellationToken cancellationToken)
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

    protected override async Task<T> RunDecisionAsync<T>(Func<StateSession, T> decide, CancellationToken cancellationToken)
    {
        await deciding.WaitAsync(cancellationToken);
        return Decided(decide);
    }

    protected override T RunDecision<T>(Func<StateSession, T> decide)
    {
        deciding.Wait();
        return Decided(decide);
    }

    protected override async Task<T> RunReadingAsync<T>(Func<StateSession, T> read, CancellationToken cancellationToken)
    {
        await reading.WaitAsync(cancellationToken);
        return Seen(read);
    }

    protected override async Task<long> LookAsync(CancellationToken cancellationToken)
    {
        await reading.WaitAsync(cancellationToken);
        return Used(() => Present(Open().Reader).Number("PRAGMA data_version"));
    }

    protected override void Dispose(bool disposing)
    {
        companions.Dispose();
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
            return result;
        }
        catch (StateException e)
        {
            writeProblem = e;
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
            throw SqliteProblem.Of(e, path);
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

    private (SqliteSession Decider, SqliteSession Reader) Open()
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
                var session = new SqliteSession(path);
                try
                {
                    StateFileSchema.Migrate(session, path);
                }
                catch
                {
                    session.Dispose();
                    throw;
                }

                decider = session;
            }

            reader ??= new SqliteSession(path);
            return (decider, reader);
        }
    }

    // Whoever deletes or replaces the file under a running service would have it decide on a file that is gone at the next start.
    private SqliteSession Present(SqliteSession session) =>
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
}
