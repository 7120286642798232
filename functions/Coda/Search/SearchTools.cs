using System.Globalization;
using System.Net;
using Coda.Docs;
using Coda.Pages;
using Coda.Upstream;
using McpGateway.Text;
using McpGateway.Tools.Schemas;
using McpGateway.Upstream;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Coda.Search;

/// <summary>Finding pages: the API itself has no search.</summary>
internal sealed partial class SearchTools(DocResolver docs, PageResolver pages, PageReader text)
{
    private const int MostPagesRead = 30;
    private const int MostLines = 500;
    private const int LongestLine = 200;

    /// <summary>Finds pages of a doc by words in their names, optionally in their text (of at most 30 pages).</summary>
    /// <param name="docId">ID, link or name.</param>
    /// <param name="includeContent">Search text too; slower.</param>
    /// <param name="limit">Most hits to return.</param>
    [McpServerTool(Name = "coda_search_pages", Title = "Search pages", ReadOnly = true, OpenWorld = true, UseStructuredContent = true)]
    public async partial Task<PageHits> SearchPagesAsync(
        string docId,
        string query,
        IProgress<ProgressNotificationValue> progress,
        bool includeContent = false,
        [AtLeast(1)] int limit = 25,
        CancellationToken cancellationToken = default
    )
    {
        var doc = await docs.ResolveAsync(docId, cancellationToken);
        var all = await pages.ListAllAsync(doc, cancellationToken);
        var words = query.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var hits = all
            .Items.Where(page => Holds(page.Name, words) || Holds(page.Subtitle ?? "", words))
            .Select(page => new PageHit(page.Id, page.Name, page.BrowserLink))
            .ToList();
        var others = all.Items.Where(page => page.ContentType is null or "canvas" && !hits.Exists(hit => hit.Id == page.Id)).ToList();
        var read = 0;
        var unread = new List<string>();
        var cut = new List<string>();
        foreach (var page in includeContent ? others.Take(MostPagesRead) : [])
        {
            if (hits.Count >= limit)
            {
                break;
            }

            var lines = await TryReadAsync(doc, page.Id, cancellationToken);
            progress.Report(
                new()
                {
                    Progress = ++read,
                    Total = Math.Min(others.Count, MostPagesRead),
                    Message = $"Reading {page.Name}",
                }
            );
            if (lines is null)
            {
                unread.Add(page.Name);
            }
            else if (lines.Items.Select(line => line.ItemContent?.Content ?? "").FirstOrDefault(line => Holds(line, words)) is { } line)
            {
                hits.Add(new(page.Id, page.Name, page.BrowserLink, Cut.To(line, LongestLine)));
            }
            else if (!lines.Complete)
            {
                cut.Add(page.Name);
            }
        }

        var complete =
            all.Complete && hits.Count <= limit && (!includeContent || (read == others.Count && unread.Count == 0 && cut.Count == 0));
        return new([.. hits.Take(limit)], complete, complete || !includeContent ? null : Describe(read, others.Count, unread, cut));
    }

    /// <summary>The first lines of a page; null when Coda refuses to give them, which must not end the search of the others.</summary>
    private async Task<CodaList<PageElement>?> TryReadAsync(DocId doc, string pageId, CancellationToken cancellationToken)
    {
        try
        {
            return await text.ReadLinesAsync(doc, pageId, MostLines, cancellationToken);
        }
        catch (UpstreamException e)
            when (e.Status is HttpStatusCode.Gone or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.BadRequest)
        {
            return null;
        }
    }

    private static string Describe(int read, int all, List<string> unread, List<string> cut) =>
        $"The text of {read - unread.Count} of {all} pages was searched."
        + (unread.Count == 0 ? "" : $" These could not be read: {Quote(unread)}.")
        + (cut.Count == 0 ? "" : $" Of these the first {MostLines} lines only: {Quote(cut)}.");

    private static string Quote(List<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));

    private static bool Holds(string text, string[] words) =>
        Array.TrueForAll(words, word => CultureInfo.InvariantCulture.CompareInfo.IndexOf(text, word, CompareOptions.IgnoreCase) >= 0);
}
