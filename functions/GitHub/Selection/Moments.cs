using System.Globalization;
using System.Text.RegularExpressions;
using McpGateway.Text;
using ModelContextProtocol;

namespace GitHub.Selection;

/// <summary>Days and moments as people write them, in the form GitHub takes. What it does not understand it may leave out without a word.</summary>
internal static partial class Moments
{
    private const long SmallestSeconds = 100_000_000;
    private const long LargestSeconds = 100_000_000_000;

    public static bool AreIn(string name) => name is "since" or "until" or "before" or "due_on" or "lastReadAt";

    /// <exception cref="McpException">It is neither a day nor a moment.</exception>
    public static string Read(string name, string text) =>
        InFull().IsMatch(text) ? text
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= SmallestSeconds
            ? Write(Since1970(number))
        : IsoTime.TryRead(text) is { } read
            // A day counts to its end.
            ? Write(name == "until" && read.IsDay ? read.Moment.AddDays(1).AddSeconds(-1) : read.Moment)
        : throw new McpException($"{name}='{text}' is not a day or moment: write 2026-11-01 or 2026-11-01T09:30:00Z.");

    // In seconds, or in milliseconds as JavaScript has them.
    private static DateTimeOffset Since1970(long number) =>
        number < LargestSeconds
            ? DateTimeOffset.FromUnixTimeSeconds(number)
            : DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(number, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));

    private static string Write(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")]
    private static partial Regex InFull();
}
