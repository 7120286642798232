using System.Text;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.Footnotes;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace GitHub.Text;

/// <summary>
/// Cuts out of Markdown what its reader does not see, and leaves every other character where it is: comments and attributes of HTML, titles of links,
/// definitions that no link uses, what stands behind the language of a code fence, entities without a glyph. Code is shown as it is, and stays.
/// </summary>
internal sealed partial class RenderedText
{
    private const int LongestInfo = 48;

    // Nobody writes so many, and parsing takes time by their square.
    private const int MostBrackets = 2_500;
    private const int MostStars = 10_000;

    /// <summary>A footnote is not the definition of a link: it is shown.</summary>
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePreciseSourceLocation().UseFootnotes().Build();

    private readonly string text;
    private readonly List<TextCut> cuts = [];
    private HiddenHtml? open;

    private RenderedText(string text) => this.text = text;

    public static string Clean(string text)
    {
        if (!MayHide(text))
        {
            return text;
        }

        if (text.AsSpan().Count('[') > MostBrackets || text.AsSpan().Count('*') + text.AsSpan().Count('_') > MostStars)
        {
            return NotShown(text);
        }

        try
        {
            return new RenderedText(text).CleanAll(Markdown.Parse(text, Pipeline));
        }
        catch (ArgumentException)
        {
            // Nested too deeply.
            return NotShown(text);
        }
    }

    private static string NotShown(string text) =>
        $"(not shown: a text of {text.Length} characters made to be hard to read, or of thousands of brackets or stars)";

    /// <summary>Whether there is anything that could be hidden: parsing costs more than everything else that is done with a text.</summary>
    private static bool MayHide(string text) =>
        (text.Contains('<', StringComparison.Ordinal) && Markup().IsMatch(text))
        || (text.Contains('&', StringComparison.Ordinal) && Entity().IsMatch(text))
        || (text.Contains("](", StringComparison.Ordinal) && Title().IsMatch(text))
        || (text.Contains("]:", StringComparison.Ordinal) && Definition().IsMatch(text))
        || ((text.Contains("```", StringComparison.Ordinal) || text.Contains("~~~", StringComparison.Ordinal)) && LongInfo().IsMatch(text));

    private string CleanAll(MarkdownDocument document)
    {
        var nodes = document.Descendants().ToList();
        var used = nodes.OfType<LinkInline>().Select(link => link.Reference).OfType<LinkReferenceDefinition>().ToHashSet();
        foreach (var node in nodes)
        {
            switch (node)
            {
                case HtmlBlock or HtmlInline:
                    CutHtml(node.Span);
                    break;
                case HtmlEntityInline entity when InvisibleText.Remove(entity.Transcoded.ToString()).Length < entity.Transcoded.Length:
                    cuts.Add(new(entity.Span.Start, entity.Span.End + 1));
                    break;
                case FootnoteLinkReferenceDefinition:
                    break;
                case LinkReferenceDefinition definition when !used.Contains(definition):
                    CutLines(definition.Span);
                    break;
                case LinkReferenceDefinition { Title.Length: > 0 } definition:
                    CutTitle(definition.TitleSpan);
                    break;
                case LinkInline { Reference: null, Title.Length: > 0 } link:
                    CutTitle(link.TitleSpan);
                    break;
                case FencedCodeBlock fence:
                    CutInfo(fence);
                    break;
            }
        }

        if (open is not null)
        {
            cuts.Add(new(open.Start, text.Length));
        }

        return Apply();
    }

    /// <summary>A comment, or an element that is not shown, may begin in one place and end in another, with Markdown between them.</summary>
    private void CutHtml(SourceSpan span)
    {
        var (start, end) = (span.Start, Math.Min(span.End + 1, text.Length));
        if (open is not null)
        {
            if (start < open.Start || open.FindEnd(text[start..end]) is not { } length)
            {
                return;
            }

            cuts.Add(new(open.Start, start + length));
            start += length;
            open = null;
        }

        var html = new HtmlText(text[start..end]);
        foreach (var cut in html.Cuts)
        {
            cuts.Add(cut with { Start = cut.Start + start, End = cut.End + start });
        }

        open = html.Open is { } hidden ? hidden with { Start = hidden.Start + start } : null;
    }

    /// <summary>With the blanks before it.</summary>
    private void CutTitle(SourceSpan title)
    {
        var start = title.Start;
        while (start > 0 && char.IsWhiteSpace(text[start - 1]))
        {
            start--;
        }

        cuts.Add(new(start, title.End + 1));
    }

    /// <summary>With the end of the last line, where nothing stands before it.</summary>
    private void CutLines(SourceSpan span)
    {
        var end = span.End + 1;
        while (end < text.Length && text[end] is ' ' or '\t')
        {
            end++;
        }

        var lineStart = span.Start;
        while (lineStart > 0 && text[lineStart - 1] is ' ')
        {
            lineStart--;
        }

        if (lineStart == 0 || text[lineStart - 1] == '\n')
        {
            end +=
                text.AsSpan(end) is ['\r', '\n', ..] ? 2
                : text.AsSpan(end) is ['\n', ..] ? 1
                : 0;
        }

        cuts.Add(new(lineStart == 0 || text[lineStart - 1] == '\n' ? lineStart : span.Start, end));
    }

    /// <summary>An info string names a language; anything longer or with blanks is not one.</summary>
    private void CutInfo(FencedCodeBlock fence)
    {
        var start = fence.Span.Start;
        while (start < text.Length && text[start] == ' ')
        {
            start++;
        }

        while (start < text.Length && text[start] == fence.FencedChar)
        {
            start++;
        }

        var end = text.AsSpan(start).IndexOfAny('\r', '\n') is >= 0 and var length ? start + length : text.Length;
        if (!IsLanguage(text[start..end].Trim()))
        {
            cuts.Add(new(start, end));
        }
    }

    private static bool IsLanguage(string info) =>
        info.Length <= LongestInfo && info.All(c => char.IsLetterOrDigit(c) || c is '+' or '-' or '_' or '#' or '.');

    private string Apply()
    {
        var kept = new StringBuilder(text.Length);
        var at = 0;
        foreach (var cut in cuts.OrderBy(cut => cut.Start).ThenByDescending(cut => cut.End))
        {
            if (cut.Start >= at)
            {
                kept.Append(text, at, cut.Start - at).Append(cut.Instead);
            }

            at = Math.Max(at, cut.End);
        }

        return at == 0 ? text : kept.Append(text, at, text.Length - at).ToString();
    }

    [GeneratedRegex("<[a-zA-Z/!?]")]
    private static partial Regex Markup();

    [GeneratedRegex("&(#[0-9xX]|[a-zA-Z]+;)")]
    private static partial Regex Entity();

    /// <summary>[a](https://example.org "what nobody sees")</summary>
    [GeneratedRegex(@"\]\(\s*(<[^<>\n]*>|[^\s<][^\s]*)\s+[""'(]")]
    private static partial Regex Title();

    /// <summary>[1]: https://example.org "what nobody sees", in a quote or a list as well</summary>
    [GeneratedRegex(@"^[ \t>*+\-0-9.)]*\[[^\]]+\]:", RegexOptions.Multiline)]
    private static partial Regex Definition();

    [GeneratedRegex(@"(```|~~~)[`~]*[ \t]*([^\s`~]{49}|[^\s`]+[ \t]+[^\s`]|[^\s`~]*[^\s`~\w+\-#.])")]
    private static partial Regex LongInfo();
}

/// <summary>A part of a text that goes.</summary>
/// <param name="End">The first character after it.</param>
internal sealed record TextCut(int Start, int End, string Instead = "");
