using System.Globalization;
using System.Text.RegularExpressions;
using McpGateway.Text;
using ModelContextProtocol;

namespace Firecrawl.Searching;

/// <summary>The age of what a search finds, as Google writes it. What is not written so narrows nothing, and nobody says so.</summary>
internal static partial class TimeFilter
{
    /// <exception cref="McpException">The text is no such filter.</exception>
    public static string? Read(string? filter, string field)
    {
        if (filter is null)
        {
            return null;
        }

        var text = filter.Trim();
        if (!text.Contains(':', StringComparison.Ordinal))
        {
            return AgeOf(text) is { } age ? $"qdr:{age}" : throw Unknown(filter, field);
        }

        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(part => ReadPart(part) ?? throw Unknown(filter, field))
            .ToList();
        var (first, last) = (EdgeOf(parts, "cd_min:"), EdgeOf(parts, "cd_max:"));
        var isRange = first is not null || last is not null;
        if (isRange && !parts.Contains("cdr:1"))
        {
            parts.Insert(0, "cdr:1");
        }

        // Of two that say the same thing differently, one would be overlooked.
        return
            parts.DistinctBy(KeyOf).Count() == parts.Count
            && isRange == parts.Contains("cdr:1")
            && !(isRange && parts.Exists(part => KeyOf(part) == "qdr"))
            ? !(first > last)
                ? string.Join(',', parts)
                : throw new McpException(
                    $"{field}='{Cut.To(filter, 100)}': cd_min is after cd_max, so that no day lies between: exchange them. Nothing was sent."
                )
            : throw Unknown(filter, field);
    }

    private static string KeyOf(string part) => part[..part.IndexOf(':', StringComparison.Ordinal)];

    private static DateTime? EdgeOf(List<string> parts, string key) =>
        parts.Find(part => part.StartsWith(key, StringComparison.Ordinal)) is { } edge
            ? DateTime.Parse(edge[key.Length..], CultureInfo.InvariantCulture)
            : null;

    private static string? ReadPart(string part) =>
        part.Split(':', 2) switch
        {
            ["qdr", var age] => AgeOf(age) is { } known ? $"qdr:{known}" : null,
            [var edge, var day] when edge is "cd_min" or "cd_max" => DayOf(day) is { } date ? $"{edge}:{date}" : null,
            ["sbd", "0" or "1"] or ["cdr", "1"] => part,
            // Another key is overlooked.
            _ => null,
        };

    private static string? AgeOf(string age) =>
        Age().Match(age.Trim()) is { Success: true } match
            ? match.Groups["unit"].Value.ToLowerInvariant()[0] + match.Groups["count"].Value + match.Groups["number"].Value
            : null;

    private static string? DayOf(string day) =>
        MonthFirst().IsMatch(day) && DateTime.TryParse(day, CultureInfo.InvariantCulture, out _) ? day
        : IsoTime.TryRead(day) is { IsDay: true } read ? read.Moment.ToString("M/d/yyyy", CultureInfo.InvariantCulture)
        : null;

    private static McpException Unknown(string filter, string field) =>
        new(
            $"{field}='{Cut.To(filter, 100)}' is not a filter of time: use qdr:h, qdr:d, qdr:w, qdr:m or qdr:y (the last hour to year), sbd:1 "
                + "(sorted by date) or cdr:1,cd_min:1/1/2026,cd_max:2/1/2026 (month first). Nothing was sent."
        );

    // "d", "d3", "week", "past week", "last 3 months".
    [GeneratedRegex(
        "^((past|last) +)?((?<count>[0-9]{1,3}) +)?(?<unit>[hdwmy]|(hour|day|week|month|year)s?)(?<number>[0-9]{0,3})$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Age();

    [GeneratedRegex("^[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}$")]
    private static partial Regex MonthFirst();
}
