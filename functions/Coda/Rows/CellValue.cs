using System.Globalization;
using System.Text.Json;
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

    /// <summary>0.5 or "50%".</summary>
    public static double? TryReadPercent(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString()!.TrimEnd() is var text && text.EndsWith('%')
            ? TryReadNumber(text[..^1].Trim()) / 100
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

    private static double? TryReadNumber(string text) =>
        Amount().Match(text) is { Success: true } amount
        && double.TryParse(
            amount.Groups[1].Value.Replace(",", "", StringComparison.Ordinal),
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
}
