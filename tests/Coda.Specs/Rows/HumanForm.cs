using System.Globalization;
using System.Text.Json.Nodes;

namespace Coda.Specs.Rows;

/// <summary>The forms in which people and models give values.</summary>
internal static class HumanForm
{
    private static readonly string[] Words =
    [
        "no",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ];

    /// <summary>An amount with a currency's sign or code, thousands and decimals separated as somewhere in the world.</summary>
    public static JsonNode Money(double number, Random random)
    {
        var amount = (decimal)Math.Abs(number);
        var minus = number < 0 ? "-" : "";
        var dots = Separated(amount, ".", ",");
        return random.Next(9) switch
        {
            0 => number,
            1 => $"{minus}${Separated(amount, ",", ".")}",
            2 => $"${minus}{Separated(amount, ",", ".")}",
            3 => $"{minus}{Separated(amount, ",", ".")} USD",
            4 when amount >= 1_000 => $"{minus}{dots} €",
            5 => $"€ {minus}{(amount >= 1_000 ? dots : Separated(amount, ",", "."))}",
            6 when amount >= 1_000 => $"{minus}{Separated(amount, "\u202f", ",")} €",
            7 => $"CHF {minus}{Separated(amount, "'", ".")}",
            _ => new JsonObject { ["currency"] = "USD", ["amount"] = number },
        };
    }

    public static JsonNode Percent(double share, Random random) =>
        random.Next(2) == 0 && (Math.Abs(share) <= 1 || (Math.Abs(share) < 10 && share != Math.Truncate(share)))
            ? share
            : $"{((decimal)share * 100).ToString(CultureInfo.InvariantCulture)}{(random.Next(2) == 0 ? "%" : " %")}";

    public static JsonNode Flag(bool flag, Random random) =>
        random.Next(3) switch
        {
            0 => flag,
            1 => flag ? "Yes" : "no",
            _ => flag ? "TRUE" : "False",
        };

    public static JsonNode Duration(TimeSpan span, Random random) =>
        random.Next(7) switch
        {
            0 => PlainColumn.Show(span),
            1 => Of($"{span.TotalMinutes} minutes"),
            2 => Of($"{span.TotalHours}h"),
            3 => Of($"PT{Math.Floor(span.TotalHours)}H{span.Minutes}M"),
            4 => Of($"{Math.Floor(span.TotalHours)}h{span.Minutes}m"),
            5 when span.TotalHours is >= 1 and < 13 =>
                $"{Words[(int)span.TotalHours]} hour{(span.TotalHours < 2 ? "" : "s")}{(span.Minutes == 30 ? " and a half" : "")}",
            5 when span.TotalMinutes.Equals(30) => "half an hour",
            _ => Of($"{span.TotalDays} days"),
        };

    /// <summary>A moment as the doc shows it, without an offset, or as everybody means it.</summary>
    public static JsonNode Moment(DateTimeOffset moment, Random random) =>
        random.Next(4) switch
        {
            0 => Of($"{moment:yyyy-MM-ddTHH:mm:ss}.000{PlainTable.Zone}"),
            1 => Of($"{moment.UtcDateTime:yyyy-MM-ddTHH:mm:ss}Z"),
            2 => Of($"{moment:yyyy-MM-dd HH:mm}"),
            _ => Of($"{moment:yyyy-MM-ddTHH:mm}"),
        };

    private static string Separated(decimal amount, string thousands, string decimals) =>
        amount
            .ToString("#,##0.00", CultureInfo.InvariantCulture)
            .Replace(",", "~", StringComparison.Ordinal)
            .Replace(".", decimals, StringComparison.Ordinal)
            .Replace("~", thousands, StringComparison.Ordinal);

    private static string Of(FormattableString text) => FormattableString.Invariant(text);
}
