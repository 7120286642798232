using System.Text.Json.Nodes;
using Refit;

namespace Firecrawl.Extraction;

/// <summary>https://docs.firecrawl.dev/api-reference/endpoint/extract</summary>
internal interface IExtractApi
{
    [Post("/extract")]
    Task<JsonObject> StartAsync([Body] JsonObject body, CancellationToken cancellationToken);

    [Get("/extract/{id}")]
    Task<JsonObject> GetAsync(string id, CancellationToken cancellationToken);
}
