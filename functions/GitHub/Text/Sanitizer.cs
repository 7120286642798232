using System.Text.RegularExpressions;

namespace GitHub.Text;

/// <summary>
/// Cleans text other people wrote of what a reader does not see and a model obeys: invisible characters, terminal sequences, instructions in
/// the info string of a code fence, HTML and Markdown that is not rendered. File contents and diffs stay as they are.
/// docs/decisions/0028-github-text-is-cleaned-in-place.md
/// </summary>
internal static partial class Sanitizer
{
    private const int LongestInfo = 48;
    private const int LongestComparison = 16;

    public static string? Clean(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return text;
        }

        var visible = CleanFences(InvisibleText.Remove(text));
        var rendered = HiddenMarkdown.Remove(RemoveHiddenHtml(visible));
        return ReferenceEquals(rendered, visible) ? visible : CleanFences(InvisibleText.Remove(rendered));
    }

    /// <summary>What is shown as it is, such as a log or a name: only what has no glyph is removed.</summary>
    public static string CleanPlain(string text) => InvisibleText.Remove(text);

    /// <summary>An info string names a language; anything longer or with spaces is not one, and a fence that closes has none.</summary>
    private static string CleanFences(string text)
    {
        if (!text.Contains("```", StringComparison.Ordinal))
        {
            return text;
        }

        var open = 0;
        return Fence()
            .Replace(
                text,
                match =>
                {
                    var length = match.Groups[1].Value.Trim().Length;
                    var closes = length == open;
                    open =
                        closes ? 0
                        : open == 0 ? length
                        : open;
                    return !closes && IsLanguage(match.Groups[2].Value.Trim()) ? match.Value : match.Groups[1].Value;
                }
            );
    }

    private static bool IsLanguage(string info) =>
        info.Length <= LongestInfo && info.All(c => char.IsLetterOrDigit(c) || c is '+' or '-' or '_' or '#' or '.');

    /// <summary>
    /// Drops comments and whatever a browser would not show, and keeps the other markup's text. Code in fences keeps its
    /// angle brackets: nothing is escaped.
    /// </summary>
    private static string RemoveHiddenHtml(string text)
    {
        if (!text.AsSpan().ContainsAny('<', '&'))
        {
            return text;
        }

        var cleaned = InvisibleEntity().Replace(Hidden().Replace(text, ""), "");
        cleaned = Tag().Replace(cleaned, match => CleanTag(match));
        return cleaned == text ? text : cleaned;
    }

    /// <summary>
    /// Whether what stands where a tag has its attributes is a few bare words: "a&lt;b and c&gt;d" compares. So few do not hold an instruction.
    /// </summary>
    private static bool IsComparison(string attributes) =>
        attributes.Length is > 0 and <= LongestComparison
        && attributes.Trim().Length > 0
        && attributes.All(c => char.IsLetterOrDigit(c) || c is ' ' or '.' or '&' or '|')
        && !attributes.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(HtmlNames.BooleanAttributes.Contains);

    private static string CleanTag(Match tag)
    {
        var name = tag.Groups[1].Value.ToLowerInvariant();
        if (IsComparison(tag.Groups[2].Value))
        {
            return tag.Value;
        }

        if (name is "a" or "img")
        {
            return UnsafeAttribute().Replace(tag.Value, "");
        }

        return HtmlNames.KeptTags.Contains(name) ? $"<{(tag.Value[1] == '/' ? "/" : "")}{name}>"
            : HtmlNames.KnownTags.Contains(name) ? ""
            : tag.Value;
    }

    // Lines of what was written in a browser end in \r\n.
    [GeneratedRegex(@"^([ \t]*`{3,})([^`\r\n]*)(?=\r?$)", RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(
        @"<!--.*?(-->|\z)|<(script|style|template|noscript)\b.*?(</\2\s*>|\z)",
        RegexOptions.Singleline | RegexOptions.IgnoreCase
    )]
    private static partial Regex Hidden();

    [GeneratedRegex(
        @"&#(x0*(200[bcef]|61c|ad|feff|180e|202[a-e]|206[0-9]|e00[2-7][0-9a-f]|e0001)|"
            + "0*(820[34567]|8203|1564|173|65279|6158|823[4-8]|828[89]|829[0-7]|917505|91753[6-9]|9175[4-9][0-9]|9176[0-3][0-9]));?|"
            + "&(shy|lrm|rlm|zwnj|ZeroWidthSpace|NoBreak);?",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex InvisibleEntity();

    [GeneratedRegex(@"</?([a-zA-Z][a-zA-Z0-9]*)\b([^<>]*)>")]
    private static partial Regex Tag();

    /// <summary>Everything but href, src, alt and title with http or https.</summary>
    [GeneratedRegex(
        """(?<!\s)\s+(?!(?:(?:href|src)\s*=\s*(?:"https?://[^"]*"|'https?://[^']*')|(?:alt|title)\s*=))[a-zA-Z][-\w:]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+))?""",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex UnsafeAttribute();
}
