using McpGateway.Authentication;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace McpGateway.Hosting;

/// <summary>Refuses requests for or from names that are not the service's.</summary>
internal sealed class RequestGuardMiddleware(RequestDelegate next, KnownNames names)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!names.KnowsHost(context.Request.Host))
        {
            return RefuseAsync(context, $"This service does not answer to the host '{context.Request.Host}': add it to ALLOWED_HOSTS, or set PUBLIC_URL.");
        }

        var origin = context.Request.Headers.Origin.ToString();
        return origin.Length == 0 || names.KnowsOrigin(origin) || AnyOriginMayCall(context)
            ? next(context)
            : RefuseAsync(context, $"Pages of the origin '{origin}' may not call this service: add it to ALLOWED_ORIGINS.");
    }

    // Endpoints meant for every browser (OAuth discovery and the like) say so with a CORS policy of their own.
    private static bool AnyOriginMayCall(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<ICorsPolicyMetadata>() is { Policy.AllowAnyOrigin: true };

    private static Task RefuseAsync(HttpContext context, string message)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsJsonAsync(new Refusal("Forbidden", message), context.RequestAborted);
    }
}
