using System.Globalization;
using McpGateway.State.Activities;
using McpGateway.Text;

namespace McpGateway.Console.Overview;

/// <summary>The time that an overview is of: a day by hours, or several days by days.</summary>
/// <param name="Name">Its value in the query.</param>
/// <param name="Title">Such as <c>last 24 hours</c>.</param>
/// <param name="Each">What a column stands for.</param>
/// <param name="Count">How many columns there are.</param>
internal sealed record Span(string Name, string Short, string Title, string Each, string Unit, DateTimeOffset From, int Count)
{
    private const int HoursOfDay = 24;

    private static readonly Span Day = new("24h", "24 hours", "last 24 hours", "by hour", "Hour", default, HoursOfDay);

    /// <summary>The ones to choose from on the overview, without their moments.</summary>
    public static IReadOnlyList<Span> All { get; } = [Day, Several(7), Several(30)];

    /// <summary>How many days it has.</summary>
    public int Days => IsByHour ? 1 : Count;

    private bool IsByHour => Name == Day.Name;

    /// <summary>The one of a name, or the last day.</summary>
    public static Span Of(string? name, DateTimeOffset now, TimeZoneInfo zone) =>
        OfDays((All.FirstOrDefault(span => span.Name == name) ?? Day).Days, now, zone);

    /// <summary>The last days, today among them; of one day its 24 hours.</summary>
    public static Span OfDays(int days, DateTimeOffset now, TimeZoneInfo zone) =>
        days == 1
            ? Day with
            {
                From = HourOf(now).AddHours(1 - HoursOfDay),
            }
            : Several(days) with
            {
                From = LocalDay.Begins(TimeZoneInfo.ConvertTime(now, zone).Date.AddDays(1 - days), zone),
            };

    /// <summary>A column for each hour or day, also for those without a call.</summary>
    public IReadOnlyList<SpanColumn> Columns(IReadOnlyList<ActivityHour> hours, TimeZoneInfo zone)
    {
        var sums = hours
            .GroupBy(hour => LabelOf(hour.Hour, zone))
            .ToDictionary(same => same.Key, same => same.Aggregate(ActivitySum.None, (sum, hour) => sum + hour.Sum));
        return
        [
            .. Enumerable
                .Range(0, Count)
                // From noon, which summer time does not move to another day.
                .Select(i => LabelOf(IsByHour ? From.AddHours(i) : From.AddDays(i).AddHours(12), zone))
                .Select(label => new SpanColumn(label, sums.GetValueOrDefault(label, ActivitySum.None))),
        ];
    }

    private static Span Several(int days) => new($"{days}d", $"{days} days", $"last {days} days", "by day", "Day", default, days);

    private string LabelOf(DateTimeOffset moment, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(moment, zone).ToString(IsByHour ? "ddd HH:mm" : "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTimeOffset HourOf(DateTimeOffset now) => new(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
}

/// <summary>An hour or a day of the overview.</summary>
internal sealed record SpanColumn(string Label, ActivitySum Sum);
