using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Transport;

/// <summary>Declares logging only where a service sends log messages to clients. The SDK declares it for every server.</summary>
internal static class DeclaredLogging
{
    public static McpMessageHandler Create(McpMessageHandler next) =>
        (context, cancellationToken) =>
        {
#pragma warning disable MCP9005 // Deprecated in the newest revision; the older ones have it.
            // Only the responses to initialize and server/discover have such a member.
            if (
                context.JsonRpcMessage is JsonRpcResponse { Result: JsonObject result }
                && result["capabilities"] is JsonObject capabilities
                && context.Server.ServerOptions.Handlers.SetLoggingLevelHandler is null
            )
            {
                capabilities.Remove("logging");
            }
#pragma warning restore MCP9005

            return next(context, cancellationToken);
        };
}
