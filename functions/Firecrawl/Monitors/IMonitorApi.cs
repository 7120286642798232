using System.Text.Json.Nodes;
using Refit;

namespace Firecrawl.Monitors;

/// <summary>https://docs.firecrawl.dev/api-reference/endpoint/monitor-create</summary>
internal interface IMonitorApi
{
    [Post("/monitor")]
    Task<JsonObject> CreateAsync([Body] JsonObject body, CancellationToken cancellationToken);

    [Get("/monitor")]
    Task<JsonObject> ListAsync([Query] int? limit, [Query] int? offset, CancellationToken cancellationToken);

    [Get("/monitor/{id}")]
    Task<JsonObject> GetAsync(string id, CancellationToken cancellationToken);

    [Patch("/monitor/{id}")]
    Task<JsonObject> UpdateAsync(string id, [Body] JsonObject body, CancellationToken cancellationToken);

    [Delete("/monitor/{id}")]
    Task<JsonObject> DeleteAsync(string id, CancellationToken cancellationToken);

    [Post("/monitor/{id}/run")]
    Task<JsonObject> RunAsync(string id, CancellationToken cancellationToken);

    [Get("/monitor/{id}/checks")]
    Task<JsonObject> ListChecksAsync(
        string id,
        [Query] int? limit,
        [Query] int? offset,
        [Query] string? status,
        CancellationToken cancellationToken
    );

    [Get("/monitor/{id}/checks/{checkId}")]
    Task<JsonObject> GetCheckAsync(
        string id,
        string checkId,
        [Query] int? limit,
        [Query] int? skip,
        [Query] string? status,
        CancellationToken cancellationToken
    );
}
