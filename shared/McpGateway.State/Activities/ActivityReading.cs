using System.Data.Common;
using System.Globalization;
using McpGateway.State.Database;

namespace McpGateway.State.Activities;

/// <summary>Finds events, and adds up calls. Each question reads about as many rows as it gives, however many there are.</summary>
internal static class ActivityReading
{
    // With more series than this, most events are meant: they are met soon when all are walked through.
    private const int FewSeries = 300;

    private const string Columns =
        "SELECT e.id, e.at, s.event, s.caller, s.name, s.outcome, e.ms, e.bytes, e.tokens, e.credits, e.detail FROM events e JOIN series s ON s.id = e.series";

    private const string Matching =
        "(CAST($1 AS text) IS NULL OR s.event = $1) AND (CAST($2 AS text) IS NULL OR s.caller = $2) AND (CAST($3 AS text) IS NULL OR s.name = $3) "
        + "AND (CAST($4 AS text) IS NULL OR s.outcome = $4) "
        + "AND ($5 = 0 OR s.event IN ('tool_call', 'resource_read', 'prompt_get'))";

    private static readonly string Sums = string.Create(
        CultureInfo.InvariantCulture,
        $"""
        sum(bytes), sum(tokens), sum(credits), max(slowest), max(last), sum(calls), {string.Join(
            ", ",
            Enumerable.Range(0, ActivitySum.Bounds.Count + 1).Select(i => $"sum(b{i})")
        )}
        """
    );

    /// <summary>The newest events, the newest first.</summary>
    /// <param name="before">Only those that come after this one in that order.</param>
    public static IReadOnlyList<ActivityEvent> Newest(StateSession session, ActivityFilter filter, int most, ActivityEvent? before)
    {
        var from = filter.From?.ToUnixTimeMilliseconds() ?? long.MinValue;
        var until = filter.Until?.ToUnixTimeMilliseconds() ?? long.MaxValue;
        var (at, id) = before is null ? (long.MaxValue, long.MaxValue) : (before.Time.ToUnixTimeMilliseconds(), before.Id);
        const string order = "ORDER BY e.at DESC, e.id DESC LIMIT $5";
        const string within = "e.at >= $1 AND e.at < $2 AND e.at <= $3 AND (e.at < $3 OR e.id < $4)";
        if (!filter.NamesSeries)
        {
            return session.Rows($"{Columns} WHERE {within} {order}", Read, from, until, at, id, most);
        }

        var series = SeriesOf(session, filter);
        return series.Count <= FewSeries
            ?
            [
                .. series
                    .SelectMany(one =>
                        session.Rows($"{Columns} WHERE e.series = $6 AND {within} {order}", Read, from, until, at, id, most, one)
                    )
                    .OrderByDescending(e => e.Time)
                    .ThenByDescending(e => e.Id)
                    .Take(most),
            ]
            : session.Rows(
                $"""
                {Columns} WHERE {within} AND (CAST($6 AS text) IS NULL OR s.event = $6) AND (CAST($7 AS text) IS NULL OR s.caller = $7)
                AND (CAST($8 AS text) IS NULL OR s.name = $8) AND (CAST($9 AS text) IS NULL OR s.outcome = $9) AND ($10 = 0 OR s.event IN ('tool_call', 'resource_read', 'prompt_get')) {order}
                """,
                Read,
                from,
                until,
                at,
                id,
                most,
                filter.Event,
                filter.Caller,
                filter.Name,
                filter.Outcome,
                filter.CallsOnly ? 1 : 0
            );
    }

    /// <summary>The events that were written since one, the newest first.</summary>
    public static IReadOnlyList<ActivityEvent> Since(StateSession session, ActivityFilter filter, long id, int most) =>
        session.Rows(
            $"{Columns} WHERE e.id > $6 AND {Matching} ORDER BY e.id DESC LIMIT $7",
            Read,
            filter.Event,
            filter.Caller,
            filter.Name,
            filter.Outcome,
            filter.CallsOnly ? 1 : 0,
            id,
            most
        );

    public static ActivityTotals AddUp(StateSession session, ActivityFilter filter)
    {
        var (callers, names) = Shares(session, filter);
        return new(Hours(session, filter), callers, names);
    }

    /// <summary>The calls of each hour.</summary>
    private static List<ActivityHour> Hours(StateSession session, ActivityFilter filter)
    {
        var (from, until) = HoursOf(filter);
        return filter.NamesOnlyCalls
            ? session.Rows(
                $"""
                SELECT start, sum(CASE series WHEN 1 THEN calls ELSE 0 END), {Sums} FROM sums
                WHERE span = $1 AND start >= $2 AND start < $3 GROUP BY start
                """,
                ReadHour,
                SumSpan.EveryCall,
                from,
                until
            )
            : session.Rows(
                $"""
                SELECT start, sum(CASE WHEN s.outcome IN ('error', 'failed', 'refused') THEN calls ELSE 0 END), {Sums}
                FROM sums CROSS JOIN series s
                WHERE s.id = series AND span = $6 AND start >= $7 AND start < $8 AND {Matching} GROUP BY start
                """,
                ReadHour,
                filter.Event,
                filter.Caller,
                filter.Name,
                filter.Outcome,
                filter.CallsOnly ? 1 : 0,
                SumSpan.Hour,
                from,
                until
            );
    }

    /// <summary>The sums by caller and by tool, resource or prompt. Whole days are read as days, what lies before and after them by hours.</summary>
    private static (IReadOnlyList<ActivityShare> Callers, IReadOnlyList<ActivityShare> Names) Shares(
        StateSession session,
        ActivityFilter filter
    )
    {
        var (from, until) = HoursOf(filter);
        var firstDay = Math.Min(SumSpan.DayFrom(from), until);
        var endOfDays = Math.Max(SumSpan.DayOf(until), firstDay);
        var series = session.Rows(
            $"""
            SELECT s.caller, s.name, s.outcome, {Sums} FROM (
                SELECT * FROM sums WHERE span = $6 AND start >= $8 AND start < $9
                UNION ALL SELECT * FROM sums WHERE span = $7 AND start >= $9 AND start < $10
                UNION ALL SELECT * FROM sums WHERE span = $6 AND start >= $10 AND start < $11) AS parts JOIN series s ON s.id = parts.series
            WHERE {Matching} GROUP BY s.caller, s.name, s.outcome
            """,
            row =>
            {
                var isFailure = ActivityEvent.Failures.Contains(row.GetString(2));
                return (
                    Caller: row.GetString(0),
                    Name: row.GetString(1),
                    Sum: ReadSum(row, 3, isFailure ? row.GetInt64(8) : 0),
                    Last: DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(7))
                );
            },
            filter.Event,
            filter.Caller,
            filter.Name,
            filter.Outcome,
            filter.CallsOnly ? 1 : 0,
            SumSpan.Hour,
            SumSpan.Day,
            from,
            firstDay,
            endOfDays,
            until
        );
        return (By(one => one.Caller), By(one => one.Name));

        IReadOnlyList<ActivityShare> By(Func<(string Caller, string Name, ActivitySum Sum, DateTimeOffset Last), string> nameOf) =>
            [
                .. series
                    .GroupBy(nameOf)
                    .Select(same => new ActivityShare(
                        same.Key,
                        same.Aggregate(ActivitySum.None, (sum, one) => sum + one.Sum),
                        same.Max(one => one.Last)
                    ))
                    .OrderByDescending(share => share.Sum.Calls),
            ];
    }

    public static ActivityNames Names(StateSession session)
    {
        IReadOnlyList<string> Distinct(string column) =>
            session.Rows($"SELECT DISTINCT {column} FROM series WHERE {column} <> '' ORDER BY {column}", row => row.GetString(0));
        return new(Distinct("event"), Distinct("caller"), Distinct("name"), Distinct("outcome"));
    }

    /// <summary>The hours that a filter means: the first, and the one after the last.</summary>
    private static (long From, long Until) HoursOf(ActivityFilter filter) =>
        (
            filter.From is { } from ? SumSpan.HourOf(from) : 0,
            filter.Until is { } until ? SumSpan.HourFrom(until) : SumSpan.HourOf(DateTimeOffset.MaxValue)
        );

    private static List<long> SeriesOf(StateSession session, ActivityFilter filter) =>
        session.Rows(
            $"SELECT s.id FROM series s WHERE {Matching}",
            row => row.GetInt64(0),
            filter.Event,
            filter.Caller,
            filter.Name,
            filter.Outcome,
            filter.CallsOnly ? 1 : 0
        );

    private static ActivityEvent Read(DbDataReader row) =>
        new(
            row.GetInt64(0),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
            row.GetString(2),
            Text(row, 3),
            Text(row, 4),
            Text(row, 5),
            row.IsDBNull(6) ? null : row.GetDouble(6),
            Number(row, 7),
            Number(row, 8),
            Number(row, 9),
            row.IsDBNull(10) ? null : row.GetString(10)
        );

    private static ActivityHour ReadHour(DbDataReader row) => new(SumSpan.Begins(row.GetInt64(0)), ReadSum(row, 2, row.GetInt64(1)));

    /// <param name="at">Where the columns of <see cref="Sums"/> begin.</param>
    private static ActivitySum ReadSum(DbDataReader row, int at, long errors) =>
        new(
            row.GetInt64(at + 5),
            errors,
            row.GetInt64(at),
            row.GetInt64(at + 1),
            row.GetInt64(at + 2),
            row.GetDouble(at + 3),
            [.. Enumerable.Range(at + 6, ActivitySum.Bounds.Count + 1).Select(row.GetInt64)]
        );

    private static string? Text(DbDataReader row, int column) => row.GetString(column) is { Length: > 0 } text ? text : null;

    private static long? Number(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
}
