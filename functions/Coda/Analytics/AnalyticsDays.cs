using System.Globalization;
using McpGateway.Text;
using ModelContextProtocol;

namespace Coda.Analytics;

/// <summary>
/// The days between which figures are asked for. Of what is not a day, or of days in the wrong order, Coda may have no figures, without a word.
/// </summary>
internal static class AnalyticsDays
{
    /// <exception cref="McpException">One is not a day, or they lie in the wrong order.</exception>
    public static (string? Since, string? Until) Read(string? since, string? until)
    {
        var (first, last) = (DayOf(since, "sinceDate"), DayOf(until, "untilDate"));
        return string.CompareOrdinal(first, last) > 0 && last is not null
            ? throw new McpException($"sinceDate={first} is after untilDate={last}, so that no day lies between: exchange them.")
            : (first, last);
    }

    private static string? DayOf(string? text, string field) =>
        text is null ? null
        : IsoTime.TryRead(text) is { IsDay: true } day ? day.Moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : throw new McpException($"{field}='{Cut.To(text, 50)}' is not a day: write 2026-11-28.");
}
