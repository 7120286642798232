using System.Text.Json.Nodes;
using Refit;

namespace Firecrawl.Agents;

/// <summary>https://docs.firecrawl.dev/api-reference/endpoint/agent</summary>
internal interface IAgentApi
{
    [Post("/agent")]
    Task<JsonObject> StartAsync([Body] JsonObject body, CancellationToken cancellationToken);

    [Get("/agent/{id}")]
    Task<JsonObject> GetAsync(string id, CancellationToken cancellationToken);

    [Delete("/agent/{id}")]
    Task<JsonObject> CancelAsync(string id, CancellationToken cancellationToken);
}
