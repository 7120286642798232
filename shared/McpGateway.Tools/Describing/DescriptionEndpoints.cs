using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace McpGateway.Tools.Describing;

/// <summary>
/// Discovery before a client connects, open to everybody: the server card where the draft of SEP-2127 reserves a place for it and where
/// SEP-1649 had it before, and the host's catalog. Only with a <c>PUBLIC_URL</c>: without one nobody is told where the gateway is.
/// </summary>
internal static class DescriptionEndpoints
{
    public static readonly string[] CardPaths = ["/mcp/server-card", "/.well-known/mcp/server-card.json"];
    public const string CatalogPath = "/.well-known/mcp/catalog.json";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        if (services.GetRequiredService<IOptions<GatewayOptions>>().Value.PublicUri is null)
        {
            return;
        }

        var descriptions = services.GetRequiredService<ServerDescriptions>();
        var card = descriptions.Card;
        var catalog = descriptions.Catalog;
        foreach (var path in CardPaths)
        {
            endpoints.MapDocument(path, card, DescriptionJson.Default.ServerDescription, ServerDescriptions.CardType);
        }

        endpoints.MapDocument(CatalogPath, catalog, DescriptionJson.Default.ServerCatalog, "application/json");
    }

    private static void MapDocument<T>(
        this IEndpointRouteBuilder endpoints,
        string path,
        T document,
        JsonTypeInfo<T> type,
        string mediaType
    ) =>
        endpoints
            .MapMethods(
                path,
                ["GET", "HEAD"],
                context =>
                {
                    context.Response.Headers.CacheControl = "public, max-age=3600";
                    return context.Response.WriteAsJsonAsync(document, type, mediaType, context.RequestAborted);
                }
            )
            .RequireCors(cors => cors.AllowAnyOrigin().AllowAnyHeader().WithMethods("GET"));
}
