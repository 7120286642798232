using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firecrawl.Answers;
using Firecrawl.Scraping;
using Firecrawl.Upstream;
using McpGateway.Text;
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
    /// <param name="sources">Default: web; alexandria: data providers.</param>
    /// <param name="country">Two letters.</param>
    /// <param name="timeout">Milliseconds.</param>
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
        [JsonShape("string", "object"), Subset("web", "images", "news", "alexandria")] JsonElement[]? sources = null,
        [JsonShape("string", "object"), Subset("github", "research", "pdf", "developer")] JsonElement[]? categories = null,
        [Subset("default", "anon", "zdr")] string[]? enterprise = null,
        bool? highlights = null,
        string? country = null,
        bool? safe = null,
        int? timeout = null,
        bool? ignoreInvalidURLs = null,
        [ReadAs(typeof(ScrapeOptions))] JsonObject? scrapeOptions = null,
        JsonObject? threatProtection = null,
        [AllowedValues("compact", "summary", "full")] string? toolDetail = null,
        bool? domainTools = null,
        string? lang = null,
        CancellationToken cancellationToken = default
    )
    {
        SearchSources.CheckDomains(includeDomains, excludeDomains);
        tbs = TimeFilter.Read(tbs, "tbs");
        CheckCode(country, "country", "DE");
        CheckCode(lang, "lang", "de");
        sources = SearchSources.Read(sources);
        if (scrapeOptions is not null && SearchSources.HasNoPagesToRead(sources))
        {
            throw new McpException(
                "scrapeOptions is for the pages that a search finds, and sources asks for none: add web or news, or leave scrapeOptions out. "
                    + "Nothing was sent."
            );
        }

        if (SearchSources.HasCatalogue(sources))
        {
            // As the official server asks: matches for the pages found as well, without contracts.
            domainTools ??= SearchSources.HasPages(sources);
            toolDetail ??= "compact";
        }

        Milliseconds.Check(timeout, nameof(timeout), 1_000);
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
                        includeDomains = SearchSources.HostsOf(includeDomains, nameof(includeDomains)),
                        excludeDomains = SearchSources.HostsOf(excludeDomains, nameof(excludeDomains)),
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
        if (pages is not null && ErrorPages.Describe(FoundIn(answer)) is { } errors)
        {
            answer["note"] = errors;
        }
        else if (FindsNothing(answer))
        {
            answer["note"] = server.IsCloud
                ? "Nothing was found: use fewer or other words, or leave filters out."
                : "Nothing was found. If every search ends so, this self-hosted Firecrawl has no search engine (its operator sets "
                    + "SEARXNG_ENDPOINT there); else use fewer or other words.";
        }

        return Answer.Of(answer);
    }

    // The API passes on whatever it is, and the search engine takes no notice of what it does not know.
    private static void CheckCode(string? code, string field, string example)
    {
        if (code is not null && !(code is [var first, var second] && char.IsAsciiLetter(first) && char.IsAsciiLetter(second)))
        {
            throw new McpException(
                $"{field}='{Cut.To(code, 50)}' is not a code of two letters: use one such as {example}. Nothing was sent."
            );
        }
    }

    private static IEnumerable<JsonObject> FoundIn(JsonObject answer) =>
        (answer["data"] as JsonObject ?? []).SelectMany(kind => kind.Value as JsonArray ?? []).OfType<JsonObject>();

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
