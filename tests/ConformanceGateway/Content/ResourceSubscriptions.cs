using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace ConformanceGateway.Content;

/// <summary>Keeps which session has subscribed to which resource; nothing here changes, so no update is ever due.</summary>
internal static class ResourceSubscriptions
{
    public static IMcpServerBuilder WithResourceSubscriptions(this IMcpServerBuilder mcp)
    {
        var subscriptions = new ConcurrentDictionary<(string Session, string Uri), bool>();
        return mcp.WithSubscribeToResourcesHandler(
                (request, _) =>
                {
                    subscriptions[(SessionOf(request.Server), request.Params.Uri)] = true;
                    return ValueTask.FromResult(new EmptyResult());
                }
            )
            .WithUnsubscribeFromResourcesHandler(
                (request, _) =>
                {
                    subscriptions.TryRemove((SessionOf(request.Server), request.Params.Uri), out var _);
                    return ValueTask.FromResult(new EmptyResult());
                }
            );
    }

    private static string SessionOf(ModelContextProtocol.Server.McpServer server) =>
        server.SessionId
        ?? throw new McpProtocolException("A subscription needs a session (MCP_SESSIONS=Hybrid).", McpErrorCode.InvalidRequest);
}
