using System.Text.Json.Nodes;
using McpGateway.Upstream;
using Refit;

namespace Firecrawl.Scraping;

/// <summary>https://docs.firecrawl.dev/api-reference/endpoint/scrape</summary>
internal interface IScrapeApi
{
    /// <param name="once">Set when the page is acted on, which must not happen twice.</param>
    [Post("/scrape")]
    Task<JsonObject> ScrapeAsync([Body] JsonObject body, [Property(UpstreamApi.SendOnce)] bool once, CancellationToken cancellationToken);

    [Get("/scrape/{id}")]
    Task<JsonObject> GetResultAsync(string id, CancellationToken cancellationToken);
}
