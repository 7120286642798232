using System.Buffers;
using McpGateway.Auditing;
using McpGateway.State.Activities;
using McpGateway.State.Database;
using McpGateway.State.Postgres;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpGateway.State;

/// <summary>
/// What happened lately: the events of the audit log, to be searched and added up. They are taken from the audit lines, beside the calls and
/// in batches, so that a call waits for none of it. The audit log is the record; this may lose events, and logs how many it had to leave out.
/// </summary>
public sealed partial class Activity : IAsyncDisposable
{
    // Some 6 MB, when a disk or processor is too slow for what comes.
    private const int MostWaiting = 20_000;

    private const int Batch = 2_000;

    // More than a batch takes: what is larger was for a time when nothing could be written, and is let go.
    private const int UsualBytes = 1_000_000;

    private static readonly TimeSpan Gathering = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PatienceAtTheEnd = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly SemaphoreSlim writingTurn = new(1, 1);
    private readonly SemaphoreSlim enough = new(0, 1);
    private readonly CancellationTokenSource ending = new();
    private readonly TimeProvider time;
    private readonly ILogger<Activity> logger;
    private readonly Lazy<AuditLog> audit;
    private readonly ActivityStore store;
    private readonly ActivityWriting writing;

    // Lines as they came, read when they are written: objects that wait for two seconds would be copied by the collector, at a multiple of their price.
    private ArrayBufferWriter<byte> waiting = new();
    private ArrayBufferWriter<byte> taken = new();
    private int waitingEvents;
    private Task soon = Task.CompletedTask;
    private long leftOut;
    private bool hasFailed;

    public Activity(
        IOptions<ActivityOptions> options,
        ActivityStore store,
        TimeProvider time,
        ILogger<Activity> logger,
        Lazy<AuditLog> audit
    )
    {
        (this.store, this.time, this.logger, this.audit) = (store, time, logger, audit);
        Lifetime = TimeSpan.FromDays(options.Value.Days);
        writing = new(store, Lifetime, options.Value.Megabytes * 1_000_000L);
    }

    /// <summary>For how long events are kept; zero where none are.</summary>
    public TimeSpan Lifetime { get; }

    /// <summary>Whether anything is kept.</summary>
    public bool IsKept => Lifetime > TimeSpan.Zero;

    /// <summary>The newest events, the newest first.</summary>
    /// <param name="before">The last one of the previous page.</param>
    /// <exception cref="StateException">They cannot be read now.</exception>
    public Task<IReadOnlyList<ActivityEvent>> FindAsync(
        ActivityFilter filter,
        int most,
        ActivityEvent? before,
        CancellationToken cancellationToken
    ) => ReadAsync(session => ActivityReading.Newest(session, filter, most, before), [], cancellationToken);

    /// <summary>What came since an event, the newest first.</summary>
    /// <exception cref="StateException">They cannot be read now.</exception>
    public Task<IReadOnlyList<ActivityEvent>> FindSinceAsync(
        ActivityFilter filter,
        long id,
        int most,
        CancellationToken cancellationToken
    ) => ReadAsync(session => ActivityReading.Since(session, filter, id, most), [], cancellationToken);

    /// <summary>What calls add up to: by hour, by caller, and by tool, resource and prompt, all as of one moment.</summary>
    /// <exception cref="StateException">They cannot be read now.</exception>
    public Task<ActivityTotals> AddUpAsync(ActivityFilter filter, CancellationToken cancellationToken) =>
        ReadAsync(session => ActivityReading.AddUp(session, filter with { CallsOnly = true }), new([], [], []), cancellationToken);

    /// <summary>What there is to choose from.</summary>
    /// <exception cref="StateException">It cannot be read now.</exception>
    public Task<ActivityNames> NamesAsync(CancellationToken cancellationToken) =>
        ReadAsync(ActivityReading.Names, new([], [], [], []), cancellationToken);

    /// <summary>Writes what waits, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await soon;
        // A database that does not answer keeps no gateway from stopping.
        using var last = new CancellationTokenSource(PatienceAtTheEnd);
        await WriteAsync(CancellationToken.None, last.Token);
        writingTurn.Dispose();
        enough.Dispose();
        ending.Dispose();
    }

    /// <summary>Takes audit lines; an <see cref="AuditReader"/>.</summary>
    internal void Note(ReadOnlySpan<byte> lines)
    {
        if (!IsKept)
        {
            return;
        }

        lock (gate)
        {
            var most = MostWaiting - waitingEvents;
            var taking = LengthOf(lines, ref most);
            waitingEvents = MostWaiting - most;
            waiting.Write(lines[..taking]);
            leftOut += lines[taking..].Count((byte)'\n');
            if (waitingEvents >= Batch && enough.CurrentCount == 0)
            {
                enough.Release();
            }

            if (soon.IsCompleted && !ending.IsCancellationRequested)
            {
                soon = Task.Run(WriteSoonAsync);
            }
        }
    }

    private async Task WriteSoonAsync()
    {
        do
        {
            // Wall-clock time on purpose: how events are gathered does not depend on the service's own clock.
            await ((Task)enough.WaitAsync(Gathering, ending.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await WriteAsync(CancellationToken.None, ending.Token);
        } while (HasMore());
    }

    private bool HasMore()
    {
        lock (gate)
        {
            return waitingEvents > 0 && !ending.IsCancellationRequested;
        }
    }

    /// <param name="turn">Gives up waiting for those who write.</param>
    /// <param name="end">Gives up waiting for a database: what was to be written waits on.</param>
    private async Task WriteAsync(CancellationToken turn, CancellationToken end)
    {
        await writingTurn.WaitAsync(turn);
        try
        {
            long lost;
            lock (gate)
            {
                (taken, waiting) = (waiting, taken);
                (waitingEvents, lost, leftOut) = (0, leftOut, 0);
            }

            if (lost > 0)
            {
                LeftOut(lost);
            }

            if (taken.WrittenCount > 0)
            {
                await writing.WriteAsync(taken.WrittenMemory, time.GetUtcNow(), end);
                hasFailed = false;
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            PutBack(taken.WrittenSpan);
        }
        catch (StateException e)
        {
            if (e.InnerException is DatabaseException { IsPassing: true, IsUnknown: false })
            {
                PutBack(taken.WrittenSpan);
            }

            // Told once: with a full disk it would be told every two seconds.
            if (!hasFailed)
            {
                NotKept(e);
            }

            hasFailed = true;
        }
        finally
        {
            taken.ResetWrittenCount();
            if (taken.Capacity > UsualBytes)
            {
                taken = new();
            }

            writingTurn.Release();
        }
    }

    private async Task<T> ReadAsync<T>(Func<StateSession, T> read, T none, CancellationToken cancellationToken)
    {
        // What ended just now is on its way here.
        await audit.Value.CatchUpAsync(cancellationToken);
        await WriteAsync(cancellationToken, ending.Token);
        return store.Exists ? await store.ReadAsync(read, cancellationToken) : none;
    }

    /// <summary>Keeps events for the next time, before those that came since, as far as there is room.</summary>
    private void PutBack(ReadOnlySpan<byte> lines)
    {
        lock (gate)
        {
            var since = waiting;
            waiting = new();
            var most = MostWaiting - waitingEvents;
            var length = LengthOf(lines, ref most);
            waiting.Write(lines[..length]);
            waiting.Write(since.WrittenSpan);
            waitingEvents = MostWaiting - most;
            leftOut += lines[length..].Count((byte)'\n');
        }
    }

    /// <summary>The length of the first lines.</summary>
    /// <param name="most">How many of them; less by those there are.</param>
    private static int LengthOf(ReadOnlySpan<byte> lines, ref int most)
    {
        var length = 0;
        for (; length < lines.Length && most > 0; most--)
        {
            length += lines[length..].IndexOf((byte)'\n') + 1;
        }

        return length;
    }

    [LoggerMessage(
        LogLevel.Warning,
        "The console lacks {Events} events of the last seconds: they came faster than they could be kept. The audit log has them"
    )]
    private partial void LeftOut(long events);

    [LoggerMessage(
        LogLevel.Warning,
        "What callers do is not kept for the console at present, because it cannot be written. The audit log is not affected"
    )]
    private partial void NotKept(Exception exception);
}
