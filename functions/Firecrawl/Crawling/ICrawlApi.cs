using System.Text.Json.Nodes;
using Firecrawl.Upstream;
using Refit;

namespace Firecrawl.Crawling;

/// <summary>https://docs.firecrawl.dev/api-reference/endpoint/crawl-post</summary>
internal interface ICrawlApi
{
    /// <param name="key">The same key for each attempt of one start: the cloud starts one crawl for it. Null sends none, and the start is not repeated.</param>
    [Post("/crawl")]
    Task<JsonObject> StartAsync(
        [Body] JsonObject body,
        [Header(FirecrawlApi.IdempotencyKey)] string? key,
        CancellationToken cancellationToken
    );

    [Get("/crawl/{id}")]
    Task<JsonObject> GetAsync(string id, [Query] int skip, [Query] int limit, CancellationToken cancellationToken);

    [Delete("/crawl/{id}")]
    Task<JsonObject> CancelAsync(string id, CancellationToken cancellationToken);

    [Get("/crawl/{id}/errors")]
    Task<JsonObject> GetErrorsAsync(string id, CancellationToken cancellationToken);

    [Get("/crawl/active")]
    Task<JsonObject> GetActiveAsync(CancellationToken cancellationToken);

    [Post("/crawl/params-preview")]
    Task<JsonObject> PreviewAsync([Body] JsonObject body, CancellationToken cancellationToken);
}
