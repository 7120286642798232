using System.Text.Json.Nodes;
using Refit;

namespace Firecrawl.Support;

/// <summary>Questions to Firecrawl about itself.</summary>
internal interface ISupportApi
{
    [Post("/support/ask")]
    Task<JsonObject> AskAsync([Body] JsonObject body, CancellationToken cancellationToken);

    [Post("/support/docs-search")]
    Task<JsonObject> SearchDocsAsync([Body] JsonObject body, CancellationToken cancellationToken);
}
