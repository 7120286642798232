using System.Text.Json.Nodes;
using Refit;

namespace Firecrawl.Research;

/// <summary>https://docs.firecrawl.dev/api-reference/endpoint/search — papers and developers' sources.</summary>
internal interface IResearchApi
{
    [Get("/search/research/papers")]
    Task<JsonObject> SearchAsync(
        [Query] string query,
        [Query] int? k,
        [Query(CollectionFormat.Multi)] string[]? authors,
        [Query(CollectionFormat.Multi)] string[]? categories,
        [Query] string? from,
        [Query] string? to,
        CancellationToken cancellationToken
    );

    [Get("/search/research/papers/{id}")]
    Task<JsonObject> GetAsync(string id, [Query] string? query, [Query] int? k, CancellationToken cancellationToken);

    [Get("/search/research/papers/{id}/similar")]
    Task<JsonObject> GetSimilarAsync(
        string id,
        [Query] string intent,
        [Query] string? mode,
        [Query] int? k,
        [Query] bool? rerank,
        [Query(CollectionFormat.Multi)] string[]? anchor,
        CancellationToken cancellationToken
    );

    [Post("/search/developer")]
    Task<JsonObject> SearchDeveloperAsync([Body] JsonObject body, CancellationToken cancellationToken);
}
