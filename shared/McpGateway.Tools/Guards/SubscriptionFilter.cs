using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Guards;

/// <summary>The SDK accepts every subscription. One of which nothing will ever be heard is refused.</summary>
internal static class SubscriptionFilter
{
    public static McpRequestHandler<SubscribeRequestParams, EmptyResult> RefuseUnheard(
        McpRequestHandler<SubscribeRequestParams, EmptyResult> next
    ) =>
        (request, cancellationToken) =>
            request.Server.ServerOptions.Handlers.SubscribeToResourcesHandler is not null
                ? next(request, cancellationToken)
                : throw new McpProtocolException(
                    "Nobody would be told of changes here: subscriptions need a session (the gateway's operator sets MCP_SESSIONS=hybrid) and a "
                        + "gateway whose resources change. Read the resource again instead.",
                    McpErrorCode.MethodNotFound
                );
}
