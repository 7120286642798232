using System.Text.Json;
using System.Text.Json.Nodes;
using Firecrawl.Answers;
using Firecrawl.Scraping;
using Firecrawl.Upstream;
using McpGateway.Tools.Schemas;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Firecrawl.Searching;

/// <summary>Tools that search the web.</summary>
internal sealed partial class SearchTools(ISearchApi search, FirecrawlServer server, Waiting waiting)
{
    /// <summary>
    /// Searches the web, news or images; with scrapeOptions the pages found are read too. 2 credits per 10 results, and those of each
    /// page read.
    /// </summary>
    /// <param name="limit">Per source, 1 to 100, default 10.</param>
    /// <param name="tbs">Age: qdr:h, d, w, m or y; sbd:1 sorts by date.</param>
    /// <param name="includeDomains">Host names; not with excludeDomains.</param>
    /// <param name="sources">web (default), images, news, alexandria (data providers), or objects {type, …}.</param>
    /// <param name="categories">github, research, pdf, developer.</param>
    /// <param name="enterprise">anon or zdr.</param>
    /// <param name="country">Two letters.</param>
    /// <param name="timeout">Milliseconds.</param>
    /// <param name="toolDetail">Of providers: compact, summary or full.</param>
    /// <param name="domainTools">Also find data providers.</param>
    /// <param name="scrapeOptions">As the parameters of firecrawl_scrape.</param>
    [PageTexts]
    [McpServerTool(Name = "firecrawl_search", Title = "Search the web", ReadOnly = true, OpenWorld = true)]
    public async partial Task<string> SearchAsync(
        string query,
        IProgress<ProgressNotificationValue> progress,
        [AtLeast(1)] int? limit = null,
        string? tbs = null,
        string? filter = null,
        string? location = null,
        string[]? includeDomains = null,
        string[]? excludeDomains = null,
        [JsonShape("string", "object")] JsonElement[]? sources = null,
        [JsonShape("string", "object")] JsonElement[]? categories = null,
        string[]? enterprise = null,
        bool? highlights = null,
        string? country = null,
        bool? safe = null,
        int? timeout = null,
        bool? ignoreInvalidURLs = null,
        [ReadAs(typeof(ScrapeOptions))] JsonObject? scrapeOptions = null,
        JsonObject? threatProtection = null,
        string? toolDetail = null,
        bool? domainTools = null,
        string? lang = null,
        CancellationToken cancellationToken = default
    )
    {
        if (includeDomains is { Length: > 0 } && excludeDomains is { Length: > 0 })
        {
            throw new McpException("includeDomains and excludeDomains exclude each other: give one of them.");
        }

        if (tbs is not null && !tbs.Contains(':', StringComparison.Ordinal))
        {
            throw new McpException(
                $"tbs='{tbs}' is not a filter of time: use qdr:h, qdr:d, qdr:w, qdr:m or qdr:y (the last hour to year), sbd:1 "
                    + "(sorted by date) or cdr:1,cd_min:1/1/2026,cd_max:2/1/2026."
            );
        }

        sources = SearchSources.OfOneKind(SearchSources.WithTodaysNames(sources));
        if (SearchSources.HasCatalogue(sources))
        {
            // As the official server asks: matches for the pages found as well, without contracts.
            domainTools ??= SearchSources.HasPages(sources);
            toolDetail ??= "compact";
        }

        Patience.Allow(timeout);
        var pages = scrapeOptions is null ? null : PagesOf(ScrapeOptions.Read(scrapeOptions));
        var answer = await waiting.ForAsync(
            search.SearchAsync(
                Body.Of(
                    new
                    {
                        query,
                        limit,
                        tbs,
                        filter,
                        location,
                        includeDomains = SearchSources.HostsOf(includeDomains),
                        excludeDomains = SearchSources.HostsOf(excludeDomains),
                        sources,
                        categories = SearchSources.OfOneKind(categories),
                        enterprise,
                        highlights,
                        country,
                        safe,
                        timeout,
                        ignoreInvalidURLs,
                        scrapeOptions = pages,
                        threatProtection,
                        toolDetail,
                        domainTools,
                        lang,
                    }
                ),
                cancellationToken
            ),
            "The search",
            progress
        );
        if (FindsNothing(answer))
        {
            answer["note"] = server.IsCloud
                ? "Nothing was found: use fewer or other words, or leave filters out."
                : "Nothing was found. If every search ends so, this self-hosted Firecrawl has no search engine (its operator sets "
                    + "SEARXNG_ENDPOINT there); else use fewer or other words.";
        }

        return Answer.Of(answer);
    }

    private static bool FindsNothing(JsonObject answer) =>
        answer["data"] switch
        {
            JsonArray { Count: 0 } => true,
            JsonObject kinds => kinds.All(kind => kind.Value is JsonArray { Count: 0 }),
            _ => false,
        };

    /// <summary>This tool only reads, and clients run it unasked: what changes something is not sent.</summary>
    private static JsonObject PagesOf(ScrapeOptions options) =>
        options.Actions is { Length: > 0 }
            ? throw new McpException(
                "scrapeOptions.actions is refused: firecrawl_search only reads. Scrape the pages found with firecrawl_scrape and its actions."
            )
        : options.Profile?.SaveChanges == true
            ? throw new McpException(
                "scrapeOptions.profile.saveChanges is refused: firecrawl_search only reads. Scrape the pages found with firecrawl_scrape."
            )
        : (options with { Profile = options.Profile is { } profile ? profile with { SaveChanges = false } : null }).ToBodyOfReader();
}
