using System.Text.Json;
using McpGateway.Mcp;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace McpGateway.Hosting;

/// <summary>
/// Turns what escapes from a request into an answer without detail; the exception middleware has logged it by then. A message
/// the transport cannot read is the caller's fault (400), anything else ours (500).
/// </summary>
internal sealed class GatewayExceptionHandler : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var (status, code, message) = exception switch
        {
            BadHttpRequestException bad => (bad.StatusCode, JsonRpcErrors.InvalidRequest, bad.Message),
            JsonException json => (StatusCodes.Status400BadRequest, JsonRpcErrors.InvalidParams,
                $"The message does not have the form its method wants{(json.Path is { } path ? $" (at {path})" : "")}."),
            _ => (StatusCodes.Status500InternalServerError, JsonRpcErrors.InternalError, "The gateway failed. The operator's log has the details."),
        };
        await JsonRpcErrors.WriteAsync(httpContext, status, code, message);
        return true;
    }
}
