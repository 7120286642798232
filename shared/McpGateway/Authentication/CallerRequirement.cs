using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace McpGateway.Authentication;

/// <summary>Endpoints that are for callers alone. docs/decisions/0049-callers-by-a-middleware.md</summary>
public static class CallerRequirement
{
    /// <summary>Turns away who is not known, before anything else that the endpoints do.</summary>
    public static TBuilder RequireCaller<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoints.Finally(endpoint =>
        {
            var serve = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = context =>
                context.User.Identity is { IsAuthenticated: true } ? serve(context) : RefuseAsync(context);
        });
        return endpoints;
    }

    internal static Task RefuseAsync(HttpContext context) =>
        context.RequestServices.GetRequiredService<BearerChallenge>().WriteAsync(context);
}
