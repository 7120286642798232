using McpGateway.Tools.Arguments;

namespace Firecrawl;

/// <summary>What the official server, v1 of the API and its SDKs call our arguments.</summary>
internal static class FirecrawlArguments
{
    public static ArgumentAliases Aliases { get; } =
        new[]
        {
            "formats",
            "onlyMainContent",
            "includeTags",
            "excludeTags",
            "waitFor",
            "mobile",
            "actions",
            "maxAge",
            "headers",
            "proxy",
            "parsers",
            "blockAds",
            "removeBase64Images",
            "jsonOptions",
        }.Aggregate(Known, (aliases, option) => aliases.Take($"scrapeOptions.{option}", option));

    private static ArgumentAliases Known =>
        new ArgumentAliases()
            .Take("url", "link website startUrl pageUrl")
            .Take("urls", "url links")
            .Take("formats", "format outputFormats")
            .Take("maxDiscoveryDepth", "maxDepth depth")
            .Take("crawlEntireDomain", "allowBackwardLinks allowBackwardCrawling")
            .Take("ignoreQueryParameters", "ignoreQueryParams")
            .Take("limit", "maxPages maxResults numResults count")
            .Take("id", "crawlId jobId batchId scrapeId monitorId")
            .Take("scrapeId", "id")
            .Take("cursor", "moreCursor nextCursor")
            .Take("query", "q searchQuery")
            .Take("timeout", "timeoutMs")
            .Take("scrapeOptions", "pageOptions options")
            .Take("jsonOptions", "extract extractorOptions jsonSchema")
            .Take("webhook", "webhookUrl")
            .Take("waitSeconds", "wait waitTime")
            .Take("search", "query filter")
            .Take("prompt", "instruction instructions")
            .TakeValue("kind", "batch", "batchScrape batchScrapes")
            .TakeValue("sources", "alexandria", "exchange")
            .TakeValue("sources", "web", "website websites pages")
            .TakeValue("sources", "images", "image pictures")
            .TakeValue("categories", "research", "papers paper academic")
            .TakeValue("categories", "pdf", "pdfs")
            .TakeValue("enterprise", "zdr", "zeroDataRetention")
            .TakeValue("enterprise", "anon", "anonymous")
            .TakeValue("types", "doc", "docs documentation")
            .TakeValue("types", "issue", "issues")
            .TakeValue("types", "pull_request", "pullRequests pulls pull prs pr")
            .TakeValue("types", "readme", "readmes")
            .TakeValue("sitemap", "skip", "ignore exclude none")
            .Advise("ignoreSitemap", "Use sitemap: \"skip\", or leave it out to use the sitemap.")
            .Advise("sitemapOnly", "Use sitemap: \"only\".")
            .Advise("pollInterval", "Use waitSeconds, and then the status tool.")
            .Advise("scrapeOptions", "The options of a page are arguments of this tool itself: give formats and the like beside url.");
}
