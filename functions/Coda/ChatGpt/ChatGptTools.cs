using System.Globalization;
using Coda.Docs;
using Coda.Pages;
using McpGateway.Tools.ChatGpt;
using McpGateway.Upstream;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Coda.ChatGpt;

/// <summary>
/// The two tools that ChatGPT's deep research and company knowledge look for. Coda's API finds docs by name only, so that pages are
/// found by theirs.
/// </summary>
internal sealed partial class ChatGptTools(
    IDocsApi docs,
    IPagesApi pages,
    PageResolver resolver,
    PageReader text,
    DocResolver docResolver,
    AllowedDocs allowed
)
{
    private const int MostDocs = 10;
    private const int MostDocsLookedInto = 5;
    private const int MostHits = 20;

    /// <summary>For ChatGPT; else coda_search_pages.</summary>
    [McpServerTool(Name = "search", Title = "Search", ReadOnly = true, OpenWorld = true, UseStructuredContent = true)]
    public async partial Task<SearchResults> SearchAsync(string query, CancellationToken cancellationToken)
    {
        var words = query.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length == 0)
        {
            throw new McpException("query is empty: give words to find.");
        }

        var named = await ListAsync(query, cancellationToken);
        var recent = await ListAsync(null, cancellationToken);
        var hits = named.Select(doc => new SearchHit(doc.Id, doc.Name, doc.BrowserLink ?? LinkTo(doc.Id))).ToList();
        foreach (var doc in named.Concat(recent).DistinctBy(doc => doc.Id).Take(MostDocsLookedInto))
        {
            foreach (var page in await PagesOfAsync(new(doc.Id), cancellationToken))
            {
                if (Array.TrueForAll(words, word => Holds(page.Name, word) || Holds(page.Subtitle ?? "", word)))
                {
                    hits.Add(new($"{doc.Id}/{page.Id}", $"{doc.Name}: {page.Name}", page.BrowserLink ?? LinkTo(doc.Id)));
                }
            }
        }

        return new([.. hits.Take(MostHits)]);
    }

    /// <summary>Gets a result of search.</summary>
    [McpServerTool(Name = "fetch", Title = "Fetch", ReadOnly = true, OpenWorld = true, UseStructuredContent = true)]
    public async partial Task<FetchedDocument> FetchAsync(
        string id,
        IProgress<ProgressNotificationValue> progress,
        CancellationToken cancellationToken
    )
    {
        var slash = id.IndexOf("/canvas-", StringComparison.Ordinal);
        var doc = await docResolver.ResolveAsync(slash < 0 ? id : id[..slash], cancellationToken, nameof(id));
        if (slash < 0)
        {
            var whole = await docs.GetDocAsync(doc, cancellationToken);
            var list = await resolver.ListAllAsync(doc, cancellationToken);
            var lines = list.Items.Select(page => $"- {page.Name} (id {doc}/{page.Id})");
            return new(
                id,
                whole.Name,
                $"Pages of this doc, each to be fetched by its id:\n{string.Join('\n', lines)}",
                whole.BrowserLink ?? LinkTo(doc.Value)
            );
        }

        var found = await pages.GetPageAsync(doc, id[(slash + 1)..], cancellationToken);
        var read = await text.ReadAsync(doc, found.Id, "markdown", fresh: true, waitSeconds: 30, progress, cancellationToken);
        return new(
            id,
            found.Name,
            read.Text,
            found.BrowserLink ?? LinkTo(doc.Value),
            read.Note is { } note ? new Dictionary<string, string> { ["note"] = note } : null
        );
    }

    private async Task<List<DocSummary>> ListAsync(string? query, CancellationToken cancellationToken)
    {
        var list = await docs.ListDocsAsync(query, null, null, null, null, null, null, null, MostDocs, null, cancellationToken);
        return [.. list.Items.Where(doc => allowed.Contains(doc.Id))];
    }

    /// <summary>None where Coda refuses to list them, which must not end the search of the other docs.</summary>
    private async Task<IReadOnlyList<PageSummary>> PagesOfAsync(DocId doc, CancellationToken cancellationToken)
    {
        try
        {
            return (await resolver.ListAllAsync(doc, cancellationToken)).Items;
        }
        catch (UpstreamException e) when (e.Status is { } status && (int)status is >= 400 and < 429)
        {
            return [];
        }
    }

    private static bool Holds(string text, string word) =>
        CultureInfo.InvariantCulture.CompareInfo.IndexOf(text, word, CompareOptions.IgnoreCase) >= 0;

    private static string LinkTo(string doc) => $"https://coda.io/d/_d{doc}";
}
