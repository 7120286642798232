using System.Globalization;
using Microsoft.AspNetCore.Html;

namespace McpGateway.Text;

/// <summary>Times as people read them.</summary>
public static class Moment
{
    private static readonly (string Unit, TimeSpan Length)[] Units =
    [
        ("year", TimeSpan.FromDays(365)),
        ("month", TimeSpan.FromDays(30)),
        ("day", TimeSpan.FromDays(1)),
        ("hour", TimeSpan.FromHours(1)),
        ("minute", TimeSpan.FromMinutes(1)),
    ];

    /// <summary>To the minute, in a time zone that is named: <c>2026-11-01 13:00 (Europe/Zurich)</c>.</summary>
    public static string Exact(DateTimeOffset moment, TimeZoneInfo zone) =>
        string.Create(CultureInfo.InvariantCulture, $"{TimeZoneInfo.ConvertTime(moment, zone):yyyy-MM-dd HH:mm} ({zone.Id})");

    /// <summary>On pages: from now, and to the second in a time zone for whoever points at it.</summary>
    public static IHtmlContent Shown(DateTimeOffset moment, DateTimeOffset now, TimeZoneInfo zone) =>
        Html.Of(
            $"""<time datetime="{moment.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}" title="{Precise(moment, zone)}">{Relative(moment, now)}</time>"""
        );

    /// <summary>To the second, in a time zone that is named.</summary>
    public static string Precise(DateTimeOffset moment, TimeZoneInfo zone) =>
        string.Create(CultureInfo.InvariantCulture, $"{TimeZoneInfo.ConvertTime(moment, zone):yyyy-MM-dd HH:mm:ss} ({zone.Id})");

    /// <summary>From now: <c>5 minutes ago</c>, <c>in 3 days</c>, <c>just now</c>.</summary>
    public static string Relative(DateTimeOffset moment, DateTimeOffset now)
    {
        var distance = (now - moment).Duration();
        var (unit, length) = Array.Find(Units, unit => distance >= unit.Length);
        if (unit is null)
        {
            return "just now";
        }

        var count = (long)(distance / length);
        var words = string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count == 1 ? "" : "s")}");
        return moment < now ? $"{words} ago" : $"in {words}";
    }
}
