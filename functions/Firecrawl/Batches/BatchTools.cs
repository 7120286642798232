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

namespace Firecrawl.Batches;

/// <summary>Tools that scrape many known pages at once.</summary>
internal sealed partial class BatchTools(IBatchApi batches, PagedJobs jobs, Balance balance, TargetGuard targets)
{
    private const int MostNamed = 50;

    /// <summary>Scrapes many pages and waits for them. About 1 credit per page.</summary>
    /// <param name="webhook">URL, or {url, headers, metadata, events}.</param>
    /// <param name="ignoreInvalidURLs">Skip bad URLs (default) instead of refusing them all.</param>
    /// <param name="appendToId">A running batch that the urls are added to.</param>
    /// <param name="scrapeOptions">As the parameters of firecrawl_scrape.</param>
    /// <param name="waitSeconds">0 to 600, default 45; then the result is the state so far.</param>
    [ReadsByArguments]
    [PageTexts]
    [McpServerTool(Name = "firecrawl_batch_scrape", Title = "Scrape many pages", ReadOnly = false, Destructive = false, OpenWorld = true)]
    public async partial Task<string> ScrapeAsync(
        string[] urls,
        IProgress<ProgressNotificationValue> progress,
        [JsonShape("string", "object")] JsonElement? webhook = null,
        int? maxConcurrency = null,
        bool? ignoreInvalidURLs = null,
        [ReadAs(typeof(ScrapeOptions))] JsonObject? scrapeOptions = null,
        [JobId] string? appendToId = null,
        int waitSeconds = 45,
        CancellationToken cancellationToken = default
    )
    {
        if (urls.Length == 0)
        {
            throw new McpException("urls is empty: give at least one URL. Nothing was sent.");
        }

        var once = urls.DistinctBy(url => url.Trim(), StringComparer.Ordinal).ToArray();
        var (usable, leftOut) = await SortAsync(once, leaveOut: ignoreInvalidURLs != false, cancellationToken);
        var options = ScrapeOptions.Read(scrapeOptions).ToBody();
        var each = CreditCost.Page(options);
        var body = Body.Of(
                new
                {
                    urls = usable,
                    webhook = Webhook.Of(webhook, Webhook.PageEvents),
                    maxConcurrency,
                    // The API documents this as its default, and refuses the batch without it.
                    ignoreInvalidURLs = ignoreInvalidURLs ?? true,
                    appendToId,
                }
            )
            .With(options);
        var cost = Balance.Estimate(usable.Length, each);
        progress.Report(
            new()
            {
                Progress = 0,
                Total = usable.Length,
                Message = $"Starting; {cost}",
            }
        );
        // Not broken off: a batch that was started can be cancelled by its id only.
        var started = await balance.PayAsync(batches.StartAsync(body, CancellationToken.None), usable.Length);
        var invalid = started["invalidURLs"] as JsonArray ?? [];
        var note =
            $"Announced: {cost}.{leftOut}"
            + (once.Length < urls.Length ? $" {urls.Length - once.Length} of the urls are there more than once, and scraped once." : "")
            + (
                invalid.Count > 0
                    ? $" Not scraped, because they are not URLs: {string.Join(", ", invalid.Select(url => url?.ToString()))}."
                    : ""
            );
        return await jobs.RunAsync(
            Job(JobState.Id(started)),
            waitSeconds,
            note,
            asked: usable.Length - invalid.Count,
            progress,
            cancellationToken
        );
    }

    /// <summary>Shows a batch's progress, with its pages from the cursor on.</summary>
    /// <param name="cursor">cursor of the previous result.</param>
    [PageTexts]
    [McpServerTool(
        Name = "firecrawl_batch_scrape_status",
        Title = "State of a batch",
        ReadOnly = true,
        Idempotent = true,
        OpenWorld = true
    )]
    public partial Task<string> CheckAsync([JobId] string id, string? cursor = null, CancellationToken cancellationToken = default) =>
        jobs.ReadAsync(Job(id), cursor, cancellationToken);

    private PagedJob Job(string id) =>
        new(
            id,
            "firecrawl_batch_scrape_status",
            (skip, limit, cancellationToken) => batches.GetAsync(id, skip, limit, cancellationToken),
            cancellationToken => BatchErrors.ReadAsync(batches, id, cancellationToken),
            cancellationToken => batches.CancelAsync(id, cancellationToken)
        );

    /// <summary>The URLs that can be scraped, and in words which cannot.</summary>
    /// <exception cref="McpException">None can, or one leads where no tool may.</exception>
    private async Task<(string[] Usable, string LeftOut)> SortAsync(string[] urls, bool leaveOut, CancellationToken cancellationToken)
    {
        if (!leaveOut || urls.Length == 0)
        {
            return (urls, "");
        }

        var problems = await targets.JudgeAsync("urls", urls, cancellationToken);
        if (problems.FirstOrDefault(problem => problem is not null and not DeadTargetException) is { } forbidden)
        {
            throw forbidden;
        }

        var dead = problems.OfType<DeadTargetException>().Select(problem => problem.Reason).ToList();
        var reasons = string.Join(", ", dead.Take(MostNamed)) + (dead.Count > MostNamed ? $" and {dead.Count - MostNamed} more" : "");
        var usable = urls.Where((_, index) => problems[index] is null).ToArray();
        return usable.Length == 0 ? throw new McpException($"None of the urls can be scraped; nothing was sent: {reasons}.")
            : dead.Count == 0 ? (usable, "")
            : (usable, $" Left out: {reasons}.");
    }
}
