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
        if (parts.Exists(part => part.StartsWith("cd_", StringComparison.Ordinal)) && !parts.Contains("cdr:1"))
        {
            parts.Insert(0, "cdr:1");
        }

        return string.Join(',', parts);
    }

    private static string? ReadPart(string part) =>
        part.Split(':', 2) switch
        {
            ["qdr", var age] => AgeOf(age) is { } known ? $"qdr:{known}" : null,
            [var edge, var day] when edge is "cd_min" or "cd_max" => DayOf(day) is { } date ? $"{edge}:{date}" : null,
            [_, _] => part,
            _ => null,
        };

    private static string? AgeOf(string age) =>
        Age().Match(age.Trim()) is { Success: true } match
            ? match.Groups["unit"].Value.ToLowerInvariant()[0] + match.Groups["count"].Value + match.Groups["number"].Value
            : null;

    private static string? DayOf(string day) =>
        MonthFirst().IsMatch(day) ? day
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
