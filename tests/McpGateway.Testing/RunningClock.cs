using Microsoft.Extensions.Time.Testing;

namespace McpGateway.Testing;

/// <summary>
/// A clock that runs while something lasts, without waiting for what it measures. It stops at each timer. How far it gets says nothing of the
/// gateway: a busy machine takes many steps for the same work, so a spec may ask for the least that has passed, never for the most.
/// </summary>
public sealed class RunningClock(DateTimeOffset? start = null) : FakeTimeProvider(start ?? DateTimeOffset.UnixEpoch.AddYears(56))
{
    // Well below any time limit: what is on its way between two sockets has several steps to arrive.
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(2);

    // A step comes when nothing in this process is at work after some looks, as what is between two sockets shows at none, and something waits
    // for a timer that it has started; else after this many: an answer may be on its way, or other specs run beside. Each look waits behind
    // what the process has to do, so a busy one is given longer; and while a request is on its way to a stub, no look counts.
    private const int FewestLooks = 3;
    private const int MostLooks = 30;

    // How many clocks look at this moment.
    private static int looking;

    private readonly Lock gate = new();
    private readonly HashSet<RunningTimer> timers = [];
    private int changes;

    /// <param name="step">Steps of one length, for a long wait whose single timers do not matter; else the clock finds its steps itself.</param>
    public async Task<T> WhileAsync<T>(Task<T> work, TimeSpan? step = null)
    {
        using var patience = new CancellationTokenSource(Hang.After);
        for (var seen = Volatile.Read(ref changes); !work.IsCompleted; )
        {
            await SettleAsync(work, seen, patience.Token);
            if (!work.IsCompleted)
            {
                patience.Token.ThrowIfCancellationRequested();
                seen = Volatile.Read(ref changes);
                Advance(step ?? Shorter(LongestStep, UntilNextTimer()));
            }
        }

        return await work;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new RunningTimer(this, callback, state);
        timer.Start(base.CreateTimer(_ => timer.Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan), dueTime, period);
        return timer;
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private TimeSpan UntilNextTimer()
    {
        lock (gate)
        {
            var now = GetUtcNow();
            return timers.Select(timer => timer.Due - now).Where(left => left > TimeSpan.Zero).DefaultIfEmpty(TimeSpan.MaxValue).Min();
        }
    }

    private async Task SettleAsync(Task work, int seen, CancellationToken cancellationToken)
    {
        var look = 0;
        while (!work.IsCompleted && look < MostLooks && (look < FewestLooks || !HasStarted() || !IsIdle()))
        {
            // Never in step with another clock's: each would take the other's look for work.
            await Task.WhenAny(work, Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 5)), cancellationToken));
            if (!StubUpstream.IsReceiving)
            {
                look++;
            }
        }

        bool HasStarted() => Volatile.Read(ref changes) != seen;
    }

    /// <summary>
    /// Whether no work of gateway, stub or client runs or waits for a thread; whoever looks has one itself. xunit's watch for long-running
    /// tests would hold another for good, so it is off (xunit.runner.json).
    /// </summary>
    private static bool IsIdle()
    {
        Interlocked.Increment(ref looking);
        ThreadPool.GetMaxThreads(out var all, out _);
        ThreadPool.GetAvailableThreads(out var free, out _);
        var isIdle = ThreadPool.PendingWorkItemCount == 0 && all - free <= Volatile.Read(ref looking);
        Interlocked.Decrement(ref looking);
        return isIdle;
    }

    /// <summary>A timer of the clock that says when it is due.</summary>
    private sealed class RunningTimer(RunningClock clock, TimerCallback callback, object? state) : ITimer
    {
        private ITimer? inner;
        private TimeSpan period;

        public DateTimeOffset Due { get; private set; } = DateTimeOffset.MaxValue;

        public void Start(ITimer timer, TimeSpan dueTime, TimeSpan every)
        {
            inner = timer;
            Change(dueTime, every);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                this.period = period;
                Due = Moment(dueTime);
                clock.timers.Add(this);
                clock.changes++;
            }

            return inner!.Change(dueTime, period);
        }

        public void Fire()
        {
            lock (clock.gate)
            {
                Due = Moment(period == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : period);
            }

            callback(state);
        }

        public void Dispose()
        {
            lock (clock.gate)
            {
                clock.timers.Remove(this);
            }

            inner!.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private DateTimeOffset Moment(TimeSpan after) =>
            after == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : clock.GetUtcNow() + after;
    }
}
