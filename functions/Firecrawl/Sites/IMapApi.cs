using System.Text.Json.Nodes;
using Refit;

namespace Firecrawl.Sites;

/// <summary>https://docs.firecrawl.dev/api-reference/endpoint/map</summary>
internal interface IMapApi
{
    [Post("/map")]
    Task<JsonObject> MapAsync([Body] JsonObject body, CancellationToken cancellationToken);
}
