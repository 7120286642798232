using System.Globalization;
using McpGateway.Text;
using ModelContextProtocol;

namespace McpGateway.Tools.Arguments;

/// <summary>
/// Days between which something is asked for. Of what is not a day, or of days in the wrong order, an API may have nothing, without a word.
/// </summary>
public static class DayRange
{
    /// <summary>The days as 2026-11-28; a month or a year is its first day, or its last.</summary>
    /// <param name="firstField">The tool's parameter, for the error.</param>
    /// <param name="lastField">The other.</param>
    /// <exception cref="McpException">One is not a day, or they lie in the wrong order.</exception>
    public static (string? First, string? Last) Read(string? first, string firstField, string? last, string lastField)
    {
        var from = first is null ? null : Of(first, firstField).First;
        var to = last is null ? null : Of(last, lastField).Last;
        return string.CompareOrdinal(from, to) > 0 && to is not null
            ? throw new McpException($"{firstField}={from} is after {lastField}={to}, so that no day lies between: exchange them.")
            : (from, to);
    }

    private static (string First, string Last) Of(string text, string field)
    {
        if (IsoTime.TryRead(text) is { IsDay: true } day)
        {
            return (Write(day.Moment.DateTime), Write(day.Moment.DateTime));
        }

        var isMonth = DateTime.TryParseExact(text.Trim(), "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var start);
        return isMonth || DateTime.TryParseExact(text.Trim(), "yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out start)
            ? (Write(start), Write((isMonth ? start.AddMonths(1) : start.AddYears(1)).AddDays(-1)))
            : throw new McpException($"{field}='{Cut.To(text, 50)}' is not a day: write 2026-11-28.");
    }

    private static string Write(DateTime day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
