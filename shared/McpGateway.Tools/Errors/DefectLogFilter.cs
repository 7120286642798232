using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Errors;

/// <summary>
/// Logs what is not a caller's mistake, once: the SDK's own log, which is off, has a stack trace for every mistake of a caller as well.
/// </summary>
internal static partial class DefectLogFilter
{
    public static McpMessageHandler Create(McpMessageHandler next) =>
        async (context, cancellationToken) =>
        {
            try
            {
                await next(context, cancellationToken);
            }
            catch (Exception e)
                when (context.JsonRpcMessage is JsonRpcRequest request
                    && e is not (McpException or OperationCanceledException or InputRequiredException)
                )
            {
                var logger = context.Services!.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(DefectLogFilter));
                RequestFailed(logger, e, request.Method);
                throw;
            }
        };

    [LoggerMessage(LogLevel.Error, "A request of the method {Method} failed unexpectedly")]
    private static partial void RequestFailed(ILogger logger, Exception exception, string method);
}
