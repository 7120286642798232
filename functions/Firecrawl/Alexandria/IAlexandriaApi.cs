using System.Text.Json.Nodes;
using Refit;

namespace Firecrawl.Alexandria;

/// <summary>
/// Alexandria, the catalogue of data providers in Firecrawl's cloud. The published API description leaves it out: these are the requests of
/// the vendor's own MCP server, https://github.com/firecrawl/firecrawl-mcp-server.
/// </summary>
internal interface IAlexandriaApi
{
    /// <param name="requestId">Makes it safe to send the same calls twice: they run once.</param>
    [Post("/scrape")]
    Task<JsonObject> RunAsync([Body] JsonObject body, [Header("x-request-id")] string requestId, CancellationToken cancellationToken);
}

/// <summary>Its index, which lies beside the API and not below its version.</summary>
internal interface ICatalogueApi
{
    [Get("/exchange/discover")]
    Task<JsonObject> ListCategoriesAsync(CancellationToken cancellationToken);
}
