using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Transport;

/// <summary>
/// Params that do not have the form their method wants are the caller's fault (-32602), not an internal error. What is not a
/// caller's mistake is logged here, once: the SDK's own log, which is off, has a stack trace for each of them.
/// </summary>
internal static partial class MessageFormFilter
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
            catch (Exception e) when (e is not (McpException or OperationCanceledException or InputRequiredException))
            {
                RequestFailed(
                    context.Services!.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(MessageFormFilter)),
                    e,
                    request.Method
                );
                throw;
            }
        };

    private static string? FindMissing(JsonRpcRequest request) =>
        Required.TryGetValue(request.Method, out var names)
            ? Array.Find(names, name => request.Params is null || (request.Params is JsonObject given && given[name] is null))
            : null;

    [LoggerMessage(LogLevel.Error, "A request of the method {Method} failed unexpectedly")]
    private static partial void RequestFailed(ILogger logger, Exception exception, string method);
}
