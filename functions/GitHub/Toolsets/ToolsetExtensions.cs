using McpGateway.Hosting;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.AspNetCore;

namespace GitHub.Toolsets;

/// <summary>Offers the tools, chosen anew for each request.</summary>
internal static class ToolsetExtensions
{
    public static void AddToolsets(this GatewayBuilder gateway, GitHubOptions options, ToolCatalogue catalogue)
    {
        var selection = new ToolSelection(catalogue, options);
        gateway.Services.AddSingleton(selection);
        gateway.Services.Configure<HttpServerTransportOptions>(transport => transport.ConfigureSessionOptions = (context, server, _) =>
        {
            server.ToolCollection = selection.Of(context);
            server.ServerInstructions = Instructions.For(selection.ToolsetsOf(context));
            return Task.CompletedTask;
        });
    }
}
