using McpGateway.Text;
using McpGateway.Tools.Selection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Guards;

/// <summary>
/// Says of a name that is not offered what may have been meant, or why it is left out. Nothing is named that the caller may not use: such a name is as
/// unknown as one that there never was.
/// </summary>
internal static class UnknownNames
{
    private const int LongestQuote = 200;
    private const int MostNames = 20;

    public static McpRequestHandler<CallToolRequestParams, CallToolResult> OfTools(
        McpRequestHandler<CallToolRequestParams, CallToolResult> next
    ) =>
        (request, cancellationToken) =>
            request.MatchedPrimitive is McpServerTool
                ? next(request, cancellationToken)
                : throw Invalid($"Unknown tool: '{Quote(request.Params.Name)}'.{AboutTool(request)}");

    public static McpRequestHandler<GetPromptRequestParams, GetPromptResult> OfPrompts(
        McpRequestHandler<GetPromptRequestParams, GetPromptResult> next
    ) =>
        (request, cancellationToken) =>
            request.MatchedPrimitive is McpServerPrompt
                ? next(request, cancellationToken)
                : throw UnknownPrompt(request.Params.Name, PromptsOf(request.Server));

    /// <summary>A URI of which the SDK says only that it is unknown; the code of the error depends on the revision.</summary>
    public static McpRequestHandler<ReadResourceRequestParams, ReadResourceResult> OfResources(
        McpRequestHandler<ReadResourceRequestParams, ReadResourceResult> next
    ) =>
        async (request, cancellationToken) =>
        {
            try
            {
                return await next(request, cancellationToken);
            }
            catch (McpProtocolException e) when (request.MatchedPrimitive is null)
            {
                throw UnknownResource(request.Params.Uri, ResourcesFor(request), e.ErrorCode);
            }
        };

    /// <summary>What is completed belongs to a prompt or to the template of a resource.</summary>
    public static McpRequestHandler<CompleteRequestParams, CompleteResult> OfCompletions(
        McpRequestHandler<CompleteRequestParams, CompleteResult> next
    ) =>
        (request, cancellationToken) =>
            request.Params.Ref switch
            {
                PromptReference { Name: var name } when PromptsOf(request.Server) is var known && !known.Contains(name) =>
                    throw UnknownPrompt(name, known),
                ResourceTemplateReference { Uri: { } uri } when ResourcesFor(request) is var known && !known.Contains(uri) =>
                    throw UnknownResource(uri, known, McpErrorCode.InvalidParams),
                _ => next(request, cancellationToken),
            };

    private static string AboutTool(RequestContext<CallToolRequestParams> request)
    {
        var (services, name) = (request.Services!, request.Params.Name);
        var offered = request.Server.ServerOptions.ToolCollection ?? [];
        var left = services.GetRequiredService<IOptions<McpServerOptions>>().Value.ToolCollection?.Where(tool => !Has(offered, tool)) ?? [];
        var selection = services.GetRequiredService<ToolSelection>();
        var leftOut = left.Where(tool => IsAllowed(tool.ProtocolTool))
            .ToDictionary(tool => tool.ProtocolTool.Name, tool => tool.ProtocolTool);
        if (leftOut.TryGetValue(name, out var known))
        {
            return $" {selection.WhyLeftOut(known)}";
        }

        var meant = NearName.Ask(name, offered.Select(tool => tool.ProtocolTool).Where(IsAllowed).Select(tool => tool.Name));
        return meant.Length > 0 ? meant
            : NearName.Find(name, leftOut.Keys) is { } near ? $"{NearName.Ask(name, leftOut.Keys)} {selection.WhyLeftOut(leftOut[near])}"
            : " tools/list names those there are.";

        bool IsAllowed(Tool tool) => RightsFilter.MayUse(request, tool);
    }

    private static bool Has(McpServerPrimitiveCollection<McpServerTool> tools, McpServerTool tool) =>
        tools.TryGetPrimitive(((IMcpServerPrimitive)tool).Id, out _);

    private static List<string> PromptsOf(McpServer server) =>
        server.ServerOptions.PromptCollection?.Select(prompt => prompt.ProtocolPrompt.Name).ToList() ?? [];

    private static List<string> ResourcesFor<TParams>(RequestContext<TParams> request) =>
        request
            .Server.ServerOptions.ResourceCollection?.Where(resource => RightsFilter.MayRead(request, resource))
            .Select(resource => resource.ProtocolResourceTemplate.UriTemplate)
            .ToList()
        ?? [];

    private static McpProtocolException UnknownPrompt(string name, IReadOnlyList<string> known) =>
        Invalid($"Unknown prompt: '{Quote(name)}'.{Among(name, known)}");

    private static McpProtocolException UnknownResource(string uri, IReadOnlyList<string> known, McpErrorCode code) =>
        new($"Unknown resource URI: '{Quote(uri)}'.{Among(uri, known)}", code);

    private static string Among(string name, IReadOnlyList<string> known) =>
        NearName.Ask(name, known) is { Length: > 0 } meant ? meant
        : known.Count == 0 ? " There is none."
        : $" There are {string.Join(", ", known.Take(MostNames))}{(known.Count > MostNames ? ", …" : "")}.";

    private static string Quote(string name) => Cut.To(name, LongestQuote);

    private static McpProtocolException Invalid(string message) => new(message, McpErrorCode.InvalidParams);
}
