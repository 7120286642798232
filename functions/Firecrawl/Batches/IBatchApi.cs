using System.Text.Json.Nodes;
using Refit;

namespace Firecrawl.Batches;

/// <summary>https://docs.firecrawl.dev/api-reference/endpoint/batch-scrape</summary>
internal interface IBatchApi
{
    [Post("/batch/scrape")]
    Task<JsonObject> StartAsync([Body] JsonObject body, CancellationToken cancellationToken);

    [Get("/batch/scrape/{id}")]
    Task<JsonObject> GetAsync(string id, [Query] int skip, [Query] int limit, CancellationToken cancellationToken);

    [Delete("/batch/scrape/{id}")]
    Task<JsonObject> CancelAsync(string id, CancellationToken cancellationToken);

    [Get("/batch/scrape/{id}/errors")]
    Task<JsonObject> GetErrorsAsync(string id, CancellationToken cancellationToken);

    /// <summary>The same by the path of crawls, which a self-hosted 2.0 has for both.</summary>
    [Get("/crawl/{id}/errors")]
    Task<JsonObject> GetErrorsOfFirstVersionAsync(string id, CancellationToken cancellationToken);
}
