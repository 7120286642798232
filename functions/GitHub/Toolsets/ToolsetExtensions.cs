using System.Reflection;
using GitHub.Issues;
using McpGateway.Hosting;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Server;

namespace GitHub.Toolsets;

/// <summary>Offers the tools, chosen anew for each request.</summary>
internal static class ToolsetExtensions
{
    public static void AddToolsets(this GatewayBuilder gateway, GitHubOptions options, ToolCatalogue catalogue)
    {
        var selection = new ToolSelection(catalogue, options);
        McpServerPrimitiveCollection<McpServerPrompt> prompts =
        [
            .. typeof(IssuePrompts).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(method => McpServerPrompt.Create(method)),
        ];
        gateway.Services.AddSingleton(selection);
        gateway.Services.Configure<HttpServerTransportOptions>(transport => transport.ConfigureSessionOptions = (context, server, _) =>
        {
            server.ToolCollection = selection.Of(context);
            var toolsets = selection.ToolsetsOf(context);
            server.ServerInstructions = Instructions.For(toolsets);
            server.PromptCollection = toolsets.Contains(ToolsetNames.Issues) ? prompts : null;
            return Task.CompletedTask;
        });
    }
}
