using System.Text.Json;
using System.Text.Json.Nodes;
using Firecrawl.Answers;
using Firecrawl.Scraping;
using Firecrawl.Searching;
using Firecrawl.Upstream;
using McpGateway.Tools.ChatGpt;
using ModelContextProtocol.Server;

namespace Firecrawl.ChatGpt;

/// <summary>The two tools that ChatGPT's deep research and company knowledge look for.</summary>
internal sealed partial class ChatGptTools(ISearchApi search, IScrapeApi scrape)
{
    /// <summary>For ChatGPT; else firecrawl_search. 2 credits.</summary>
    [McpServerTool(Name = "search", Title = "Search", ReadOnly = true, OpenWorld = true, UseStructuredContent = true)]
    public async partial Task<SearchResults> SearchAsync(string query, CancellationToken cancellationToken)
    {
        var answer = await search.SearchAsync(Body.Of(new { query }), cancellationToken);
        Answer.Check(answer);
        // Older servers answer with the list alone, and with nothing in it where nothing was found.
        var found = answer["data"] is JsonObject data
            ? data["web"] ?? (data.Count == 0 && IsSuccess(answer) ? new JsonArray() : null)
            : answer["data"];
        var hits = (found as JsonArray)?.OfType<JsonObject>().Where(hit => hit["url"]?.GetValueKind() == JsonValueKind.String).ToList();
        return hits is null || (hits.Count == 0 && found!.AsArray().Count > 0)
            ? throw Answer.Unreadable("JSON without a list of results")
            : new([.. hits.Select(hit => new SearchHit($"{hit["url"]}", $"{hit["title"] ?? hit["url"]}", $"{hit["url"]}"))]);
    }

    /// <summary>Gets a result; 1 credit.</summary>
    [McpServerTool(Name = "fetch", Title = "Fetch", ReadOnly = true, OpenWorld = true, UseStructuredContent = true)]
    public async partial Task<FetchedDocument> FetchAsync(string id, CancellationToken cancellationToken)
    {
        var answer = await scrape.ScrapeAsync(Body.Of(new { url = id }), once: false, cancellationToken);
        Answer.Check(answer);
        if (answer["data"] is not JsonObject page)
        {
            throw Answer.Unreadable("JSON without a page");
        }

        var metadata = page["metadata"] as JsonObject;
        var facts = new Dictionary<string, string>();
        foreach (
            var (name, value) in new[]
            {
                ("statusCode", metadata?["statusCode"]),
                ("warning", page["warning"] ?? answer["warning"]),
                ("note", PageNotes.Of(page, asked: null)),
            }
        )
        {
            if (value is not null)
            {
                facts[name] = value.ToString();
            }
        }

        return new(
            id,
            metadata?["title"]?.ToString() ?? id,
            page["markdown"]?.ToString() ?? "",
            metadata?["url"]?.ToString() ?? metadata?["sourceURL"]?.ToString() ?? id,
            facts.Count == 0 ? null : facts
        );
    }

    private static bool IsSuccess(JsonObject answer) => answer["success"]?.GetValueKind() == JsonValueKind.True;
}
