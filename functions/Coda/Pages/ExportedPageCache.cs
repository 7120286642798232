using Coda.Docs;
using McpGateway.Caching;

namespace Coda.Pages;

/// <summary>Keeps what was exported for some minutes, so that reading on does not export again.</summary>
internal sealed class ExportedPageCache(TimeProvider time)
{
    private const long MostCharacters = 10_000_000;
    private const int Turns = 64;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly Remembered<string, ExportedPage> pages = new(Lifetime, MostCharacters, time, page => page.Text.Length);

    private readonly SemaphoreSlim[] turns = [.. Enumerable.Range(0, Turns).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Held by who exports the page: Coda keeps one exported file for each, which parallel exports would overwrite.</summary>
    public SemaphoreSlim TurnOf(DocId doc, string pageId) => turns[(uint)$"{doc} {pageId}".GetHashCode(StringComparison.Ordinal) % Turns];

    public ExportedPage? Find(DocId doc, string pageId, string format) =>
        pages.TryFind(Key(doc, pageId, format), out var page) ? page : null;

    public void Keep(DocId doc, string pageId, string format, ExportedPage page) => pages.Keep(Key(doc, pageId, format), page);

    /// <summary>Forgets a page that is being changed.</summary>
    public void Forget(DocId doc, string pageId)
    {
        foreach (var format in (string[])["markdown", "html", "plainText"])
        {
            pages.Forget(Key(doc, pageId, format));
        }
    }

    private static string Key(DocId doc, string pageId, string format) => $"{doc} {pageId} {format}";
}
