using McpGateway.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace McpGateway.Telemetry;

/// <summary><c>/metrics</c>, in the form of Prometheus: to callers with a token, or at a port of its own without one.</summary>
internal static class MetricsEndpoint
{
    private const string Path = "/metrics";

    /// <summary>The port of metrics serves nothing else.</summary>
    public static IApplicationBuilder UseMetricsPort(this IApplicationBuilder app)
    {
        if (app.ApplicationServices.GetRequiredService<IOptions<MetricsOptions>>().Value.Port is { } port)
        {
            app.Use(
                (context, next) =>
                {
                    if (context.Connection.LocalPort != port || context.Request.Path == Path)
                    {
                        return next(context);
                    }

                    context.Response.StatusCode = StatusCodes.Status404NotFound;
                    return Task.CompletedTask;
                }
            );
        }

        return app;
    }

    public static void MapGatewayMetrics(this IEndpointRouteBuilder endpoints)
    {
        var options = endpoints.ServiceProvider.GetRequiredService<IOptions<MetricsOptions>>().Value;
        if (options.AreOn)
        {
            Map(endpoints, options);
        }
    }

    // A method of its own, so that OpenTelemetry's libraries are loaded for those alone who use them.
    private static void Map(IEndpointRouteBuilder endpoints, MetricsOptions options) =>
        endpoints
            .MapPrometheusScrapingEndpoint(Path)
            .Finally(endpoint =>
            {
                var scrape = endpoint.RequestDelegate!;
                endpoint.RequestDelegate = context =>
                    context.Connection.LocalPort == options.Port ? scrape(context)
                    : !options.ToCallers ? NotFoundAsync(context)
                    : context.User.CallerName() is not null ? scrape(context)
                    : CallerRequirement.RefuseAsync(context);
            });

    private static Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
