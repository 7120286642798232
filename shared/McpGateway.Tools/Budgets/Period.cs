using System.Globalization;
using McpGateway.Authentication;
using McpGateway.Text;

namespace McpGateway.Tools.Budgets;

/// <summary>A minute, day or month of the operator's clock.</summary>
/// <param name="Name">Tells it from every other.</param>
/// <param name="Ends">When the next one begins.</param>
internal readonly record struct Period(string Name, DateTimeOffset Begins, DateTimeOffset Ends)
{
    public bool Holds(DateTimeOffset now) => now >= Begins && now < Ends;

    public static Period Of(Per per, DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = TimeZoneInfo.ConvertTime(now, zone).Date;
        var month = today.AddDays(1 - today.Day);
        return per switch
        {
            // By UTC: at the end of summer time an hour comes twice.
            Per.Minute => OfMinute(new(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero)),
            Per.Day => new(Named(today, "yyyy-MM-dd"), LocalDay.Begins(today, zone), LocalDay.Begins(today.AddDays(1), zone)),
            Per.Month => new(Named(today, "yyyy-MM"), LocalDay.Begins(month, zone), LocalDay.Begins(month.AddMonths(1), zone)),
            _ => throw new ArgumentOutOfRangeException(nameof(per), per, "A call is not a period."),
        };
    }

    private static Period OfMinute(DateTimeOffset begins) =>
        new(Named(begins.UtcDateTime, "yyyy-MM-ddTHH:mmZ"), begins, begins.AddMinutes(1));

    private static string Named(DateTime moment, string form) => moment.ToString(form, CultureInfo.InvariantCulture);
}
