using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Mcp;

/// <summary>With <c>READ_ONLY=true</c> a tool that changes something is neither listed nor called.</summary>
internal static class ReadOnlyFilter
{
    public static McpRequestHandler<ListToolsRequestParams, ListToolsResult> HideWrites(McpRequestHandler<ListToolsRequestParams, ListToolsResult> next) =>
        async (request, cancellationToken) =>
        {
            var result = await next(request, cancellationToken);
            if (IsReadOnly(request.Services!))
            {
                result.Tools = [.. result.Tools.Where(OnlyReads)];
            }

            return result;
        };

    public static McpRequestHandler<CallToolRequestParams, CallToolResult> RefuseWrites(McpRequestHandler<CallToolRequestParams, CallToolResult> next) =>
        (request, cancellationToken) =>
            IsReadOnly(request.Services!) && request.MatchedPrimitive is McpServerTool tool && !OnlyReads(tool.ProtocolTool)
                ? throw new McpException($"The tool '{request.Params.Name}' changes data and this gateway is read-only (READ_ONLY=true). Ask its operator to allow writes.")
                : next(request, cancellationToken);

    private static bool OnlyReads(Tool tool) => tool.Annotations?.ReadOnlyHint == true;

    private static bool IsReadOnly(IServiceProvider services) => services.GetRequiredService<IOptions<McpOptions>>().Value.ReadOnly;
}
