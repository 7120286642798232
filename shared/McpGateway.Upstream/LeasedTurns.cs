using System.Threading.RateLimiting;
using McpGateway.State;
using McpGateway.Upstream.Calls;
using Microsoft.Extensions.Logging;

namespace McpGateway.Upstream;

/// <summary>
/// The turns of requests that count for the same limits, by permits that are leased of the state for a moment at a time. Where the limits are wide, some
/// are leased ahead as long as they are used, so that only the first request after a pause waits for the database.
/// </summary>
public sealed partial class LeasedTurns
{
    /// <summary>What a request holds whose turn it was: there is nothing to give back.</summary>
    public static readonly RateLimitLease Taken = new Turn();

    // Of limits that have so many permits each, some are leased ahead.
    private const int Plenty = 20;

    // What leaves at the very end of its time arrives after it.
    private const double Usable = 0.9;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);

    // While the state cannot be reached, this process keeps the limits by itself.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Alone = TimeSpan.FromSeconds(30);

    private readonly Permits permits;
    private readonly IReadOnlyList<PermitLimit> limits;
    private readonly TimeProvider time;
    private readonly ILogger<LeasedTurns> logger;
    private readonly int spare;
    private readonly Lock gate = new();
    private readonly Queue<TaskCompletionSource<bool>> waiting = new();
    private PermitLease lease;
    private long leased;
    private bool isLeasing;
    private bool isUsed;
    private long? cutOff;

    internal LeasedTurns(Permits permits, IReadOnlyList<PermitLimit> limits, TimeProvider time, ILogger<LeasedTurns> logger)
    {
        (this.permits, this.limits, this.time, this.logger) = (permits, limits, time, logger);
        spare = limits.Min(limit => limit.Calls) is var least and >= Plenty ? least / Plenty : 0;
    }

    /// <summary>Waits for a turn.</summary>
    /// <returns>False: the state cannot tell, so that the process has to count by itself.</returns>
    internal async Task<bool> TakeAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> turn;
        lock (gate)
        {
            if (cutOff is { } since && time.GetElapsedTime(since) < Alone)
            {
                return false;
            }

            if (waiting.Count == 0 && TryTake())
            {
                return true;
            }

            turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Enqueue(turn);
            if (!isLeasing)
            {
                isLeasing = true;
                _ = Task.Run(LeaseAsync, CancellationToken.None);
            }
        }

        using var leaving = cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken));
        return await turn.Task;
    }

    private bool TryTake()
    {
        if (lease.Count == 0 || time.GetElapsedTime(leased) >= lease.Open * Usable)
        {
            return false;
        }

        lease = lease with { Count = lease.Count - 1 };
        isUsed = true;
        return true;
    }

    /// <summary>Leases as long as anybody waits, and ahead as long as what was leased is used.</summary>
    private async Task LeaseAsync()
    {
        try
        {
            while (Begin() is var (wanted, unused))
            {
                var asked = time.GetTimestamp();
                // On a thread of its own: a database that hangs holds the one that asks it for half a minute.
                var leasing = Task.Run(() => permits.LeaseAsync(limits, unused, wanted, spare, CancellationToken.None));
                var given = await leasing.WaitAsync(Patience, time);
                var pause = HandOut(given, asked);
                await Task.Delay((pause > ShortestPause ? pause : ShortestPause).RoundedUp(), time);
            }
        }
#pragma warning disable CA1031 // Whatever fails, those who wait have to be let go: nobody else would.
        catch (Exception e)
#pragma warning restore CA1031
        {
            CountsAlone(e, string.Join(", ", limits.Select(limit => limit.Bucket)));
            lock (gate)
            {
                cutOff = time.GetTimestamp();
                isLeasing = false;
                while (waiting.TryDequeue(out var turn))
                {
                    turn.TrySetResult(false);
                }
            }
        }
    }

    /// <summary>What to lease next, and what comes back; null when nobody needs any.</summary>
    private (int Wanted, PermitLease Unused)? Begin()
    {
        lock (gate)
        {
            while (waiting.TryPeek(out var first) && first.Task.IsCompleted)
            {
                waiting.Dequeue();
            }

            if (waiting.Count == 0 && !(isUsed && spare > 0))
            {
                isLeasing = false;
                return null;
            }

            var unused = lease;
            (lease, isUsed) = (default, false);
            return (waiting.Count, unused);
        }
    }

    /// <returns>How long it is until there is something to lease again.</returns>
    private TimeSpan HandOut(PermitLease given, long asked)
    {
        lock (gate)
        {
            (lease, leased) = (given, asked);
            while (waiting.Count > 0 && TryTake())
            {
                if (!waiting.Dequeue().TrySetResult(true))
                {
                    // Its caller has left: the permit is the next one's.
                    lease = lease with
                    {
                        Count = lease.Count + 1,
                    };
                }
            }

            return waiting.Count > 0 && lease.Count == 0 ? given.Next
                : waiting.Count > 0 || spare == 0 ? TimeSpan.Zero
                : given.Open;
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "The limits {Buckets} cannot be counted with other instances now: this one keeps them by itself, so that together they may go beyond them"
    )]
    private partial void CountsAlone(Exception exception, string buckets);

    private sealed class Turn : RateLimitLease
    {
        public override bool IsAcquired => true;

        public override IEnumerable<string> MetadataNames => [];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = null;
            return false;
        }
    }
}
