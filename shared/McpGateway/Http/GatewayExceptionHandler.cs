using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace McpGateway.Http;

/// <summary>
/// Turns what escapes from a request into a response without detail, in the form of its endpoint (<see cref="FailureReply"/>). A message
/// the transport cannot read is the caller's fault (400), anything else ours (500) and logged: the exception middleware keeps silent
/// about what is handled here.
/// </summary>
internal sealed partial class GatewayExceptionHandler(ILogger<GatewayExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var failure = exception switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => new(
                StatusCodes.Status408RequestTimeout,
                JsonRpcErrors.InvalidRequest,
                "The request body did not arrive in time, and nothing was done: send it again, faster or in smaller requests."
            ),
            BadHttpRequestException bad => new Failure(bad.StatusCode, JsonRpcErrors.InvalidRequest, bad.Message),
            JsonException json => new(
                StatusCodes.Status400BadRequest,
                JsonRpcErrors.InvalidParams,
                $"The message does not match the parameters of its method{(json.Path is { } path ? $" (at {path})" : "")}."
            ),
            _ => new(
                StatusCodes.Status500InternalServerError,
                JsonRpcErrors.InternalError,
                "The gateway failed. The operator's log has the details."
            ),
        };
        if (failure.Code == JsonRpcErrors.InternalError)
        {
            RequestFailed(exception, httpContext.Request.Method, httpContext.Request.Path);
        }

        if (failure.Status == StatusCodes.Status503ServiceUnavailable)
        {
            httpContext.Response.Headers.RetryAfter = "5";
        }
        else if (failure.Status == StatusCodes.Status415UnsupportedMediaType)
        {
            httpContext.Response.Headers.AcceptEncoding = "identity";
        }

        try
        {
            await WriteAsync(httpContext, failure);
        }
        catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
        {
            // Whoever would read it has left, in the middle of a body perhaps.
        }

        return true;
    }

    private static Task WriteAsync(HttpContext context, Failure failure)
    {
        // The exception middleware has cleared the context's own endpoint.
        var endpoint = context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        if (endpoint?.Metadata.GetMetadata<FailureReply>() is { } reply)
        {
            return reply.WriteAsync(context, failure);
        }

        var isOurs = failure.Code == JsonRpcErrors.InternalError;
        return Refusal.WriteAsync(context, failure.Status, isOurs ? "Internal server error" : "Bad request", failure.Message);
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    private partial void RequestFailed(Exception exception, string method, PathString path);
}
