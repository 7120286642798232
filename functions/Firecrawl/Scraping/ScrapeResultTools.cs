using Firecrawl.Jobs;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Firecrawl.Scraping;

/// <summary>Tools for what was scraped before.</summary>
internal sealed partial class ScrapeResultTools(IScrapeApi scrape)
{
    /// <summary>Gets the result of a scrape of the last 24 hours again, without scraping.</summary>
    /// <param name="id">metadata.scrapeId.</param>
    [McpServerTool(Name = "firecrawl_scrape_result", Title = "Result of a scrape", ReadOnly = true, Idempotent = true, OpenWorld = true)]
    public async partial Task<IEnumerable<ContentBlock>> GetResultAsync([JobId] string id, CancellationToken cancellationToken) =>
        ScrapeTools.Describe(await scrape.GetResultAsync(id, cancellationToken), asked: null);
}
