using System.Net;
using System.Text.RegularExpressions;

namespace GitHub.Text;

/// <summary>A piece of HTML as GitHub takes it from Markdown: what of it is not shown, and what is still hidden behind it.</summary>
internal sealed partial class HtmlText
{
    /// <summary>Longer tags of names that are not HTML's are no code, such as a generic type, but a place to hide.</summary>
    private const int LongestUnknown = 24;
    private const int LongestComparison = 16;

    private readonly List<TextCut> cuts = [];

    public HtmlText(string html)
    {
        var at = 0;
        while (Open is null && html.AsSpan(at).IndexOfAny('<', '&') is >= 0 and var next)
        {
            at += next;
            at = html[at] == '&' ? ReadEntity(html, at) : ReadMarkup(html, at);
        }
    }

    public IReadOnlyList<TextCut> Cuts => cuts;

    /// <summary>What began here and is not at its end: everything after it is hidden as well.</summary>
    public HiddenHtml? Open { get; private set; }

    private int ReadEntity(string html, int at)
    {
        if (Entity().Match(html, at) is not { Success: true } entity)
        {
            return at + 1;
        }

        var shown = WebUtility.HtmlDecode(entity.Value.EndsWith(';') ? entity.Value : $"{entity.Value};");
        if (InvisibleText.Remove(shown).Length < shown.Length)
        {
            cuts.Add(new(at, at + entity.Length));
        }

        return at + entity.Length;
    }

    private int ReadMarkup(string html, int at)
    {
        var rest = html.AsSpan(at);
        if (rest.StartsWith("<!--"))
        {
            return Hide(html, at, at + 2, HiddenHtml.Comment);
        }

        if (rest is ['<', '!' or '?', ..])
        {
            return Hide(html, at, at, HiddenHtml.Declaration);
        }

        if (Tag().Match(html, at) is { Success: true } tag)
        {
            var name = tag.Groups["name"].Value.ToLowerInvariant();
            if (HtmlNames.HiddenElements.Contains(name) && html[at + 1] != '/' && !IsComparison(tag.Groups["attributes"].Value))
            {
                return Hide(html, at, at + tag.Length, $"</{name}");
            }

            var cleaned = Clean(tag, name);
            if (cleaned != tag.Value)
            {
                cuts.Add(new(at, at + tag.Length, cleaned));
            }

            return at + tag.Length;
        }

        if (rest is ['<', '/', >= 'A' and <= 'z', ..] or ['<', >= 'A' and <= 'z', ..])
        {
            // Its attributes go on into what follows, to the end of a quotation at the latest.
            var isQuoted = rest.Count('"') % 2 == 1 || rest.Count('\'') % 2 == 1;
            cuts.Add(new(at, html.Length));
            Open = isQuoted ? new(at, HiddenHtml.Nothing) : null;
            return html.Length;
        }

        return at + 1;
    }

    private int Hide(string html, int start, int from, string end)
    {
        var hidden = new HiddenHtml(start, end);
        if (hidden.FindEnd(html[from..]) is { } length)
        {
            cuts.Add(new(start, from + length));
            return from + length;
        }

        Open = hidden;
        return html.Length;
    }

    /// <summary>
    /// Whether what stands where a tag has its attributes is a few bare words: "a&lt;b and c&gt;d" compares. So few do not hold an instruction.
    /// </summary>
    private static bool IsComparison(string attributes) =>
        attributes.Length is > 0 and <= LongestComparison
        && attributes.Trim().Length > 0
        && attributes.All(c => char.IsLetterOrDigit(c) || c is ' ' or '.' or '&' or '|')
        && !attributes.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(HtmlNames.BooleanAttributes.Contains);

    private static string Clean(Match tag, string name)
    {
        var attributes = tag.Groups["attributes"].Value;
        return IsComparison(attributes) ? tag.Value
            : name is "a" or "img" ? UnsafeAttribute().Replace(tag.Value, "")
            : HtmlNames.KeptTags.Contains(name) ? $"<{(tag.Value[1] == '/' ? "/" : "")}{name}>"
            : HtmlNames.KnownTags.Contains(name) ? ""
            : attributes.Trim(' ', '/').Length == 0 && tag.Length <= LongestUnknown && name.All(char.IsAsciiLetterOrDigit) ? tag.Value
            : "";
    }

    [GeneratedRegex(
        """\G</?(?<name>[a-zA-Z][^\s/>"'=<]*)(?<attributes>([^<>"']|"[^"]*"|'[^']*')*)>""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Tag();

    [GeneratedRegex(@"\G&(#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[a-zA-Z][a-zA-Z0-9]{1,31});?")]
    private static partial Regex Entity();

    /// <summary>Everything but href and src with http or https, and alt.</summary>
    [GeneratedRegex(
        """(?<!\s)\s+(?!(?:(?:href|src)\s*=\s*(?:"https?://[^"]*"|'https?://[^']*')|alt\s*=))[a-zA-Z][-\w:]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+))?""",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex UnsafeAttribute();
}

/// <summary>Something in HTML that hides what follows it.</summary>
/// <param name="Ends">What ends it.</param>
internal sealed record HiddenHtml(int Start, string Ends)
{
    public const string Comment = "-->";
    public const string Declaration = ">";
    public const string Nothing = "";

    /// <summary>How much of a piece is hidden; null: all of it, and what follows.</summary>
    public int? FindEnd(string html)
    {
        if (Ends.Length == 0)
        {
            return null;
        }

        var end = html.IndexOf(Ends, StringComparison.OrdinalIgnoreCase);
        if (Ends == Comment && html.IndexOf("--!>", StringComparison.Ordinal) is >= 0 and var other && (end < 0 || other < end))
        {
            return other + 4;
        }

        // The tag that ends an element has an end of its own.
        return end < 0 ? null
            : Ends[0] == '<' ? (html.IndexOf('>', end) is >= 0 and var close ? close + 1 : html.Length)
            : end + Ends.Length;
    }
}
