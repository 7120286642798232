using McpGateway.Authentication;
using McpGateway.Tools.Selection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Guards;

/// <summary>
/// The one place where the rights of a caller and <c>READ_ONLY=true</c> hold: what is not allowed is neither listed nor done, and whoever
/// asks for it hears which right is lacking. It looks at the tool the SDK has found, so that no alias, path or header leads around it.
/// </summary>
internal static class RightsFilter
{
    public static McpRequestHandler<ListToolsRequestParams, ListToolsResult> HideTools(
        McpRequestHandler<ListToolsRequestParams, ListToolsResult> next
    ) =>
        async (request, cancellationToken) =>
        {
            var result = await next(request, cancellationToken);
            result.Tools = [.. result.Tools.Where(tool => MayUse(request, tool))];
            return result;
        };

    public static McpRequestHandler<CallToolRequestParams, CallToolResult> RefuseTools(
        McpRequestHandler<CallToolRequestParams, CallToolResult> next
    ) =>
        (request, cancellationToken) =>
        {
            if (request.MatchedPrimitive is not McpServerTool { ProtocolTool: var tool })
            {
                return next(request, cancellationToken);
            }

            var rights = request.User.GetRights();
            var readOnly = IsReadOnly(request.Services!);
            var reads = request.Services!.GetRequiredService<ToolSelection>().Reads(tool);
            if (readOnly && !reads)
            {
                throw new McpException(
                    $"The tool '{tool.Name}' changes data and this gateway is read-only (READ_ONLY=true). Ask its operator to allow writes."
                );
            }

            ReadingOnly.Begin(readOnly || rights.ReadOnly || ToolSelection.AsksToRead(request.Server));
            return rights.FindRefusal(tool, reads) is { } refusal
                ? throw new McpException($"The tool '{tool.Name}' {refusal}: {Because(request)}")
                : next(request, cancellationToken);
        };

    /// <summary>Prompts come with a tool in some services, and in the others hold nothing but text.</summary>
    public static McpRequestHandler<TParams, TResult> GuardPrompts<TParams, TResult>(McpRequestHandler<TParams, TResult> next)
        where TResult : class, new() => Guard(next, CompanionKind.Prompts, "Prompts");

    /// <summary>A resource is what a tool reads, read another way.</summary>
    public static McpRequestHandler<TParams, TResult> GuardResources<TParams, TResult>(McpRequestHandler<TParams, TResult> next)
        where TResult : class, new() => Guard(next, CompanionKind.Resources, "Resources");

    /// <summary>Leaves out what a caller could not read, and the pages that hosts show: their tools lead to them.</summary>
    public static McpRequestHandler<ListResourcesRequestParams, ListResourcesResult> HideResources(
        McpRequestHandler<ListResourcesRequestParams, ListResourcesResult> next
    ) =>
        async (request, cancellationToken) =>
        {
            var result = await next(request, cancellationToken);
            var all = request.Server.ServerOptions.ResourceCollection;
            result.Resources =
            [
                .. result.Resources.Where(listed =>
                    all?.TryGetPrimitive(listed.Uri, out var resource) is not true || MayRead(request, resource!)
                ),
            ];
            return result;
        };

    /// <summary>A single resource may give what another tool gives.</summary>
    public static McpRequestHandler<ReadResourceRequestParams, ReadResourceResult> RefuseResources(
        McpRequestHandler<ReadResourceRequestParams, ReadResourceResult> next
    ) =>
        (request, cancellationToken) =>
            request.MatchedPrimitive is McpServerResource resource && LackingTool(resource, request.User.GetRights()) is { } tool
                ? throw Refusal("This resource comes", tool, request)
                : next(request, cancellationToken);

    /// <summary>Who may not read a resource does not hear when it changes.</summary>
    public static McpRequestHandler<SubscribeRequestParams, EmptyResult> RefuseSubscriptions(
        McpRequestHandler<SubscribeRequestParams, EmptyResult> next
    ) =>
        (request, cancellationToken) =>
            request.Server.ServerOptions.ResourceCollection?.TryGetPrimitive(request.Params.Uri, out var resource) == true
            && LackingTool(resource, request.User.GetRights()) is { } tool
                ? throw Refusal("This resource comes", tool, request)
                : next(request, cancellationToken);

    /// <summary>Whether a tool would not be refused to a caller.</summary>
    public static bool MayUse<TParams>(RequestContext<TParams> request, Tool tool)
    {
        var reads = request.Services!.GetRequiredService<ToolSelection>().Reads(tool);
        return (reads || !IsReadOnly(request.Services!)) && request.User.GetRights().FindRefusal(tool, reads) is null;
    }

    /// <summary>Whether a resource is listed to a caller.</summary>
    public static bool MayRead<TParams>(RequestContext<TParams> request, McpServerResource resource) =>
        !ChatView.Is(resource) && LackingTool(resource, request.User.GetRights()) is null;

    private static string? LackingTool(McpServerResource resource, Rights rights) =>
        resource.Metadata.OfType<SameAsToolAttribute>().FirstOrDefault()?.Tool is { } tool && !rights.AllowsName(tool) ? tool : null;

    private static McpProtocolException Refusal<TParams>(string what, string tool, RequestContext<TParams> request) =>
        new($"{what} with the tool '{tool}', which is not among the tools you may use: {Because(request)}", McpErrorCode.InvalidRequest);

    private static McpRequestHandler<TParams, TResult> Guard<TParams, TResult>(
        McpRequestHandler<TParams, TResult> next,
        CompanionKind kind,
        string what
    )
        where TResult : class, new() =>
        (request, cancellationToken) =>
        {
            var tool = request.Services!.GetRequiredService<ToolSelection>().ToolBehind(kind);
            return tool is null || request.User.GetRights().AllowsName(tool) || ChatView.Is(request.MatchedPrimitive)
                    ? next(request, cancellationToken)
                // Nothing is listed, and a client that completes while its user types needs no error.
                : request.Params is PaginatedRequestParams or CompleteRequestParams ? ValueTask.FromResult(new TResult())
                : throw Refusal($"{what} come", tool, request);
        };

    private static string Because<TParams>(RequestContext<TParams> request) =>
        $"the rights of '{request.User?.CallerName()}' are '{request.User.GetRights()}'. Ask the operator of this gateway to change them"
        + (request.User?.IsLoggedIn() == true ? ", or connect again with more access." : ".");

    private static bool IsReadOnly(IServiceProvider services) => services.GetRequiredService<IOptions<McpOptions>>().Value.ReadOnly;
}
