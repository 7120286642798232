using System.Text.Json.Nodes;
using Refit;

namespace Firecrawl.Interaction;

/// <summary>https://docs.firecrawl.dev/api-reference/endpoint/scrape-execute and browser sessions.</summary>
internal interface IInteractApi
{
    [Post("/scrape/{id}/interact")]
    Task<JsonObject> InteractAsync(string id, [Body] JsonObject body, CancellationToken cancellationToken);

    [Delete("/scrape/{id}/interact")]
    Task<JsonObject> StopAsync(string id, CancellationToken cancellationToken);

    [Post("/interact")]
    Task<JsonObject> CreateAsync([Body] JsonObject body, CancellationToken cancellationToken);

    [Get("/interact")]
    Task<JsonObject> ListAsync([Query] string? status, CancellationToken cancellationToken);

    [Post("/interact/{id}/execute")]
    Task<JsonObject> ExecuteAsync(string id, [Body] JsonObject body, CancellationToken cancellationToken);

    [Delete("/interact/{id}")]
    Task<JsonObject> DeleteAsync(string id, CancellationToken cancellationToken);
}
