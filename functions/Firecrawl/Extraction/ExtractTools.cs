using System.Text.Json;
using System.Text.Json.Nodes;
using Firecrawl.Jobs;
using Firecrawl.Scraping;
using Firecrawl.Upstream;
using McpGateway.Tools.Schemas;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Firecrawl.Extraction;

/// <summary>Tools that extract data from pages of several sites.</summary>
internal sealed partial class ExtractTools(IExtractApi extracts, JobWait wait, DomainGuard domains)
{
    /// <summary>
    /// Extracts data from pages and waits for it; the API cannot cancel it. Costs tokens by the amount of text, told as tokensUsed.
    /// For one page, firecrawl_scrape with json (5 credits) is cheaper.
    /// </summary>
    /// <param name="urls">May end in /* for a whole site; without them, prompt says what to find.</param>
    /// <param name="schema">JSON schema of the data.</param>
    /// <param name="enableWebSearch">Look beyond urls.</param>
    /// <param name="scrapeOptions">As the parameters of firecrawl_scrape.</param>
    /// <param name="limit">Most pages.</param>
    /// <param name="timeout">Milliseconds.</param>
    /// <param name="webhook">URL, or {url, headers, metadata, events}.</param>
    /// <param name="waitSeconds">0 to 600, default 45; 0 returns its id at once.</param>
    [McpServerTool(Name = "firecrawl_extract", Title = "Extract data", ReadOnly = false, Destructive = false, OpenWorld = true)]
    public async partial Task<string> StartAsync(
        IProgress<ProgressNotificationValue> progress,
        string[]? urls = null,
        string? prompt = null,
        JsonObject? schema = null,
        bool? allowExternalLinks = null,
        bool? enableWebSearch = null,
        bool? includeSubdomains = null,
        bool? ignoreSitemap = null,
        bool? showSources = null,
        bool? ignoreInvalidURLs = null,
        [ReadAs(typeof(ScrapeOptions))] JsonObject? scrapeOptions = null,
        JsonObject? threatProtection = null,
        string? systemPrompt = null,
        int? limit = null,
        int? timeout = null,
        [JsonShape("string", "object")] JsonElement? webhook = null,
        int waitSeconds = 45,
        CancellationToken cancellationToken = default
    )
    {
        if (urls is not { Length: > 0 } && prompt is null)
        {
            throw new McpException("Give urls, prompt or both: what to read, and what to find.");
        }

        Milliseconds.Check(timeout, nameof(timeout), 1_000);
        var body = Body.Of(
            new
            {
                urls,
                prompt,
                schema,
                allowExternalLinks,
                enableWebSearch,
                // The API reads subdomains as well unless told otherwise, of which one may be denied.
                includeSubdomains = includeSubdomains ?? (domains.IsOn ? false : null),
                ignoreSitemap,
                showSources,
                ignoreInvalidURLs = ignoreInvalidURLs ?? true,
                scrapeOptions = scrapeOptions is null ? null : ScrapeOptions.Read(scrapeOptions).ToBodyOfReader(),
                threatProtection,
                systemPrompt,
                limit,
                timeout,
                webhook = Webhook.Of(webhook, Webhook.PageEvents),
            }
        );
        var started = await extracts.StartAsync(body, CancellationToken.None);
        var job = Job(JobState.Id(started));
        var state = waitSeconds > 0 ? await wait.RunAsync(job, waitSeconds, progress, cancellationToken) : JobState.Started(started);
        return JobWait.Describe(job, started["invalidURLs"] is { } invalid ? Body.Of(new { invalidURLs = invalid }).With(state) : state);
    }

    /// <summary>Shows what was extracted, or that it is still processing.</summary>
    [McpServerTool(
        Name = "firecrawl_extract_status",
        Title = "State of an extraction",
        ReadOnly = true,
        Idempotent = true,
        OpenWorld = true
    )]
    public async partial Task<string> CheckAsync([JobId] string id, CancellationToken cancellationToken) =>
        JobWait.Describe(Job(id), await extracts.GetAsync(id, cancellationToken));

    private Job Job(string id) =>
        new(id, "firecrawl_extract_status", cancellationToken => extracts.GetAsync(id, cancellationToken), CancelAsync: null);
}
