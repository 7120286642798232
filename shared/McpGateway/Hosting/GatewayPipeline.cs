using McpGateway.Auditing;
using McpGateway.Authentication;
using McpGateway.Health;
using McpGateway.Http;
using McpGateway.RateLimiting;
using McpGateway.Telemetry;
using McpGateway.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpGateway.Hosting;

/// <summary>What every request passes, top to bottom, on Kestrel and in the Functions worker alike. Start reading here.</summary>
public static class GatewayPipeline
{
    private const int LongestPath = 100;

    internal static IApplicationBuilder UseGateway(this IApplicationBuilder app, GatewayHostKind host)
    {
        var options = app.ApplicationServices.GetRequiredService<IOptions<GatewayOptions>>().Value;
        // Opens its file now: whether it can be written shows at start and not at the first call.
        app.ApplicationServices.GetRequiredService<AuditLog>();

        app.UseMiddleware<UnreadBodyMiddleware>();
        app.UseMiddleware<RequestLogMiddleware>();
        app.UseExceptionHandler(_ => { });
        app.UseMiddleware<DrainingMiddleware>();
        if (options.TrustDownstreamProxy && host == GatewayHostKind.Kestrel)
        {
            // In the Functions worker the host has applied them already; applying them twice would trust a second hop.
            app.UseForwardedHeaders();
        }

        app.UseMetricsPort();
        app.UseRouting();
        app.UseMiddleware<RequestGuardMiddleware>();
        app.UseMiddleware<BrowserMiddleware>();
        app.UseGatewayCors();
        app.UseMiddleware<CallerMiddleware>();
        app.UseGatewayRateLimiting();
        app.Use(ExplainMethodAsync);
        app.UseEndpoints(MapEndpoints);
        app.Run(RefuseAddressAsync);
        return app;
    }

    // Routing refuses a method without a word.
    private static async Task ExplainMethodAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Response is { StatusCode: StatusCodes.Status405MethodNotAllowed, HasStarted: false, ContentType: null })
        {
            await Refusal.WriteAsync(
                context,
                StatusCodes.Status405MethodNotAllowed,
                "Method not allowed",
                $"{context.Request.Method} is not served at '{Cut.To(context.Request.Path.Value ?? "", LongestPath)}': send {context.Response.Headers.Allow}."
            );
        }
    }

    // An empty 404 says no more than that something is wrong.
    private static Task RefuseAddressAsync(HttpContext context) =>
        Refusal.WriteAsync(
            context,
            StatusCodes.Status404NotFound,
            "Not found",
            $"There is nothing at '{Cut.To(context.Request.Path.Value ?? "", LongestPath)}': MCP is served at /mcp."
        );

    // UseCors() compiles an expression tree at start, the only one: two megabytes and a tenth of the start.
    private static void UseGatewayCors(this IApplicationBuilder app)
    {
        var services = app.ApplicationServices;
        var policies = services.GetRequiredService<ICorsPolicyProvider>();
        app.Use(next =>
        {
            var cors = new CorsMiddleware(next, services.GetRequiredService<ICorsService>(), services.GetRequiredService<ILoggerFactory>());
            return context => cors.Invoke(context, policies);
        });
    }

    private static void MapEndpoints(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGatewayHealth();
        endpoints.MapGatewayMetrics();
        foreach (var map in endpoints.ServiceProvider.GetServices<EndpointMapping>())
        {
            map(endpoints);
        }
    }
}
