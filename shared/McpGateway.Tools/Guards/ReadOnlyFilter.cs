using McpGateway.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Guards;

/// <summary>With <c>READ_ONLY=true</c>, or for a caller who may only read, a tool that changes something is neither listed nor called.</summary>
internal static class ReadOnlyFilter
{
    public static McpRequestHandler<ListToolsRequestParams, ListToolsResult> HideWrites(
        McpRequestHandler<ListToolsRequestParams, ListToolsResult> next
    ) =>
        async (request, cancellationToken) =>
        {
            var result = await next(request, cancellationToken);
            if (IsReadOnly(request.Services!) || request.User?.MayWrite() == false)
            {
                result.Tools = [.. result.Tools.Where(OnlyReads)];
            }

            return result;
        };

    public static McpRequestHandler<CallToolRequestParams, CallToolResult> RefuseWrites(
        McpRequestHandler<CallToolRequestParams, CallToolResult> next
    ) =>
        (request, cancellationToken) =>
            request.MatchedPrimitive is not McpServerTool tool || OnlyReads(tool.ProtocolTool) ? next(request, cancellationToken)
            : IsReadOnly(request.Services!)
                ? throw new McpException(
                    $"The tool '{request.Params.Name}' changes data and this gateway is read-only (READ_ONLY=true). Ask its operator to allow writes."
                )
            // ScopeGuard has responded by then; this holds whatever it may have overlooked.
            : request.User?.MayWrite() == false
                ? throw new McpException(
                    $"The tool '{request.Params.Name}' changes data and this connection may only read. Connect again with full access."
                )
            : next(request, cancellationToken);

    public static bool OnlyReads(Tool tool) => tool.Annotations?.ReadOnlyHint == true;

    private static bool IsReadOnly(IServiceProvider services) => services.GetRequiredService<IOptions<McpOptions>>().Value.ReadOnly;
}
