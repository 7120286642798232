using Firecrawl.Answers;
using Firecrawl.Upstream;
using ModelContextProtocol.Server;

namespace Firecrawl.Crawling;

/// <summary>Tools about crawls.</summary>
internal sealed partial class CrawlDetailTools(ICrawlApi crawls)
{
    /// <summary>Lists the crawls that run now.</summary>
    [McpServerTool(Name = "firecrawl_active_crawls", Title = "Active crawls", ReadOnly = true, Idempotent = true, OpenWorld = true)]
    public partial Task<string> ListActiveAsync(CancellationToken cancellationToken) =>
        Answer.OfAsync(crawls.GetActiveAsync(cancellationToken));

    /// <summary>Shows the crawl options for a prompt, without crawling.</summary>
    [McpServerTool(
        Name = "firecrawl_crawl_params_preview",
        Title = "Preview crawl options",
        ReadOnly = true,
        Idempotent = true,
        OpenWorld = true
    )]
    public partial Task<string> PreviewAsync(string url, string prompt, CancellationToken cancellationToken) =>
        Answer.OfAsync(crawls.PreviewAsync(Body.Of(new { url, prompt }), cancellationToken));
}
