using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Coda.Rows;

/// <summary>Reads a value in the forms that people, models and Coda itself give it; null when it is in none of them.</summary>
internal static partial class CellValue
{
    private static readonly string[] Moments =
    [
        "yyyy-MM-dd",
        "yyyy-MM-ddTHH:mm",
        "yyyy-MM-ddTHH:mmK",
        "yyyy-MM-ddTHH:mm:ss",
        "yyyy-MM-ddTHH:mm:ssK",
        "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mm",
        "yyyy-MM-dd HH:mm:ss",
    ];

    private static readonly string[] Times = ["HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF"];

    /// <summary>12.5, "12.5", "$1,250.00" or {"amount": 12.5}.</summary>
    public static double? TryReadNumber(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Number => value.GetDouble(),
            JsonValueKind.Object when value.TryGetProperty("amount", out var amount) => TryReadNumber(amount),
            JsonValueKind.String => TryReadNumber(value.GetString()!.Trim()),
            _ => null,
        };

    /// <summary>The largest share that a plain number is taken for: 1000 %. A larger one is a percentage that was meant, or has a sign.</summary>
    public const double LargestPlainShare = 10;

    /// <summary>A share as it is written: 0.5, but "1250%" where a number could be taken for one of the other scale.</summary>
    public static JsonNode ShowShare(JsonElement value) =>
        Math.Abs(value.GetDouble()) <= LargestPlainShare || !value.TryGetDecimal(out var share)
            ? JsonValue.Create(value)!
            : JsonValue.Create(string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.############################}%"));

    /// <summary>0.5 or "50%".</summary>
    public static double? TryReadPercent(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString()!.TrimEnd() is var text && text.EndsWith('%')
            ? TryReadNumber(text[..^1].Trim(), "e-2")
            : TryReadNumber(value);

    /// <summary>true, "true" or "yes".</summary>
    public static bool? TryReadFlag(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.String => value.GetString()!.Trim().ToLowerInvariant() switch
            {
                "true" or "yes" => true,
                "false" or "no" => false,
                _ => null,
            },
            _ => null,
        };

    /// <summary>The day of a date, or of its midnight in whatever time zone.</summary>
    public static string? TryReadDay(string text) =>
        Day().Match(text.Trim()) is { Success: true } day && IsMoment(text.Trim()) ? day.Groups[1].Value : null;

    /// <summary>ISO 8601 alone: other forms are read by the doc's locale, which may swap day and month.</summary>
    public static bool IsMoment(string text) =>
        DateTimeOffset.TryParseExact(text, Moments, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);

    /// <summary>A time of day, or the moment that reading such a cell gives.</summary>
    public static bool IsTime(string text) =>
        DateTimeOffset.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _)
        || (text.Contains('T', StringComparison.Ordinal) && IsMoment(text));

    /// <summary>The time of day that a text of <see cref="IsTime"/> shows, wherever that is.</summary>
    public static TimeSpan? TryReadTime(string? text) =>
        text is not null && IsTime(text.Trim()) && ShownTime().Match(text.Trim()) is { Success: true } time
            ? TimeSpan.Parse(time.Groups[1].Value, CultureInfo.InvariantCulture)
            : null;

    /// <summary>"2 hrs", "1 day 4 hrs", or a number of days.</summary>
    public static TimeSpan? TryReadDuration(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number)
        {
            return Math.Abs(value.GetDouble()) < 1e6 ? TimeSpan.FromDays(value.GetDouble()) : null;
        }

        if (value.ValueKind != JsonValueKind.String || Duration().Match(value.GetString()!.Trim()) is not { Success: true } match)
        {
            return null;
        }

        var seconds = match
            .Groups["amount"]
            .Captures.Zip(match.Groups["unit"].Captures)
            .Sum(part => double.Parse(part.First.ValueSpan, CultureInfo.InvariantCulture) * SecondsOf(part.Second.Value));
        return seconds < 1e11 ? TimeSpan.FromSeconds(match.Groups["minus"].Success ? -seconds : seconds) : null;
    }

    private static int SecondsOf(string unit) =>
        char.ToLowerInvariant(unit[0]) switch
        {
            'w' => 604_800,
            'd' => 86_400,
            'h' => 3_600,
            'm' => 60,
            _ => 1,
        };

    private static double? TryReadNumber(string text, string scale = "") =>
        Amount().Match(text) is { Success: true } amount
        && double.TryParse(
            amount.Groups[1].Value.Replace(",", "", StringComparison.Ordinal) + scale,
            NumberStyles.Float,
            CultureInfo.InvariantCulture,
            out var number
        )
        && double.IsFinite(number)
            ? number
            : null;

    // A currency's sign or code may stand on either side. A comma separates thousands, never decimals.
    [GeneratedRegex(@"^(?:\p{Sc}|[A-Z]{3}\s)?\s?(-?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:[eE][+-]?\d+)?)\s?(?:\p{Sc}|\s[A-Z]{3})?$")]
    private static partial Regex Amount();

    [GeneratedRegex(@"^(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]\d{2}:\d{2})?)?$")]
    private static partial Regex Day();

    [GeneratedRegex(@"^(?:.*T)?(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,7})?)?)")]
    private static partial Regex ShownTime();

    [GeneratedRegex(
        @"^(?<minus>-)?\s*(?:(?<amount>\d{1,9}(?:\.\d+)?)\s*(?<unit>"
            + @"w(?:ee)?ks?|d(?:ays?)?|h(?:(?:ou)?rs?)?|m(?:in(?:ute)?s?)?|s(?:ec(?:ond)?s?)?)(?:,?\s+|$))+$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Duration();
}
