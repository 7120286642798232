using System.Globalization;
using McpGateway.Authentication;

namespace McpGateway.Tools.Budgets;

/// <summary>A minute, day or month of the operator's clock.</summary>
/// <param name="Name">Tells it from every other.</param>
/// <param name="Ends">When the next one begins.</param>
internal readonly record struct Period(string Name, DateTimeOffset Ends)
{
    public static Period Of(Per per, DateTimeOffset now, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        return per switch
        {
            // By UTC: at the end of summer time an hour comes twice.
            Per.Minute => new(
                now.UtcDateTime.ToString("yyyy-MM-ddTHH:mmZ", CultureInfo.InvariantCulture),
                now.AddTicks(TimeSpan.TicksPerMinute - (now.UtcTicks % TimeSpan.TicksPerMinute))
            ),
            Per.Day => new(local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Begins(local.Date.AddDays(1), zone)),
            Per.Month => new(
                local.ToString("yyyy-MM", CultureInfo.InvariantCulture),
                Begins(new DateTime(local.Year, local.Month, 1, 0, 0, 0, DateTimeKind.Unspecified).AddMonths(1), zone)
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(per), per, "A call is not a period."),
        };
    }

    // A day may begin at one o'clock where clocks are set forward at midnight.
    private static DateTimeOffset Begins(DateTime midnight, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(midnight))
        {
            midnight = midnight.AddMinutes(15);
        }

        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
