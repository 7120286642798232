using ModelContextProtocol;

namespace McpGateway.Upstream.Calls;

/// <summary>
/// The tool call that requests are made for: the time it has in all, whether it only reads, and what it has to tell beside its result. Each call of
/// a tool has one; requests outside of tools (resources, completions) have none.
/// </summary>
public sealed class UpstreamCall
{
    private static readonly AsyncLocal<UpstreamCall?> Ambient = new();

    private readonly TimeProvider time;
    private readonly long started;
    private readonly Func<ProgressNotificationValue, Task> reportAsync;
    private TimeSpan length;
    private int leftOut;
    private int reports;
    private float reached;

    internal UpstreamCall(TimeProvider time, TimeSpan length, bool isRead, Func<ProgressNotificationValue, Task> reportAsync)
    {
        this.time = time;
        this.length = length;
        this.reportAsync = reportAsync;
        IsRead = isRead;
        started = time.GetTimestamp();
    }

    /// <summary>The call that is running.</summary>
    public static UpstreamCall? Current => Ambient.Value;

    /// <summary>Whether the tool changes nothing, whatever requests it makes.</summary>
    public bool IsRead { get; }

    /// <summary>How long the call has in all, from its beginning.</summary>
    public TimeSpan Length => length;

    /// <summary>What is left of it; never negative.</summary>
    public TimeSpan Left => length - time.GetElapsedTime(started) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    /// <summary>How many items of responses could not be read.</summary>
    public int LeftOut => leftOut;

    /// <summary>Gives the call more time, from now: for what the caller asked to wait for.</summary>
    public void Extend(TimeSpan wait) => length = time.GetElapsedTime(started) + wait is var wanted && wanted > length ? wanted : length;

    /// <summary>
    /// Says how far the tool's own progress is: what is told beside it goes on from there, for each notification has to be beyond the
    /// one before.
    /// </summary>
    public void Reached(float progress) => reached = progress;

    internal static void Begin(UpstreamCall call) => Ambient.Value = call;

    /// <summary>Remembers that items of a response are missing in what the tool gets; the caller is told.</summary>
    public void LeaveOut(int items) => Interlocked.Add(ref leftOut, items);

    /// <summary>Tells the caller why nothing comes yet.</summary>
    internal Task ReportAsync(string message) =>
        reportAsync(new() { Progress = reached + (0.001f * Interlocked.Increment(ref reports)), Message = message });
}
