using McpGateway.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace McpGateway.Hosting;

/// <summary>Counts the requests that run, and refuses new ones with 503 while the service stops.</summary>
internal sealed class DrainingMiddleware(RequestDelegate next, RunningRequests running, IHostApplicationLifetime lifetime)
{
    public async Task InvokeAsync(HttpContext context)
    {
        running.Enter();
        try
        {
            await (lifetime.ApplicationStopping.IsCancellationRequested ? RefuseAsync(context) : next(context));
        }
        finally
        {
            running.Leave();
        }
    }

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "5";
        context.Response.Headers.Connection = "close";
        return Refusal.WriteAsync(
            context,
            StatusCodes.Status503ServiceUnavailable,
            "Service unavailable",
            "The gateway is stopping. Try again in a few seconds."
        );
    }
}
