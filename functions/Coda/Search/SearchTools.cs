using System.Globalization;
using Coda.Docs;
using Coda.Pages;
using McpGateway.Text;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Coda.Search;

/// <summary>Finding pages: the API itself has no search.</summary>
[McpServerToolType]
internal sealed partial class SearchTools(DocResolver docs, PageResolver pages, PageText text)
{
    private const int MostPagesRead = 30;
    private const int MostLines = 500;
    private const int LongestLine = 200;

    /// <summary>Finds pages of a doc by words in their names, optionally in their text (of at most 30 pages).</summary>
    /// <param name="docId">ID, link or name.</param>
    /// <param name="includeContent">Search text too; slower.</param>
    /// <param name="limit">Most hits.</param>
    [McpServerTool(Name = "coda_search_pages", Title = "Search pages", ReadOnly = true, OpenWorld = true, UseStructuredContent = true)]
    public async partial Task<PageHits> SearchPagesAsync(
        string docId,
        string query,
        IProgress<ProgressNotificationValue> progress,
        bool includeContent = false,
        int limit = 25,
        CancellationToken cancellationToken = default
    )
    {
        if (string.IsNullOrWhiteSpace(query) || limit < 1)
        {
            throw new McpException($"query='{query}', limit={limit}: give words to find and a limit of at least 1.");
        }

        var doc = await docs.ResolveAsync(docId, cancellationToken);
        var all = await pages.ListAllAsync(doc, cancellationToken);
        var words = query.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var hits = all
            .Items.Where(page => Holds(page.Name, words) || Holds(page.Subtitle ?? "", words))
            .Select(page => new PageHit(page.Id, page.Name, page.BrowserLink))
            .ToList();
        var others = all.Items.Where(page => page.ContentType is null or "canvas" && !hits.Exists(hit => hit.Id == page.Id)).ToList();
        var read = 0;
        foreach (var page in includeContent ? others.Take(MostPagesRead) : [])
        {
            if (hits.Count >= limit)
            {
                break;
            }

            var lines = await text.ReadLinesAsync(doc, page.Id, MostLines, cancellationToken);
            progress.Report(
                new()
                {
                    Progress = ++read,
                    Total = Math.Min(others.Count, MostPagesRead),
                    Message = $"Reading {page.Name}",
                }
            );
            if (lines.Items.Select(line => line.ItemContent?.Content ?? "").FirstOrDefault(line => Holds(line, words)) is { } line)
            {
                hits.Add(new(page.Id, page.Name, page.BrowserLink, Cut.To(line, LongestLine)));
            }
        }

        var complete = all.Complete && hits.Count <= limit && (!includeContent || read == others.Count);
        return new(
            [.. hits.Take(limit)],
            complete,
            complete || !includeContent ? null : $"The text of {read} of {others.Count} pages was searched."
        );
    }

    private static bool Holds(string text, string[] words) =>
        Array.TrueForAll(words, word => CultureInfo.InvariantCulture.CompareInfo.IndexOf(text, word, CompareOptions.IgnoreCase) >= 0);
}
