using McpGateway.Auditing;
using McpGateway.Hosting;
using McpGateway.Mcp;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.AspNetCore;

namespace Microsoft.Extensions.Hosting;

public static partial class McpExtensions
{
    /// <summary>The MCP server: its name, its transport, and the filters every tool call passes, outermost first.</summary>
    internal static IMcpServerBuilder AddGatewayMcp(this IHostApplicationBuilder builder, GatewayService service)
    {
        var options = builder.AddSettings<McpOptions>();
        builder.Services.AddHostedService<LeanSchemas>();
        return builder
            .Services.AddMcpServer(server =>
            {
                server.ServerInfo = new()
                {
                    Name = service.Name,
                    Title = service.Title,
                    Version = service.Version,
                };
                server.ServerInstructions = service.Instructions;
            })
            .WithHttpTransport(transport =>
                transport.SessionMode =
                    options.Sessions == SessionMode.Hybrid
                        ? HttpServerSessionMode.StatefulForInitializeClients
                        : HttpServerSessionMode.Stateless
            )
            .WithMessageFilters(filters => filters.AddIncomingFilter(MessageFormFilter.Create))
            .WithRequestFilters(filters =>
                filters
                    .AddListToolsFilter(ReadOnlyFilter.HideWrites)
                    .AddCallToolFilter(AuditFilter.OfTools)
                    .AddCallToolFilter(ToolErrorFilter.Create)
                    .AddCallToolFilter(ReadOnlyFilter.RefuseWrites)
                    .AddCallToolFilter(ArgumentFilter.Create)
                    .AddCallToolFilter(ConfirmationFilter.Create)
                    .AddListToolsFilter(CacheHints.OnList)
                    .AddListPromptsFilter(CacheHints.OnList)
                    .AddListResourcesFilter(CacheHints.OnList)
                    .AddListResourceTemplatesFilter(CacheHints.OnList)
                    .AddGetPromptFilter(AuditFilter.OfPrompts)
                    .AddGetPromptFilter(PromptArgumentFilter.Create)
                    .AddReadResourceFilter(AuditFilter.OfResources)
                    .AddReadResourceFilter(UnknownResourceFilter.Create)
            );
    }

    /// <summary>Serves MCP at <paramref name="path"/> to callers with a valid token; HEAD tells one that its token is good.</summary>
    internal static void MapGatewayMcp(this IEndpointRouteBuilder endpoints, string path)
    {
        endpoints
            .MapMcp(path)
            .RequireAuthorization()
            .WithMetadata(McpEndpoint.Instance)
            // PlainHttpClientsMiddleware checks the media type, after the caller has been authenticated.
            .Finally(endpoint =>
            {
                foreach (var accepts in endpoint.Metadata.OfType<IAcceptsMetadata>().ToList())
                {
                    endpoint.Metadata.Remove(accepts);
                }
            });
        endpoints.MapMethods(path, ["HEAD"], _ => Task.CompletedTask).RequireAuthorization();
    }
}
