using System.Text.Json.Nodes;
using Refit;

namespace Firecrawl.Searching;

/// <summary>https://docs.firecrawl.dev/api-reference/endpoint/search</summary>
internal interface ISearchApi
{
    [Post("/search")]
    Task<JsonObject> SearchAsync([Body] JsonObject body, CancellationToken cancellationToken);
}
