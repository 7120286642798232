using McpGateway.State.Database;

namespace McpGateway.State;

/// <summary>
/// Requests that the limits of an API allow, counted over all processes that share the state. Time is cut into segments by the database's clock: a
/// permit is used within the segment it was leased in, and counts until no window holds any of it.
/// </summary>
public sealed class Permits(StateDatabase database)
{
    // So little of what is left is leased beyond need that the last of a limit is leased one by one.
    private const int Shares = 4;

    /// <summary>Whether there are other processes that count; without them nothing needs to be written.</summary>
    public bool AreShared => database.IsShared;

    /// <summary>Leases as many permits of several limits, each of them, as there is room for.</summary>
    /// <param name="unused">What an earlier lease of these limits has left.</param>
    /// <param name="wanted">How many are wanted.</param>
    /// <param name="spare">How many may be leased besides; less, the less there is left.</param>
    /// <exception cref="StateException">It cannot be told now.</exception>
    public Task<PermitLease> LeaseAsync(
        IReadOnlyList<PermitLimit> limits,
        PermitLease unused,
        int wanted,
        int spare,
        CancellationToken cancellationToken
    ) =>
        database.LeaseAsync(
            "permits",
            session =>
            {
                var now = session.Now();
                foreach (var limit in limits.Where(_ => unused.Count > 0))
                {
                    session.Run(
                        "UPDATE permits SET used = used - $3 WHERE bucket = $1 AND segment = $2",
                        limit.Bucket,
                        limit.SegmentAt(unused.At),
                        unused.Count
                    );
                }

                var counted = limits.Select(limit => Count(session, limit, now)).ToList();
                var room = counted.Min(one => one.Room);
                var granted = (int)Math.Min(room, wanted + Math.Min(spare, Math.Max(0, room - wanted) / Shares));
                foreach (var limit in limits.Where(_ => granted > 0))
                {
                    session.Run(
                        """
                        INSERT INTO permits (bucket, segment, used) VALUES ($1, $2, $3)
                        ON CONFLICT (bucket, segment) DO UPDATE SET used = permits.used + excluded.used
                        """,
                        limit.Bucket,
                        limit.SegmentAt(now),
                        granted
                    );
                }

                var open = limits.Min(limit => ((limit.SegmentAt(now) + 1) * limit.SegmentLength) - now);
                // As long as a limit is used up, there is nothing to ask for.
                var next = granted >= wanted ? open : counted.Where(one => one.Room <= granted).Max(one => one.Next);
                return new PermitLease(now, granted, TimeSpan.FromMilliseconds(open), TimeSpan.FromMilliseconds(next));
            },
            cancellationToken
        );

    private static (long Room, long Next) Count(StateSession session, PermitLimit limit, long now)
    {
        var current = limit.SegmentAt(now);
        // What lies far ahead was counted before the clock was set back.
        session.Run(
            "DELETE FROM permits WHERE bucket = $1 AND (segment <= $2 OR segment > $3 OR used <= 0)",
            limit.Bucket,
            current - PermitLimit.Counted,
            current + PermitLimit.Counted
        );
        var used = session.Rows(
            "SELECT segment, used FROM permits WHERE bucket = $1 ORDER BY segment",
            row => (Segment: row.GetInt64(0), Used: row.GetInt64(1)),
            limit.Bucket
        );
        var oldest = used.Count == 0 ? current : used[0].Segment;
        return (Math.Max(0, limit.Calls - used.Sum(one => one.Used)), ((oldest + PermitLimit.Counted) * limit.SegmentLength) - now);
    }
}

/// <summary>A limit of an API: so many calls in a sliding window.</summary>
/// <param name="Bucket">What it counts: the same in every process.</param>
public sealed record PermitLimit(string Bucket, int Calls, TimeSpan Window)
{
    /// <summary>The segments of a window.</summary>
    public const int Segments = 10;

    /// <summary>How many segments a permit counts for, its own among them: whenever it was used, no window reaches further.</summary>
    internal const int Counted = Segments + 1;

    private const double ShortestSegment = 100;

    internal long SegmentLength { get; } = (long)Math.Ceiling(Math.Max(Window.TotalMilliseconds / Segments, ShortestSegment));

    internal long SegmentAt(long milliseconds) => milliseconds / SegmentLength;
}

/// <summary>What was leased.</summary>
/// <param name="At">When, by the database's clock.</param>
/// <param name="Count">How many permits of each limit.</param>
/// <param name="Open">How long they may be used.</param>
/// <param name="Next">When there may be more.</param>
public readonly record struct PermitLease(long At, int Count, TimeSpan Open, TimeSpan Next);
