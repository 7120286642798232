using System.Globalization;
using McpGateway.State.Database;

namespace McpGateway.State.Activities;

/// <summary>Writes events and their sums, and forgets what is too old or too much.</summary>
internal sealed class ActivityWriting(ActivityStore store, TimeSpan lifetime, long largest)
{
    // Names that callers make up must not fill the table.
    private const int MostSeries = 5000;

    private const string Other = "(other)";

    private const int LargestForgetting = 20_000;

    private static readonly int Buckets = ActivitySum.Bounds.Count + 1;

    private static readonly string AddSum = MakeAddSum();

    private readonly Dictionary<(string, string, string, string), long> series = [];
    private readonly Dictionary<(string, string, string, string), long> added = [];

    /// <param name="lines">Audit lines: <see cref="ActivityLines.Read"/>.</param>
    public async Task WriteAsync(ReadOnlyMemory<byte> lines, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            await store.WriteAsync(
                (session, isNew) =>
                {
                    if (isNew)
                    {
                        series.Clear();
                    }

                    // What an earlier run has added was undone.
                    added.Clear();
                    Add(session, lines.Span);
                    Forget(session, now - lifetime);
                },
                cancellationToken
            );
            foreach (var (key, id) in added)
            {
                series[key] = id;
            }
        }
        catch
        {
            // Another database may be in its place.
            series.Clear();
            throw;
        }
    }

    private void Add(StateSession session, ReadOnlySpan<byte> lines)
    {
        var sums = new Dictionary<(int Span, long Start, long Series), Sum>();
        ActivityLines.Read(lines, AddEvent);
        foreach (var ((span, start, id), sum) in sums)
        {
            session.RunLater(
                AddSum,
                [
                    span,
                    start,
                    id,
                    sum.Calls,
                    sum.Bytes,
                    sum.Tokens,
                    sum.Credits,
                    sum.Slowest,
                    sum.Last,
                    .. sum.Latencies.Select(count => (object)count),
                ]
            );
        }

        void AddEvent(ActivityEvent e)
        {
            var id = SeriesOf(session, e);
            var at = e.Time.ToUnixTimeMilliseconds();
            session.RunLater(
                "INSERT INTO events (at, series, ms, bytes, tokens, credits, detail) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                at,
                id,
                e.Milliseconds,
                e.Bytes,
                e.Tokens,
                e.Credits,
                e.Detail
            );
            var hour = SumSpan.HourOf(e.Time);
            SumOf(SumSpan.Hour, hour, id).Add(e, at);
            SumOf(SumSpan.Day, SumSpan.DayOf(hour), id).Add(e, at);
            if (ActivityEvent.Calls.Contains(e.Event))
            {
                SumOf(SumSpan.EveryCall, hour, e.Outcome is { } outcome && ActivityEvent.Failures.Contains(outcome) ? 1 : 0).Add(e, at);
            }
        }

        Sum SumOf(int span, long start, long id)
        {
            if (!sums.TryGetValue((span, start, id), out var sum))
            {
                sums[(span, start, id)] = sum = new();
            }

            return sum;
        }
    }

    private long SeriesOf(StateSession session, ActivityEvent e)
    {
        var key = (e.Event, e.Caller ?? "", e.Name ?? "", e.Outcome ?? "");
        if (series.TryGetValue(key, out var known) || added.TryGetValue(key, out known))
        {
            return known;
        }

        if (series.Count + added.Count >= MostSeries)
        {
            key.Item3 = Other;
        }

        session.Run(
            "INSERT INTO series (event, caller, name, outcome) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
            key.Item1,
            key.Item2,
            key.Item3,
            key.Item4
        );
        var id = session.Number(
            "SELECT id FROM series WHERE event = $1 AND caller = $2 AND name = $3 AND outcome = $4",
            key.Item1,
            key.Item2,
            key.Item3,
            key.Item4
        );
        added[key] = id;
        return id;
    }

    private void Forget(StateSession session, DateTimeOffset until)
    {
        var before = until.ToUnixTimeMilliseconds();
        const string oldest = "DELETE FROM events WHERE id IN (SELECT id FROM events WHERE at < $1 ORDER BY at LIMIT $2)";
        session.RunLater(oldest, before, LargestForgetting);
        var hour = SumSpan.HourOf(until);
        session.RunLater("DELETE FROM sums WHERE span = $1 AND start < $2", SumSpan.EveryCall, hour);
        session.RunLater("DELETE FROM sums WHERE span = $1 AND start < $2", SumSpan.Hour, hour);
        session.RunLater("DELETE FROM sums WHERE span = $1 AND start < $2", SumSpan.Day, SumSpan.DayOf(hour));
        if (store.SizeOf(session) > largest)
        {
            session.RunLater(oldest, long.MaxValue, LargestForgetting);
        }
    }

    private static string MakeAddSum()
    {
        var columns = Enumerable.Range(0, Buckets).Select(i => $"b{i}").ToList();
        var values = Enumerable.Range(1, 9 + Buckets).Select(i => string.Create(CultureInfo.InvariantCulture, $"${i}"));
        return $"""
            INSERT INTO sums (span, start, series, calls, bytes, tokens, credits, slowest, last, {string.Join(", ", columns)})
            VALUES ({string.Join(", ", values)})
            ON CONFLICT (span, start, series) DO UPDATE SET
                calls = sums.calls + excluded.calls, bytes = sums.bytes + excluded.bytes, tokens = sums.tokens + excluded.tokens,
                credits = sums.credits + excluded.credits,
                slowest = CASE WHEN excluded.slowest > sums.slowest THEN excluded.slowest ELSE sums.slowest END,
                last = CASE WHEN excluded.last > sums.last THEN excluded.last ELSE sums.last END,
                {string.Join(", ", columns.Select(column => $"{column} = sums.{column} + excluded.{column}"))}
            """;
    }

    private sealed class Sum
    {
        public long Calls { get; private set; }

        public long Bytes { get; private set; }

        public long Tokens { get; private set; }

        public long Credits { get; private set; }

        public double Slowest { get; private set; }

        public long Last { get; private set; }

        public long[] Latencies { get; } = new long[Buckets];

        public void Add(ActivityEvent e, long at)
        {
            Calls++;
            Bytes += e.Bytes ?? 0;
            Tokens += e.Tokens ?? 0;
            Credits += e.Credits ?? 0;
            Last = Math.Max(Last, at);
            if (e.Milliseconds is { } milliseconds)
            {
                Slowest = Math.Max(Slowest, milliseconds);
                Latencies[ActivitySum.BucketOf(milliseconds)]++;
            }
        }
    }
}
