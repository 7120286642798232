using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using McpGateway.Text;

namespace McpGateway.Tools.Answers;

/// <summary>Finds words and headings in a kept answer, each with the cursor that reads on from there.</summary>
internal static partial class AnswerSearch
{
    private const int MostHits = 20;
    private const int MostHeadings = 150;
    private const int Around = 120;

    /// <summary>The places where the words are, whatever their case.</summary>
    public static string Find(KeptAnswer answer, string words, int tokens)
    {
        // As it is written in JSON, where a line break is two characters.
        var needle = answer.IsJson ? JsonSerializer.Serialize(words, PlainValues.Readable.String)[1..^1] : words;
        var list = new PlaceList(answer, tokens, MostHits);
        for (
            var at = 0;
            (at = answer.Text.IndexOf(needle, at, StringComparison.OrdinalIgnoreCase)) >= 0;
            at = Math.Min(answer.Text.Length, at + Math.Max(needle.Length, Around))
        )
        {
            var start = Cut.Before(answer.Text, Math.Max(0, at - Around));
            var end = Cut.Before(answer.Text, Math.Min(answer.Text.Length, at + needle.Length + Around));
            list.Add(at, answer.Text[start..end]);
        }

        var quoted = Cut.To(words, 80);
        return list.Found == 0
            ? $"'{quoted}' is not in this answer of {Number(answer.Text.Length)} characters. Letter case does not matter; try a shorter word."
            : $"'{quoted}' is in {list.Summary("place", "places")}, each with the cursor that reads on from there:{list}";
    }

    /// <summary>The headings of its texts.</summary>
    public static string Outline(KeptAnswer answer, int tokens)
    {
        var list = new PlaceList(answer, tokens, MostHeadings);
        foreach (var title in (answer.IsJson ? WrittenHeading() : Heading()).EnumerateMatches(answer.Text))
        {
            list.Add(title.Index, answer.Text.Substring(title.Index, title.Length));
        }

        return list.Found == 0
            ? $"This answer of {Number(answer.Text.Length)} characters has no headings: search it with find."
            : $"{list.Summary("heading", "headings")}, each with the cursor that reads on from there:{list}";
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    [GeneratedRegex("^#{1,6} .{1,300}", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Heading();

    [GeneratedRegex("""(?<=\\n|")#{1,6} (?:[^"\\]|\\[^n]){1,300}""", RegexOptions.CultureInvariant)]
    private static partial Regex WrittenHeading();
}
