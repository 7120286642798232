using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

#pragma warning disable MCP9005 // Deprecated in the newest revision; the older ones have it.

namespace McpGateway.Tools.Transport;

/// <summary>Declares and takes logging only where a service sends log messages to clients. The SDK does so for every server.</summary>
internal static class DeclaredLogging
{
    public static McpMessageHandler Refuse(McpMessageHandler next) =>
        (context, cancellationToken) =>
            context.JsonRpcMessage is JsonRpcRequest { Method: RequestMethods.LoggingSetLevel } && !HasLogging(context.Server)
                ? throw new McpProtocolException(
                    $"Method '{RequestMethods.LoggingSetLevel}' is not available: this server sends no log messages.",
                    McpErrorCode.MethodNotFound
                )
                : next(context, cancellationToken);

    public static McpMessageHandler LeaveOut(McpMessageHandler next) =>
        (context, cancellationToken) =>
        {
            // Only the responses to initialize and server/discover have such a member.
            if (
                context.JsonRpcMessage is JsonRpcResponse { Result: JsonObject result }
                && result["capabilities"] is JsonObject capabilities
                && !HasLogging(context.Server)
            )
            {
                capabilities.Remove("logging");
            }

            return next(context, cancellationToken);
        };

    private static bool HasLogging(McpServer server) => server.ServerOptions.Handlers.SetLoggingLevelHandler is not null;
}
