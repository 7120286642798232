using System.Text.Json;
using System.Text.Json.Nodes;
using Firecrawl.Jobs;
using Firecrawl.Scraping;
using Firecrawl.Team;
using Firecrawl.Upstream;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Firecrawl.Batches;

/// <summary>Tools that scrape many known pages at once.</summary>
[McpServerToolType]
internal sealed partial class BatchTools(IBatchApi batches, PagedJobs jobs, Balance balance)
{
    /// <summary>Scrapes many pages and waits for them; cancelling the call cancels the batch. About 1 credit per page.</summary>
    /// <param name="webhook">URL, or {url, headers, metadata, events}.</param>
    /// <param name="ignoreInvalidURLs">Skip bad URLs (default) instead of refusing them all.</param>
    /// <param name="scrapeOptions">As the parameters of firecrawl_scrape.</param>
    /// <param name="waitSeconds">0 to 600, default 45; then the result is the state so far.</param>
    [McpServerTool(Name = "firecrawl_batch_scrape", Title = "Scrape many pages", ReadOnly = false, Destructive = false, OpenWorld = true)]
    public async partial Task<string> ScrapeAsync(
        string[] urls,
        IProgress<ProgressNotificationValue> progress,
        JsonElement? webhook = null,
        int? maxConcurrency = null,
        bool? ignoreInvalidURLs = null,
        JsonObject? scrapeOptions = null,
        int waitSeconds = 45,
        CancellationToken cancellationToken = default
    )
    {
        var options = ScrapeOptions.Read(scrapeOptions).ToBody();
        var body = Body.Of(
                new
                {
                    urls,
                    webhook = Webhook.Of(webhook),
                    maxConcurrency,
                    ignoreInvalidURLs,
                }
            )
            .With(options);
        var cost = Balance.Estimate(urls.Length, options);
        progress.Report(
            new()
            {
                Progress = 0,
                Total = urls.Length,
                Message = $"Starting; {cost}",
            }
        );
        // Not broken off: a batch that was started can be cancelled by its id only.
        var started = await balance.PayAsync(batches.StartAsync(body, CancellationToken.None), urls.Length);
        var invalid = started["invalidURLs"] is JsonArray { Count: > 0 } bad
            ? $"Not scraped, because they are not URLs: {string.Join(", ", bad.Select(url => url?.ToString()))}."
            : "";
        var note = $"Announced: {cost}. {invalid}";
        return await jobs.RunAsync(Job(JobState.Id(started)), waitSeconds, note, progress, cancellationToken);
    }

    /// <summary>Shows a batch's progress, with its pages from the cursor on.</summary>
    /// <param name="cursor">cursor of the result before.</param>
    [McpServerTool(
        Name = "firecrawl_batch_scrape_status",
        Title = "State of a batch",
        ReadOnly = true,
        Idempotent = true,
        OpenWorld = true
    )]
    public partial Task<string> CheckAsync(string id, string? cursor = null, CancellationToken cancellationToken = default) =>
        jobs.ReadAsync(Job(id), cursor, cancellationToken);

    private PagedJob Job(string id) =>
        new(
            id,
            "firecrawl_batch_scrape_status",
            (skip, limit, cancellationToken) => batches.GetAsync(id, skip, limit, cancellationToken),
            cancellationToken => batches.CancelAsync(id, cancellationToken)
        );
}
