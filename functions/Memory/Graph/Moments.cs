using System.Globalization;
using McpGateway.Text;
using ModelContextProtocol;

namespace Memory.Graph;

/// <summary>Days and moments as callers write them, and as the memory stores them: in UTC, so that their order is that of their texts.</summary>
internal static class Moments
{
    /// <summary>What a caller gives for a day where there is to be none any more.</summary>
    public const string NoEnd = "none";

    private const string Stored = "yyyy-MM-ddTHH:mm:ss.fffZ";
    private const string Day = "yyyy-MM-dd";
    private const string Midnight = "T00:00:00.000Z";

    public static string Now(TimeProvider time) => Format(time.GetUtcNow().UtcDateTime);

    /// <summary>The day of a stored moment.</summary>
    public static string DayOf(string moment) => moment[..Day.Length];

    /// <summary>The first moment that counts, or null.</summary>
    /// <exception cref="McpException">It is neither a day nor a moment.</exception>
    public static string? Since(string? since) => Read(since, "since")?.Moment;

    /// <summary>The first moment that counts no more, or null; a day counts to its end.</summary>
    /// <exception cref="McpException">It is neither a day nor a moment.</exception>
    public static string? Until(string? until, string field = "until") => Read(until, field)?.Next;

    /// <summary>The first moment that counts, and the first that counts no more; null for no bound.</summary>
    /// <exception cref="McpException">One is neither a day nor a moment, or they lie in the wrong order.</exception>
    public static (string? Since, string? Until) Range(string? since, string? until)
    {
        var (first, end) = (Since(since), Until(until));
        return first is null || end is null || string.CompareOrdinal(first, end) < 0
            ? (first, end)
            : throw new McpException($"since='{since}' is after until='{until}', so that nothing can lie between them: exchange them.");
    }

    /// <summary>Until when a fact is true, as far as a caller says so.</summary>
    /// <exception cref="McpException">It is neither a day nor a moment, or past.</exception>
    public static End ValidUntil(string? until, string field, string now)
    {
        if (string.Equals(until?.Trim(), NoEnd, StringComparison.OrdinalIgnoreCase))
        {
            return new(true, null);
        }

        var end = Until(until, field);
        return end is null || string.CompareOrdinal(end, now) > 0
            ? new(end is not null, end)
            : throw new McpException(
                $"{field}='{until}' is past, and what is true no more is not shown: leave {field[(field.LastIndexOf('.') + 1)..]} "
                    + "out and say in the text until when it was true. Nothing was stored."
            );
    }

    /// <summary>The last day or moment before a stored one, as a caller would write it.</summary>
    public static string LastBefore(string end)
    {
        if (end == Format(DateTime.MaxValue))
        {
            // No day comes after it that would end it.
            return DateTime.MaxValue.ToString(Day, CultureInfo.InvariantCulture);
        }

        var moment = DateTime.ParseExact(
            end,
            Stored,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
        );
        return end.EndsWith(Midnight, StringComparison.Ordinal)
            ? moment.AddDays(-1).ToString(Day, CultureInfo.InvariantCulture)
            : moment.AddMilliseconds(-1).ToString("yyyy-MM-ddTHH:mm:ss.FFFZ", CultureInfo.InvariantCulture);
    }

    private static (string Moment, string Next)? Read(string? text, string field)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (IsoTime.TryRead(text) is { } read)
        {
            var length = read.IsDay ? TimeSpan.FromDays(1) : TimeSpan.FromMilliseconds(1);
            var next = read.Moment < DateTimeOffset.MaxValue - length ? read.Moment + length : DateTimeOffset.MaxValue;
            return (Format(read.Moment.UtcDateTime), Format(next.UtcDateTime));
        }

        throw new McpException(
            $"{field}='{(text.Length > 100 ? text[..100] + "…" : text)}' is not a day or moment: write 2026-11-28 or 2026-11-28T09:30:00Z."
        );
    }

    private static string Format(DateTime moment) => moment.ToString(Stored, CultureInfo.InvariantCulture);
}
