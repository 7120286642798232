using System.Globalization;
using System.Text.RegularExpressions;

namespace McpGateway.Text;

/// <summary>Days and moments as callers write them, the year first: in any other form, nobody knows which number is the day.</summary>
public static partial class IsoTime
{
    /// <summary>What a text means, in UTC unless it says otherwise; null: it is neither a day nor a moment.</summary>
    /// <returns>The moment, or the one at which the day begins.</returns>
    public static (DateTimeOffset Moment, bool IsDay)? TryRead(string text) =>
        Form().Match(text.Trim().ToUpperInvariant()) is { Success: true } form
        && DateTimeOffset.TryParse(
            form.Value,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var moment
        )
            ? (moment, !form.Groups["time"].Success)
            : null;

    [GeneratedRegex(
        @"^\d{4}(?<mark>[-/.])\d{1,2}\k<mark>\d{1,2}(?<time>[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)? ?(Z|GMT|[+-]\d{2}:?\d{2})?)?$",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex Form();
}
