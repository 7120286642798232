using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firecrawl.Answers;
using Firecrawl.Jobs;
using Firecrawl.Scraping;
using Firecrawl.Team;
using Firecrawl.Upstream;
using McpGateway.Tools.Schemas;
using McpGateway.Tools.Selection;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Firecrawl.Crawling;

/// <summary>Tools that crawl a site.</summary>
internal sealed partial class CrawlTools(
    ICrawlApi crawls,
    PagedJobs jobs,
    Balance balance,
    CreditCap cap,
    FirecrawlServer server,
    DomainGuard domains
)
{
    public const int DefaultLimit = 50;

    // Seconds between pages: more are milliseconds that were meant.
    private const int LongestDelay = 300;

    /// <summary>Crawls a site from a page on and waits for it. About 1 credit per page, for at most limit pages (more for json or PDF).</summary>
    /// <param name="prompt">What to crawl, in words; the options below override it.</param>
    /// <param name="excludePaths">Regular expressions on the path.</param>
    /// <param name="includePaths">As excludePaths; the first page must match too.</param>
    /// <param name="limit">Most pages; default 50.</param>
    /// <param name="crawlEntireDomain">Not only below the first page's path.</param>
    /// <param name="ignoreRobotsTxt">As robotsUserAgent, for enterprise plans only.</param>
    /// <param name="delay">Seconds between pages.</param>
    /// <param name="webhook">URL, or {url, headers, metadata, events}.</param>
    /// <param name="scrapeOptions">As the parameters of firecrawl_scrape.</param>
    /// <param name="waitSeconds">0 to 600, default 45; then the result is the state so far.</param>
    [ReadsByArguments]
    [PageTexts]
    [McpServerTool(Name = "firecrawl_crawl", Title = "Crawl a site", ReadOnly = false, Destructive = false, OpenWorld = true)]
    public async partial Task<string> CrawlAsync(
        string url,
        IProgress<ProgressNotificationValue> progress,
        string? prompt = null,
        string[]? excludePaths = null,
        string[]? includePaths = null,
        int? maxDiscoveryDepth = null,
        [AllowedValues("include", "skip", "only")] string? sitemap = null,
        [AtLeast(1)] int? limit = null,
        bool? allowExternalLinks = null,
        bool? allowSubdomains = null,
        bool? crawlEntireDomain = null,
        double? delay = null,
        int? maxConcurrency = null,
        [JsonShape("string", "object")] JsonElement? webhook = null,
        Dictionary<string, string>? webhookHeaders = null,
        bool? deduplicateSimilarURLs = null,
        bool? ignoreQueryParameters = null,
        bool? regexOnFullURL = null,
        bool? ignoreRobotsTxt = null,
        string? robotsUserAgent = null,
        bool? zeroDataRetention = null,
        [ReadAs(typeof(ScrapeOptions))] JsonObject? scrapeOptions = null,
        int waitSeconds = 45,
        CancellationToken cancellationToken = default
    )
    {
        if (delay > LongestDelay)
        {
            throw new McpException(
                $"delay={delay} is in seconds, so that a crawl would hardly go on: give at most {LongestDelay}. Nothing was sent."
            );
        }

        CrawlPaths.Check(includePaths, nameof(includePaths), regexOnFullURL == true);
        CrawlPaths.Check(excludePaths, nameof(excludePaths), regexOnFullURL == true);
        var given = scrapeOptions is null ? null : ScrapeOptions.Read(scrapeOptions);
        // The API has it beside the options of pages, and refuses it among them.
        zeroDataRetention ??= given?.ZeroDataRetention;
        var options = (given is null ? null : given with { ZeroDataRetention = null })?.ToBody();
        var each = CreditCost.Page(options) + (zeroDataRetention == true ? 1 : 0);
        var usual = cap.PagesFor(each, DefaultLimit);
        var pages = limit ?? usual;
        var cost = Balance.Estimate(pages, each);
        // By a prompt the API chooses options itself, but for those that are given.
        bool? never = domains.IsOn && prompt is not null ? false : null;
        var body = Body.Of(
            new
            {
                url,
                prompt,
                excludePaths,
                includePaths,
                maxDiscoveryDepth,
                sitemap,
                limit = pages,
                allowExternalLinks = allowExternalLinks ?? never,
                allowSubdomains = allowSubdomains ?? never,
                crawlEntireDomain,
                delay,
                maxConcurrency,
                webhook = Webhook.Of(webhook, Webhook.PageEvents, webhookHeaders),
                deduplicateSimilarURLs,
                ignoreQueryParameters,
                regexOnFullURL,
                ignoreRobotsTxt,
                robotsUserAgent,
                zeroDataRetention,
                scrapeOptions = options,
            }
        );
        progress.Report(new() { Progress = 0, Message = $"Starting; {cost}" });
        // Not broken off: a crawl that was started can be cancelled by its id only.
        var key = server.IsCloud ? Guid.NewGuid().ToString() : null;
        var id = JobState.Id(await balance.PayAsync(crawls.StartAsync(body, key, CancellationToken.None), pages));
        var note = (limit is null ? $"limit was {usual} pages, as none was given. " : "") + $"Announced: {cost}.";
        return await jobs.RunAsync(Job(id), waitSeconds, note, asked: null, progress, cancellationToken);
    }

    /// <summary>Shows a crawl's progress, with its pages from the cursor on.</summary>
    /// <param name="cursor">cursor of the previous result.</param>
    [PageTexts]
    [McpServerTool(Name = "firecrawl_check_crawl_status", Title = "State of a crawl", ReadOnly = true, Idempotent = true, OpenWorld = true)]
    public partial Task<string> CheckAsync([JobId] string id, string? cursor = null, CancellationToken cancellationToken = default) =>
        jobs.ReadAsync(Job(id), cursor, cancellationToken);

    private PagedJob Job(string id) =>
        new(
            id,
            "firecrawl_check_crawl_status",
            (skip, limit, cancellationToken) => crawls.GetAsync(id, skip, limit, cancellationToken),
            cancellationToken => crawls.GetErrorsAsync(id, cancellationToken),
            cancellationToken => crawls.CancelAsync(id, cancellationToken)
        );
}
