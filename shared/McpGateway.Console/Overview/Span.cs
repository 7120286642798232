using System.Globalization;
using McpGateway.State.Activities;
using McpGateway.Text;

namespace McpGateway.Console.Overview;

/// <summary>The time that the overview is of: a day by hours, or a month by days.</summary>
/// <param name="Name">Its value in the query.</param>
/// <param name="Title">Such as <c>last 24 hours</c>.</param>
/// <param name="Each">What a column stands for.</param>
internal sealed record Span(string Name, string Short, string Title, string Each, string Unit, DateTimeOffset From, int Count)
{
    /// <summary>The ones to choose from, without their moments.</summary>
    public static IReadOnlyList<Span> All { get; } =
    [
        new("24h", "24 hours", "last 24 hours", "by hour", "Hour", default, 24),
        new("30d", "30 days", "last 30 days", "by day", "Day", default, 30),
    ];

    public static Span Of(string? name, DateTimeOffset now, TimeZoneInfo zone) =>
        name == All[1].Name
            ? All[1] with
            {
                From = LocalDay.Begins(TimeZoneInfo.ConvertTime(now, zone).Date.AddDays(1 - All[1].Count), zone),
            }
            : All[0] with
            {
                From = HourOf(now).AddHours(1 - All[0].Count),
            };

    /// <summary>A column for each hour or day, also for those without a call.</summary>
    public IReadOnlyList<SpanColumn> Columns(IReadOnlyList<ActivityHour> hours, TimeZoneInfo zone)
    {
        var isByHour = Name == All[0].Name;
        var sums = hours
            .GroupBy(hour => LabelOf(hour.Hour, isByHour, zone))
            .ToDictionary(same => same.Key, same => same.Aggregate(ActivitySum.None, (sum, hour) => sum + hour.Sum));
        return
        [
            .. Enumerable
                .Range(0, Count)
                // From noon, which summer time does not move to another day.
                .Select(i => LabelOf(isByHour ? From.AddHours(i) : From.AddDays(i).AddHours(12), isByHour, zone))
                .Select(label => new SpanColumn(label, sums.GetValueOrDefault(label, ActivitySum.None))),
        ];
    }

    private static string LabelOf(DateTimeOffset moment, bool isByHour, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(moment, zone).ToString(isByHour ? "ddd HH:mm" : "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTimeOffset HourOf(DateTimeOffset now) => new(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
}

/// <summary>An hour or a day of the overview.</summary>
internal sealed record SpanColumn(string Label, ActivitySum Sum);
