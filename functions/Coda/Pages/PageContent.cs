using McpGateway.Tools.Tokens;

namespace Coda.Pages;

/// <summary>Text of a page, or a part of it.</summary>
/// <param name="Format">The format the content has, which may be another than was asked for; the note says why.</param>
/// <param name="TotalChars">The length of the whole.</param>
/// <param name="NextOffset">Where to go on; absent at the end.</param>
/// <param name="MoreCursor">For read_more, which finds words on the whole page and lists its headings.</param>
public sealed record PageContent(
    string Content,
    string Format,
    int Offset,
    int TotalChars,
    int? NextOffset = null,
    string? MoreCursor = null,
    string? Note = null
)
{
    /// <summary>Whether nothing follows.</summary>
    public bool Complete => NextOffset is null;

    // What is said beside the text.
    private const int TokensOfFacts = 600;

    /// <summary>Cuts a part out of a page, never within a character, and no more than an answer holds.</summary>
    internal static PageContent Cut(ExportedPage page, int offset, int maxChars, int tokens)
    {
        var (text, format, note) = page;
        if (offset >= text.Length && offset > 0)
        {
            return new("", format, offset, text.Length, Note: $"offset is past the end: the content has {text.Length} characters.");
        }

        var start = offset > 0 && char.IsLowSurrogate(text[offset]) ? offset + 1 : offset;
        var counter = new TokenCounter();
        var end = start + counter.AddUpTo(text.AsSpan(start, Math.Min(text.Length - start, maxChars)), tokens - TokensOfFacts);
        if (end < text.Length && char.IsHighSurrogate(text[end - 1]))
        {
            end = end - 1 > start ? end - 1 : end + 1;
        }

        return new(text[start..end], format, start, text.Length, end < text.Length ? end : null, Note: note);
    }
}

/// <summary>The first lines of a page.</summary>
public sealed record PagePeek(IReadOnlyList<PageLine> Lines, bool Complete);

/// <summary>A line of a page.</summary>
/// <param name="Id">For elementId and elementIds.</param>
/// <param name="Style">paragraph, h1, h2, h3, bulletedList, …</param>
/// <param name="Level">Indentation.</param>
public sealed record PageLine(string Id, string? Style = null, string? Text = null, int? Level = null);
