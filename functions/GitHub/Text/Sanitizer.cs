using System.Text;
using System.Text.RegularExpressions;

namespace GitHub.Text;

/// <summary>
/// Cleans text other people wrote of what a reader does not see and a model obeys: invisible characters, instructions in
/// the info string of a code fence, HTML that is not rendered. File contents and diffs stay as they are.
/// </summary>
internal static partial class Sanitizer
{
    private const int LongestInfo = 48;

    public static string? Clean(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return text;
        }

        var visible = CleanFences(RemoveInvisible(text));
        var rendered = RemoveHiddenHtml(visible);
        return ReferenceEquals(rendered, visible) ? visible : CleanFences(RemoveInvisible(rendered));
    }

    /// <summary>Removes what has no glyph: zero-width, bidirectional control, tag characters, and stray variation selectors.</summary>
    private static string RemoveInvisible(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange('\0', '~'))
        {
            return text;
        }

        var kept = new StringBuilder(text.Length);
        Rune? previous = null;
        foreach (var rune in text.EnumerateRunes())
        {
            previous = IsInvisible(rune.Value) || (IsSelector(rune.Value) && !MayFollow(rune.Value, previous)) ? null : rune;
            if (previous is not null)
            {
                kept.Append(rune);
            }
        }

        return kept.Length == text.Length ? text : kept.ToString();
    }

    private static bool IsInvisible(int rune) =>
        rune
            is 0x200B
                or 0x200C
                or 0x200E
                or 0x200F
                or 0x061C
                or 0x00AD
                or 0xFEFF
                or 0x180E
                or 0xE0001
                or (>= 0xE0020 and <= 0xE007F)
                or (>= 0x202A and <= 0x202E)
                or (>= 0x2066 and <= 0x2069)
                or (>= 0x2060 and <= 0x2064);

    private static bool IsSelector(int rune) => rune is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);

    /// <summary>Selectors choose between the glyphs of the rune before; a run of them hides bytes.</summary>
    private static bool MayFollow(int selector, Rune? previous)
    {
        if (previous is not { } rune || IsSelector(rune.Value) || Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
        {
            return false;
        }

        if (selector >= 0xE0100)
        {
            return rune.Value
                is (>= 0x3400 and <= 0x4DBF)
                    or (>= 0x4E00 and <= 0x9FFF)
                    or (>= 0xF900 and <= 0xFAFF)
                    or (>= 0x20000 and <= 0x323AF);
        }

        return !rune.IsAscii || (rune.Value is '#' or '*' or (>= '0' and <= '9') && selector is 0xFE0E or 0xFE0F);
    }

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

    private static string CleanTag(Match tag)
    {
        var name = tag.Groups[1].Value.ToLowerInvariant();
        if (name is "a" or "img")
        {
            return UnsafeAttribute().Replace(tag.Value, "");
        }

        return KeptTags.Contains(name) ? $"<{(tag.Value[1] == '/' ? "/" : "")}{name}>"
            : KnownTags.Contains(name) ? ""
            : tag.Value;
    }

    private static readonly HashSet<string> KeptTags =
    [
        "b",
        "blockquote",
        "br",
        "code",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "li",
        "ol",
        "p",
        "pre",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ];

    /// <summary>Elements of HTML that are not shown as such; other names in angle brackets are code (generics) and stay.</summary>
    private static readonly HashSet<string> KnownTags =
    [
        "abbr",
        "address",
        "area",
        "article",
        "aside",
        "audio",
        "base",
        "body",
        "button",
        "canvas",
        "center",
        "cite",
        "col",
        "colgroup",
        "dd",
        "del",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "embed",
        "fieldset",
        "figcaption",
        "figure",
        "font",
        "footer",
        "form",
        "frame",
        "frameset",
        "g",
        "head",
        "header",
        "html",
        "iframe",
        "input",
        "ins",
        "kbd",
        "label",
        "link",
        "main",
        "map",
        "mark",
        "meta",
        "nav",
        "noscript",
        "object",
        "option",
        "param",
        "picture",
        "q",
        "s",
        "samp",
        "section",
        "select",
        "small",
        "source",
        "span",
        "strike",
        "summary",
        "svg",
        "template",
        "textarea",
        "tt",
        "u",
        "var",
        "video",
    ];

    // Lines of what was written in a browser end in \r\n.
    [GeneratedRegex(@"^([ \t]*`{3,})([^`\r\n]*)(?=\r?$)", RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(
        @"<!--.*?(-->|\z)|<(script|style|template|noscript)\b.*?(</\2\s*>|\z)",
        RegexOptions.Singleline | RegexOptions.IgnoreCase
    )]
    private static partial Regex Hidden();

    [GeneratedRegex(
        @"&#(x0*(200[bcef]|61c|ad|feff|180e|202[a-e]|206[0-9]|e00[2-7][0-9a-f]|e0001)|0*(820[34567]|8203|1564|173|65279|6158|823[4-8]|828[89]|829[0-7]|917505|91753[6-9]|9175[4-9][0-9]|9176[0-3][0-9]));?|&(shy|lrm|rlm|zwnj|ZeroWidthSpace|NoBreak);?",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex InvisibleEntity();

    [GeneratedRegex(@"</?([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*>")]
    private static partial Regex Tag();

    /// <summary>Everything but href, src, alt and title with http or https.</summary>
    [GeneratedRegex(
        """(?<!\s)\s+(?!(?:(?:href|src)\s*=\s*(?:"https?://[^"]*"|'https?://[^']*')|(?:alt|title)\s*=))[a-zA-Z][-\w:]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+))?""",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex UnsafeAttribute();
}
