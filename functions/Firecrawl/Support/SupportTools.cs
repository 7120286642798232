using Firecrawl.Answers;
using Firecrawl.Upstream;
using ModelContextProtocol.Server;

namespace Firecrawl.Support;

/// <summary>Tools that ask Firecrawl about itself.</summary>
internal sealed partial class SupportTools(ISupportApi support)
{
    /// <summary>Asks Firecrawl's support why something does not work.</summary>
    [McpServerTool(Name = "firecrawl_support_ask", Title = "Ask support", ReadOnly = true, OpenWorld = true)]
    public partial Task<string> AskAsync(string question, string? rationale = null, CancellationToken cancellationToken = default) =>
        Answer.OfAsync(support.AskAsync(Body.Of(new { question, rationale }), cancellationToken));

    /// <summary>Asks Firecrawl's documentation.</summary>
    [McpServerTool(Name = "firecrawl_docs_search", Title = "Search Firecrawl's docs", ReadOnly = true, OpenWorld = true)]
    public partial Task<string> SearchDocsAsync(string question, CancellationToken cancellationToken) =>
        Answer.OfAsync(support.SearchDocsAsync(Body.Of(new { question }), cancellationToken));
}
