using System.Globalization;
using System.Numerics;
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
            JsonValueKind.Number => double.IsFinite(value.GetDouble()) ? value.GetDouble() : null,
            JsonValueKind.Object when value.TryGetProperty("amount", out var amount) => TryReadNumber(amount),
            JsonValueKind.String => TryReadNumber(value.GetString()!.Trim()),
            _ => null,
        };

    /// <summary>
    /// As <see cref="TryReadNumber(JsonElement)"/>, for what a caller gives: null for a text that says one number in one country and another in the
    /// next, and for a whole number that no cell keeps to its last digit.
    /// </summary>
    public static double? TryReadGiven(JsonElement value) => ReadingsOf(value) is null && IsKept(value) ? TryReadNumber(value) : null;

    /// <summary>The two numbers that a text such as "1,250" or "1.250 €" may mean; null where there is no doubt, as in "$1,250".</summary>
    public static (string Whole, string Part)? ReadingsOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && Thousand().Match(value.GetString()!) is { Success: true } match
            ? ($"{match.Groups[1].Value}{match.Groups[2].Value}", $"{match.Groups[1].Value}.{match.Groups[2].Value}")
            : null;

    // A cell's number is a double: of 1234567890123456789 it keeps 1234567890123456768.
    private static bool IsKept(JsonElement value) =>
        (value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()).Trim() is var text
        && (
            !LongWhole().IsMatch(text)
            || BigInteger.Parse(text, CultureInfo.InvariantCulture) == new BigInteger(double.Parse(text, CultureInfo.InvariantCulture))
        );

    /// <summary>
    /// Whether a plain number is taken for a share: up to 1, and what lies between whole numbers up to 10. Of 5 nobody knows whether it is 5 % or 500 %.
    /// </summary>
    public static bool IsPlainShare(double number) =>
        Math.Abs(number) is <= 1 or (<= 10 and not (2 or 3 or 4 or 5 or 6 or 7 or 8 or 9 or 10));

    /// <summary>A share as it is written: 0.5, but "500%" where a number could be taken for one of the other scale.</summary>
    public static JsonNode ShowShare(JsonElement value) =>
        IsPlainShare(value.GetDouble()) || !value.TryGetDecimal(out var share)
            ? JsonValue.Create(value)!
            : JsonValue.Create(string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.############################}%"));

    /// <summary>0.5 or "50%".</summary>
    public static double? TryReadPercent(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString()!.TrimEnd() is var text && text.EndsWith('%')
            ? TryReadNumber(text[..^1].Trim(), "e-2")
            : TryReadNumber(value);

    /// <summary>As <see cref="TryReadPercent"/>, for what a caller gives.</summary>
    public static double? TryReadGivenPercent(JsonElement value) => ReadingsOf(value) is null ? TryReadPercent(value) : null;

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

    private static double? TryReadNumber(string text, string scale = "") =>
        Amount().Match(text) is { Success: true } amount
        // "1.250 €" may be either.
        && !(amount.Groups["money"].Success && amount.Groups["plain"].Success && Thousand().IsMatch(amount.Groups["plain"].ValueSpan))
        && double.TryParse(Plain(amount) + scale, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? number
            : null;

    private static string Plain(System.Text.RegularExpressions.Match amount) =>
        (amount.Groups["minus"].Success ? "-" : "")
        + (
            amount.Groups["plain"] is { Success: true } plain
                ? plain.Value
                : string.Concat(amount.Groups["whole"].Value.Where(char.IsAsciiDigit)) + "." + amount.Groups["part"].Value + "0"
        );

    // A currency's sign or code may stand on either side. What separates thousands cannot separate decimals: "1,250.00", "1.250,00" and "1 250,00" are
    // the same, "12,50" is not read.
    [GeneratedRegex(
        """
            ^(?<minus>[-\u2212])?\s?(?<money>\p{Sc}|[A-Z]{3}\s)?\s?(?(minus)|(?<minus>[-\u2212])?)
            (?:
                (?<whole>[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.(?<part>[0-9]+))?
                |(?<whole>[1-9][0-9]{0,2}(?:\.[0-9]{3})+),(?<part>[0-9]+)
                |(?<whole>[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,})
                |(?<whole>[1-9][0-9]{0,2}(?:[ '\u2019\u00a0\u2009\u202f][0-9]{3})+)(?:[.,](?<part>[0-9]+))?
                |(?<plain>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
            )
            \s?(?<money>\p{Sc}|\s?[A-Z]{3})?$
            """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Amount();

    // A sign in front is the English way of writing, in which the comma separates thousands: "$1,250".
    [GeneratedRegex(@"^(?![^0-9.,]*\p{Sc}[^0-9.,]*[0-9]+,)[^0-9.,]*([1-9][0-9]{0,2})[.,]([0-9]{3})[^0-9.,]*$")]
    private static partial Regex Thousand();

    [GeneratedRegex(@"^-?[0-9]{16,}$")]
    private static partial Regex LongWhole();

    [GeneratedRegex(@"^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?)?$")]
    private static partial Regex Day();

    [GeneratedRegex(@"^(?:.*T)?([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,7})?)?)")]
    private static partial Regex ShownTime();
}
