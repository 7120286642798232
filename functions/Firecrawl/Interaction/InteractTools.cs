using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Firecrawl.Answers;
using Firecrawl.Jobs;
using Firecrawl.Scraping;
using Firecrawl.Upstream;
using McpGateway.Tools.Answers;
using McpGateway.Tools.Budgets;
using McpGateway.Tools.Schemas;
using McpGateway.Upstream;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Firecrawl.Interaction;

/// <summary>Tools that work on a page that was scraped.</summary>
internal sealed partial class InteractTools(
    IInteractApi interact,
    IScrapeApi scrape,
    SafeMode safe,
    DomainGuard domains,
    CreditCap cap,
    Waiting waiting
)
{
    /// <summary>
    /// Works on a page in a live browser, by words or code: one that was scraped (scrapeId) or a new one (url). 2 to 7 credits a
    /// minute; end it with firecrawl_interact_stop.
    /// </summary>
    /// <param name="scrapeId">metadata.scrapeId of a scrape, or of the previous result.</param>
    /// <param name="prompt">What to do, in words; or code.</param>
    /// <param name="language">Default node.</param>
    /// <param name="timeout">Seconds, 1 to 300.</param>
    /// <param name="scrapeOptions">For url: as the parameters of firecrawl_scrape.</param>
    [TextMembers("*.output", "*.result", "*.stdout", "*.stderr")]
    [McpServerTool(Name = "firecrawl_interact", Title = "Work on a page", ReadOnly = false, Destructive = false, OpenWorld = true)]
    public async partial Task<string> InteractAsync(
        IProgress<ProgressNotificationValue> progress,
        [JobId] string? scrapeId = null,
        string? url = null,
        string? prompt = null,
        string? code = null,
        [AllowedValues("node", "python", "bash")] string? language = null,
        int? timeout = null,
        [ReadAs(typeof(ScrapeOptions))] JsonObject? scrapeOptions = null,
        CancellationToken cancellationToken = default
    )
    {
        if ((scrapeId is null) == (url is null) || (prompt is null) == (code is null))
        {
            throw new McpException("Give either scrapeId or url, and either prompt or code.");
        }

        if (language is not null && code is null)
        {
            throw new McpException("language is of code, and there is a prompt: leave language out, or give code. Nothing was sent.");
        }

        if (scrapeOptions is not null && url is null)
        {
            throw new McpException(
                "scrapeOptions is for url: the page of scrapeId was read before, by its own options. Leave one of them out. Nothing was sent."
            );
        }

        // Before a page is paid for that nothing may be done on.
        safe.RefuseBrowser();
        domains.RefuseBrowser();
        Seconds.Check(timeout, nameof(timeout));
        Patience.AllowSeconds(timeout);
        var work = Body.Of(
            new
            {
                prompt,
                code,
                language,
                timeout,
            }
        );
        var id = scrapeId is null
            ? await waiting.ForAsync(OpenAsync(url!, ScrapeOptions.Read(scrapeOptions), work, cancellationToken), "The page", progress)
            : scrapeId;
        try
        {
            var answer = await waiting.ForAsync(interact.InteractAsync(id, work, cancellationToken), "The work on the page", progress);
            return Answer.Of(Body.Of(new { scrapeId = id }).With(answer));
        }
        catch (UpstreamException e) when (scrapeId is null)
        {
            throw new UpstreamException(
                $"{e.Message} The page itself was opened, as scrapeId='{id}': continue with that, or end it with firecrawl_interact_stop.",
                e.Status,
                e
            );
        }
    }

    /// <summary>Closes the browser of a page.</summary>
    [McpServerTool(
        Name = "firecrawl_interact_stop",
        Title = "End work on a page",
        ReadOnly = false,
        Destructive = true,
        Idempotent = true,
        OpenWorld = true
    )]
    public partial Task<string> StopAsync([JobId] string scrapeId, CancellationToken cancellationToken) =>
        Answer.OfAsync(interact.StopAsync(scrapeId, cancellationToken));

    private async Task<string> OpenAsync(string url, ScrapeOptions options, JsonObject work, CancellationToken cancellationToken)
    {
        var body = Body.Of(new { url }).With(options.ToBody());
        // Neither is paid for unless there is room for both.
        var credits = (CreditCost.Of("/scrape", body) ?? 0) + (CreditCost.Of("/scrape/id/interact", work) ?? 0);
        cap.Check("/interact", credits);
        CallAccount.Current?.ReserveCredits(credits, "Ask for less, or wait until then.").Settle(0);
        var page = await scrape.ScrapeAsync(body, once: true, cancellationToken);
        return ((page["data"] as JsonObject)?["metadata"] as JsonObject)?["scrapeId"]?.ToString()
            ?? throw new McpException("The page was scraped, but Firecrawl gave it no scrapeId: this instance cannot work on pages.");
    }
}
