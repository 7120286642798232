namespace McpGateway.Hosting;

/// <summary>
/// Gives back what a start has left behind, and later what busy times have: once nobody calls, as all threads wait meanwhile. A gateway is idle for most of
/// a day, beside others on a machine with little memory.
/// </summary>
internal sealed class Housekeeping : IDisposable
{
    /// <summary>A start is over then: before most callers come.</summary>
    public static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Bytes that are allocated in an interval without calls at the most: health checks, metrics, the clock's work.</summary>
    private const long Quiet = 4_000_000;

    /// <summary>Bytes that were allocated since memory was given back last: from so many on it is worth while.</summary>
    private const long Worthwhile = 32_000_000;

    private readonly Func<long> allocated;
    private readonly Action giveBack;
    private readonly ITimer timer;
    private long atLastLook;
    private long? atLastGiving;

    /// <param name="allocated">How many bytes the process has allocated so far.</param>
    /// <param name="giveBack">Does it.</param>
    public Housekeeping(TimeProvider time, Func<long> allocated, Action giveBack)
    {
        this.allocated = allocated;
        this.giveBack = giveBack;
        timer = time.CreateTimer(_ => Look(), null, Settled, Interval);
    }

    /// <summary>The process's own, for the time it serves.</summary>
    public static Housekeeping Start() => new(TimeProvider.System, () => GC.GetTotalAllocatedBytes(), Leftovers.GiveBack);

    public void Dispose() => timer.Dispose();

    private void Look()
    {
        var now = allocated();
        if (atLastGiving is not { } given || (now - given >= Worthwhile && now - atLastLook <= Quiet))
        {
            giveBack();
            atLastGiving = now = allocated();
        }

        atLastLook = now;
    }
}
