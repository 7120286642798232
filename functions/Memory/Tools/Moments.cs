using System.Globalization;
using ModelContextProtocol;

namespace Memory.Tools;

/// <summary>Reads days and moments that bound an answer, into the form the memory stores them in.</summary>
internal static class Moments
{
    private const string Stored = "yyyy-MM-ddTHH:mm:ss.fffZ";
    private const string Day = "yyyy-MM-dd";

    /// <summary>The first moment that counts, or null.</summary>
    /// <exception cref="McpException">It is neither a day nor a moment.</exception>
    public static string? Since(string? since) => Read(since, "since")?.Moment;

    /// <summary>The first moment that counts no more, or null; a day counts to its end.</summary>
    /// <exception cref="McpException">It is neither a day nor a moment.</exception>
    public static string? Until(string? until) => Read(until, "until")?.Next;

    private static (string Moment, string Next)? Read(string? text, string field)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (
            DateTime.TryParseExact(text.Trim(), Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day < DateTime.MaxValue.Date
        )
        {
            return (Format(day), Format(day.AddDays(1)));
        }

        if (
            DateTimeOffset.TryParse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var moment
            )
            && moment < DateTimeOffset.MaxValue.AddSeconds(-1)
        )
        {
            return (Format(moment.UtcDateTime), Format(moment.UtcDateTime.AddMilliseconds(1)));
        }

        throw new McpException(
            $"{field}='{(text.Length > 100 ? text[..100] + "…" : text)}' is not a day or moment: write 2026-11-28 or 2026-11-28T09:30:00Z."
        );
    }

    private static string Format(DateTime moment) => moment.ToString(Stored, CultureInfo.InvariantCulture);
}
