using System.Collections.Concurrent;
using Coda.Docs;

namespace Coda.Pages;

/// <summary>Keeps what was exported for some minutes, so that reading on does not export again.</summary>
internal sealed class ExportedPages(TimeProvider time)
{
    private const long MostCharacters = 10_000_000;
    private const int Turns = 64;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, (ExportedPage Page, long Kept)> pages = new(StringComparer.Ordinal);

    private readonly SemaphoreSlim[] turns = [.. Enumerable.Range(0, Turns).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Held by who exports the page: Coda keeps one exported file for each, which parallel exports would overwrite.</summary>
    public SemaphoreSlim TurnOf(DocId doc, string pageId) => turns[(uint)$"{doc} {pageId}".GetHashCode(StringComparison.Ordinal) % Turns];

    public ExportedPage? Find(DocId doc, string pageId, string format) =>
        pages.TryGetValue(Key(doc, pageId, format), out var kept) && time.GetElapsedTime(kept.Kept) < Lifetime ? kept.Page : null;

    public void Keep(DocId doc, string pageId, string format, ExportedPage page)
    {
        pages[Key(doc, pageId, format)] = (page, time.GetTimestamp());
        var characters = 0L;
        foreach (var (key, kept) in pages.OrderByDescending(entry => entry.Value.Kept))
        {
            characters += kept.Page.Text.Length;
            if (characters > MostCharacters)
            {
                pages.TryRemove(key, out _);
            }
        }
    }

    /// <summary>Forgets a page that is being changed.</summary>
    public void Forget(DocId doc, string pageId)
    {
        foreach (var format in (string[])["markdown", "html", "plainText"])
        {
            pages.TryRemove(Key(doc, pageId, format), out _);
        }
    }

    private static string Key(DocId doc, string pageId, string format) => $"{doc} {pageId} {format}";
}
