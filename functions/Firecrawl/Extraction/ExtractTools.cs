using System.Text.Json.Nodes;
using Firecrawl.Scraping;
using Firecrawl.Upstream;
using ModelContextProtocol.Server;

namespace Firecrawl.Extraction;

/// <summary>Tools that extract data from pages of several sites.</summary>
[McpServerToolType]
internal sealed partial class ExtractTools(IExtractApi extracts)
{
    /// <summary>Starts the extraction of data from pages, and answers its id at once: ask firecrawl_extract_status. For one page, firecrawl_scrape with json is cheaper.</summary>
    /// <param name="urls">May end in /* for a whole site.</param>
    /// <param name="schema">JSON schema of the data.</param>
    /// <param name="enableWebSearch">Look beyond urls.</param>
    /// <param name="scrapeOptions">As the parameters of firecrawl_scrape.</param>
    [McpServerTool(Name = "firecrawl_extract", Title = "Extract data", ReadOnly = false, Destructive = false, OpenWorld = true)]
    public partial Task<string> StartAsync(
        string[] urls, string? prompt = null, JsonObject? schema = null, bool? allowExternalLinks = null, bool? enableWebSearch = null, bool? includeSubdomains = null,
        bool? ignoreSitemap = null, bool? showSources = null, bool? ignoreInvalidURLs = null, JsonObject? scrapeOptions = null, CancellationToken cancellationToken = default) =>
        Answer.OfAsync(extracts.StartAsync(
            Body.Of(new
            {
                urls, prompt, schema, allowExternalLinks, enableWebSearch, includeSubdomains, ignoreSitemap, showSources, ignoreInvalidURLs,
                scrapeOptions = scrapeOptions is null ? null : ScrapeOptions.Read(scrapeOptions).ToBody(),
            }),
            cancellationToken));

    /// <summary>Tells what was extracted, or that it is still processing.</summary>
    [McpServerTool(Name = "firecrawl_extract_status", Title = "State of an extraction", ReadOnly = true, Idempotent = true, OpenWorld = true)]
    public partial Task<string> CheckAsync(string id, CancellationToken cancellationToken) => Answer.OfAsync(extracts.GetAsync(id, cancellationToken));
}
