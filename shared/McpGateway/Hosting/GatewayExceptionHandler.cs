using System.Text.Json;
using McpGateway.Mcp;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace McpGateway.Hosting;

/// <summary>
/// Turns what escapes from a request into an answer without detail. A message the transport cannot read is the caller's
/// fault (400), anything else ours (500) and logged: the exception middleware keeps silent about what is handled here.
/// </summary>
internal sealed partial class GatewayExceptionHandler(ILogger<GatewayExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var (status, code, message) = exception switch
        {
            BadHttpRequestException bad => (bad.StatusCode, JsonRpcErrors.InvalidRequest, bad.Message),
            JsonException json => (
                StatusCodes.Status400BadRequest,
                JsonRpcErrors.InvalidParams,
                $"The message does not have the form its method wants{(json.Path is { } path ? $" (at {path})" : "")}."
            ),
            _ => (
                StatusCodes.Status500InternalServerError,
                JsonRpcErrors.InternalError,
                "The gateway failed. The operator's log has the details."
            ),
        };
        if (code == JsonRpcErrors.InternalError)
        {
            RequestFailed(exception, httpContext.Request.Method, httpContext.Request.Path);
        }

        await JsonRpcErrors.WriteAsync(httpContext, status, code, message);
        return true;
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    private partial void RequestFailed(Exception exception, string method, PathString path);
}
