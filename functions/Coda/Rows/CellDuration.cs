using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;

namespace Coda.Rows;

/// <summary>Durations, in the forms that people, models and Coda itself give them.</summary>
internal static partial class CellDuration
{
    private const double MostDays = 1e6;
    private const string Units = @"(?<unit>w(?:ee)?ks?|d(?:ays?)?|h(?:(?:ou)?rs?)?|m(?:in(?:ute)?s?)?|s(?:ec(?:ond)?s?)?)";

    private static readonly string[] Words = [.. "zero one two three four five six seven eight nine ten eleven twelve".Split(' ')];

    /// <summary>"2 hrs", "1 day and 4 hours", "1h30m", "half an hour", "PT1H30M", or a number of days, as a cell may have it; null for anything else.</summary>
    public static TimeSpan? TryRead(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Number => Math.Abs(value.GetDouble()) < MostDays ? OfSeconds(value.GetDouble() * 86_400) : null,
            JsonValueKind.String => TryRead(value.GetString()!.Trim()),
            _ => null,
        };

    /// <summary>What a caller gives: a number alone has no unit.</summary>
    public static TimeSpan? TryReadGiven(JsonElement value) => value.ValueKind == JsonValueKind.Number ? null : TryRead(value);

    /// <summary>As Coda reads it: "1 day 4 hrs", or the text itself where it is in that form.</summary>
    public static string? TryWrite(string text) =>
        TryRead(text.Trim()) is not { } duration ? null
        : Shown().IsMatch(text.Trim()) ? text
        : duration == TimeSpan.Zero ? "0 secs"
        : (duration < TimeSpan.Zero ? "-" : "") + Show(duration.Duration());

    private static string Show(TimeSpan duration)
    {
        var seconds = (decimal)(duration.Ticks % TimeSpan.TicksPerMinute) / TimeSpan.TicksPerSecond;
        (decimal Amount, string Unit)[] parts =
        [
            (duration.Days, "day"),
            (duration.Hours, "hr"),
            (duration.Minutes, "min"),
            (seconds, "sec"),
        ];
        return string.Join(
            ' ',
            parts
                .Where(part => part.Amount != 0)
                .Select(part =>
                    string.Create(CultureInfo.InvariantCulture, $"{part.Amount:0.#######} {part.Unit}{(part.Amount == 1 ? "" : "s")}")
                )
        );
    }

    private static TimeSpan? TryRead(string text)
    {
        if (Iso().IsMatch(text))
        {
            return TryReadIso(text);
        }

        if (Spoken().Match(text) is not { Success: true } match)
        {
            return null;
        }

        var seconds = match
            .Groups["amount"]
            .Captures.Zip(match.Groups["unit"].Captures)
            .Sum(part => AmountOf(part.First.Value) * SecondsOf(part.Second.Value));
        // "an hour and a half"
        seconds += match.Groups["half"].Success ? SecondsOf(match.Groups["unit"].Captures[^1].Value) / 2.0 : 0;
        return seconds < MostDays * 86_400 ? OfSeconds(match.Groups["minus"].Success ? -seconds : seconds) : null;
    }

    // To the millisecond: a third of an hour is twenty minutes.
    private static TimeSpan OfSeconds(double seconds) => TimeSpan.FromMilliseconds((long)Math.Round(seconds * 1_000));

    private static TimeSpan? TryReadIso(string text)
    {
        try
        {
            return XmlConvert.ToTimeSpan(text.ToUpperInvariant());
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return null;
        }
    }

    private static double AmountOf(string amount) =>
        amount.ToLowerInvariant() switch
        {
            "a" or "an" => 1,
            "half a" or "half an" => 0.5,
            var word when Array.IndexOf(Words, word) is var number and >= 0 => number,
            var digits => double.Parse(digits, CultureInfo.InvariantCulture),
        };

    private static int SecondsOf(string unit) =>
        char.ToLowerInvariant(unit[0]) switch
        {
            'w' => 604_800,
            'd' => 86_400,
            'h' => 3_600,
            'm' => 60,
            _ => 1,
        };

    // As Coda shows one.
    [GeneratedRegex(
        @"^-?\s*(?:[0-9]{1,9}(?:\.[0-9]+)?\s*" + Units + @"(?:,?\s+|$))+$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Shown();

    [GeneratedRegex(
        @"^(?<minus>-)?\s*(?:(?:(?<amount>[0-9]{1,9}(?:\.[0-9]+)?)\s*|"
            + @"(?<amount>half an?|an?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+)"
            + Units
            + @"(?:(?:,\s*|\s+|,? and )(?=[0-9ahzotfsen])|(?=[0-9])|$))+(?<half>and a half)?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Spoken();

    // Without years and months, which have no length.
    [GeneratedRegex(@"^-?P(?:[0-9]+D)?(?:T(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Iso();
}
