namespace McpGateway.State.Activities;

/// <summary>What calls add up to.</summary>
/// <param name="Errors">Those that did not do what was asked.</param>
/// <param name="Latencies">How many took up to each of <see cref="Bounds"/>, and longer than the last.</param>
/// <param name="Slowest">The longest, in milliseconds.</param>
public sealed record ActivitySum(
    long Calls,
    long Errors,
    long Bytes,
    long Tokens,
    long Credits,
    double Slowest,
    IReadOnlyList<long> Latencies
)
{
    /// <summary>Milliseconds.</summary>
    public static readonly IReadOnlyList<int> Bounds = [5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000];

    public static ActivitySum None { get; } = new(0, 0, 0, 0, 0, 0, new long[Bounds.Count + 1]);

    public static ActivitySum operator +(ActivitySum one, ActivitySum other) =>
        new(
            one.Calls + other.Calls,
            one.Errors + other.Errors,
            one.Bytes + other.Bytes,
            one.Tokens + other.Tokens,
            one.Credits + other.Credits,
            Math.Max(one.Slowest, other.Slowest),
            [.. one.Latencies.Zip(other.Latencies, (mine, theirs) => mine + theirs)]
        );

    /// <summary>How long the given share of the calls took at most, in milliseconds, estimated within the bounds; null without a call.</summary>
    /// <param name="share">Between 0 and 1.</param>
    public double? Percentile(double share)
    {
        var wanted = share * Latencies.Sum();
        if (wanted == 0)
        {
            return null;
        }

        var below = 0L;
        for (var i = 0; i < Latencies.Count; i++)
        {
            if (below + Latencies[i] >= wanted)
            {
                var from = i == 0 ? 0d : Bounds[i - 1];
                var to = Math.Max(from, i == Bounds.Count ? Slowest : Math.Min(Bounds[i], Slowest));
                return from + ((to - from) * (wanted - below) / Latencies[i]);
            }

            below += Latencies[i];
        }

        return Slowest;
    }

    internal static int BucketOf(double milliseconds)
    {
        for (var i = 0; i < Bounds.Count; i++)
        {
            if (milliseconds <= Bounds[i])
            {
                return i;
            }
        }

        return Bounds.Count;
    }
}

/// <summary>What calls add up to.</summary>
/// <param name="Hours">Each hour that had any, of whole hours.</param>
/// <param name="Callers">The most first.</param>
/// <param name="Names">Tools, resources and prompts, the most first.</param>
public sealed record ActivityTotals(
    IReadOnlyList<ActivityHour> Hours,
    IReadOnlyList<ActivityShare> Callers,
    IReadOnlyList<ActivityShare> Names
);

/// <summary>The calls of an hour.</summary>
public sealed record ActivityHour(DateTimeOffset Hour, ActivitySum Sum);

/// <summary>The calls of a caller, or of a tool.</summary>
public sealed record ActivityShare(string Name, ActivitySum Sum, DateTimeOffset Last);
