using System.Reflection;
using GitHub.Contents;
using GitHub.Issues;
using McpGateway;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Server;

namespace GitHub.Toolsets;

/// <summary>Offers the tools, chosen anew for each request.</summary>
internal static class ToolsetExtensions
{
    private const string FileReadingTool = "get_file_contents";

    /// <summary>Where issues are listed, there are the prompts for them.</summary>
    private const string IssueListingTool = "list_issues";

    public static void AddToolsets(this GatewayBuilder gateway, GitHubOptions options, ToolCatalogue catalogue)
    {
        var selection = new ToolSelection(catalogue, options);
        McpServerPrimitiveCollection<McpServerPrompt> prompts =
        [
            .. typeof(IssuePrompts).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(method => McpServerPrompt.Create(method)),
        ];
        var templates = ContentTemplates.Create();
        gateway.Services.AddSingleton(selection);
        gateway.Services.AddSingleton<ContentCompletions>();
        // All of them, by which a call is known to write before a request's own tools are chosen.
        gateway.Services.Configure<McpServerOptions>(server => server.ToolCollection = [.. catalogue.Tools]);
        gateway.Services.Configure<HttpServerTransportOptions>(transport =>
            transport.ConfigureSessionOptions = (context, server, cancellationToken) =>
            {
                var tools = selection.Of(context);
                server.ToolCollection = tools;
                server.ServerInstructions = tools.IsEmpty
                    ? Instructions.ForNothing
                    : Instructions.For(name => tools.TryGetPrimitive(name, out _));
                server.PromptCollection = tools.TryGetPrimitive(IssueListingTool, out _) ? prompts : null;
                // A resource is a file read another way: who may not read one has none.
                if (tools.TryGetPrimitive(FileReadingTool, out _))
                {
                    server.ResourceCollection = templates;
                    server.Handlers.CompleteHandler = context.RequestServices.GetRequiredService<ContentCompletions>().CompleteAsync;
                }

                return Task.CompletedTask;
            }
        );
    }
}
