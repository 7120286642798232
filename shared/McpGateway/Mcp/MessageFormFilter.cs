using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Mcp;

/// <summary>Params that do not have the form their method wants are the caller's fault (-32602), not an internal error.</summary>
internal static class MessageFormFilter
{
    public static McpMessageHandler Create(McpMessageHandler next) =>
        async (context, cancellationToken) =>
        {
            try
            {
                await next(context, cancellationToken);
            }
            catch (JsonException e) when (context.JsonRpcMessage is JsonRpcRequest request)
            {
                throw new McpProtocolException(
                    $"The params of '{request.Method}' have the wrong form at {e.Path ?? "$"}, or lack a required field there.", e, McpErrorCode.InvalidParams);
            }
        };
}
