using McpGateway.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace McpGateway.Hosting;

/// <summary>One line for each request: refusals and failures at Information, the rest at Debug. Never a query string or a header.</summary>
internal sealed partial class RequestLogMiddleware(RequestDelegate next, TimeProvider time, ILogger<RequestLogMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var started = time.GetTimestamp();
        await next(context);
        var level = context.Response.StatusCode >= 400 ? LogLevel.Information : LogLevel.Debug;
        if (logger.IsEnabled(level))
        {
            var milliseconds = time.GetElapsedTime(started).TotalMilliseconds;
            var caller = context.User.CallerName() ?? "nobody known";
            RequestEnded(level, context.Request.Method, context.Request.Path, context.Response.StatusCode, milliseconds, caller);
        }
    }

    [LoggerMessage("{Method} {Path} {Status} in {Milliseconds:0.0} ms for {Caller}")]
    private partial void RequestEnded(LogLevel level, string method, PathString path, int status, double milliseconds, string caller);
}
