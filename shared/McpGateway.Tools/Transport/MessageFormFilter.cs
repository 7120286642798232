using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Transport;

/// <summary>Params that do not have the form their method wants are the caller's fault (-32602), not an internal error.</summary>
internal static class MessageFormFilter
{
    // What handlers rely on, although a message can leave it out or say null.
    private static readonly Dictionary<string, string[]> Required = new()
    {
        [RequestMethods.ToolsCall] = ["name"],
        [RequestMethods.PromptsGet] = ["name"],
        [RequestMethods.ResourcesRead] = ["uri"],
        [RequestMethods.ResourcesSubscribe] = ["uri"],
        [RequestMethods.ResourcesUnsubscribe] = ["uri"],
        [RequestMethods.CompletionComplete] = ["ref", "argument"],
    };

    public static McpMessageHandler Create(McpMessageHandler next) =>
        async (context, cancellationToken) =>
        {
            if (context.JsonRpcMessage is not JsonRpcRequest request)
            {
                await next(context, cancellationToken);
                return;
            }

            if (FindMissing(request) is { } name)
            {
                throw new McpProtocolException($"The params of '{request.Method}' lack '{name}'.", McpErrorCode.InvalidParams);
            }

            try
            {
                await next(context, cancellationToken);
            }
            catch (JsonException e)
            {
                throw new McpProtocolException(
                    $"The params of '{request.Method}' have the wrong form at {e.Path ?? "$"}, or lack a required field there.",
                    e,
                    McpErrorCode.InvalidParams
                );
            }
        };

    private static string? FindMissing(JsonRpcRequest request) =>
        Required.TryGetValue(request.Method, out var names)
            ? Array.Find(names, name => request.Params is null || (request.Params is JsonObject given && given[name] is null))
            : null;
}
