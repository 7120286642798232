using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace McpGateway.Health;

internal static class HealthExtensions
{
    internal static IHostApplicationBuilder AddGatewayHealth(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks();
        return builder;
    }

    /// <summary>
    /// <c>/health</c>: the process is alive. <c>/health/ready</c>: what the service needs is there (each registered health check).
    /// Both are open, hold no secret and call no upstream.
    /// </summary>
    internal static void MapGatewayHealth(this IEndpointRouteBuilder endpoints)
    {
        var service = endpoints.ServiceProvider.GetRequiredService<GatewayService>();
        var time = endpoints.ServiceProvider.GetRequiredService<TimeProvider>();
        var checks = endpoints.ServiceProvider.GetRequiredService<HealthCheckService>();
        endpoints.MapMethods(
            "/health",
            ["GET", "HEAD"],
            context => WriteAsync(context, StatusCodes.Status200OK, new HealthAnswer("ok", service.Name, service.Version, Timestamp(time)))
        );
        endpoints.MapMethods(
            "/health/ready",
            ["GET", "HEAD"],
            async context =>
            {
                var problems = await checks.FindProblemsAsync(context.RequestAborted);
                var ready = problems.Count == 0;
                await WriteAsync(
                    context,
                    ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable,
                    new HealthAnswer(ready ? "ok" : "unavailable", service.Name, service.Version, Timestamp(time), ready ? null : problems)
                );
            }
        );
    }

    private static string Timestamp(TimeProvider time) =>
        time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);

    private static Task WriteAsync(HttpContext context, int status, HealthAnswer answer)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(answer, HealthJson.Readable.HealthAnswer, cancellationToken: context.RequestAborted);
    }
}
