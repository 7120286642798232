using System.Text;
using System.Text.RegularExpressions;
using McpGateway.Text;

namespace McpGateway.Tools.Arguments;

/// <summary>Addresses and ids as models and clipboards wrap them.</summary>
internal static partial class WrappedText
{
    /// <summary>
    /// A URL without what it was wrapped in: <c>&lt;url&gt;</c>, <c>[text](url)</c>, quotation marks or blanks. An id without blanks around
    /// it, or what nobody sees.
    /// </summary>
    public static string Unwrap(string text) =>
        WrappedUrl().Match(Seen(text)) is { Success: true } match ? match.Groups["url"].Value : Seen(text);

    /// <summary>A text without the blanks and the characters around it that draw nothing.</summary>
    private static string Seen(string text)
    {
        var trimmed = text.Trim();
        // Most are: nothing to look for.
        if (trimmed.Length == 0 || (char.IsAsciiLetterOrDigit(trimmed[0]) && char.IsAscii(trimmed[^1])))
        {
            return trimmed;
        }

        var runes = trimmed.EnumerateRunes().ToList();
        var first = runes.FindIndex(IsSeen);
        return first < 0 ? "" : string.Concat(runes[first..(runes.FindLastIndex(IsSeen) + 1)]);

        static bool IsSeen(Rune rune) => Visible.Is(rune) && !Rune.IsWhiteSpace(rune);
    }

    [GeneratedRegex(
        """
            ^\s*(?:<(?<url>https?://[^\s<>]+)>
            |\[[^\]]*\]\((?<url>https?://\S+)\)
            |(?<q>["'`])(?<url>https?://[^\s"'`]+)\k<q>
            |[“„«‘](?<url>https?://[^\s“”„«»‘’]+)[”“»’])\s*$
            """,
        RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex WrappedUrl();
}
