using McpGateway.Http;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace McpGateway.Hosting;

/// <summary>Refuses requests for or from names that are not the service's.</summary>
internal sealed class RequestGuardMiddleware(RequestDelegate next, KnownNames names, ICorsPolicyProvider policies)
{
    public Task InvokeAsync(HttpContext context)
    {
        var origin = context.Request.Headers.Origin.ToString();
        return !names.KnowsHost(context.Request.Host)
                ? RefuseAsync(
                    context,
                    $"This service does not accept the host '{context.Request.Host}': add it to ALLOWED_HOSTS, or set PUBLIC_URL."
                )
            : origin.Length == 0 || names.KnowsOrigin(origin) || IsFormOfOurs(context, origin) ? next(context)
            : CheckForeignPageAsync(context, origin);
    }

    private async Task CheckForeignPageAsync(HttpContext context, string origin)
    {
        if (await AnyOriginMayCallAsync(context))
        {
            await next(context);
        }
        else
        {
            await RefuseAsync(context, $"Pages of the origin '{origin}' may not call this service: add it to ALLOWED_ORIGINS.");
        }
    }

    // The form endpoint checks the sender itself.
    private static bool IsFormOfOurs(HttpContext context, string origin) =>
        origin == "null" && context.GetEndpoint()?.Metadata.GetMetadata<FormEndpoint>() is not null;

    // Endpoints meant for every browser (OAuth discovery and the like) say so with a CORS policy of their own.
    private async Task<bool> AnyOriginMayCallAsync(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<ICorsMetadata>() switch
        {
            ICorsPolicyMetadata own => own.Policy.AllowAnyOrigin,
            IEnableCorsAttribute { PolicyName: { } name } => await policies.GetPolicyAsync(context, name) is { AllowAnyOrigin: true },
            _ => false,
        };

    private static Task RefuseAsync(HttpContext context, string message) =>
        Refusal.WriteAsync(context, StatusCodes.Status403Forbidden, "Forbidden", message);
}
