using Microsoft.AspNetCore.Http;

namespace McpGateway.Authentication;

/// <summary>
/// Makes the caller the user of the request. Not an authentication handler: there is one scheme, and the framework's services make a dozen
/// objects for each request to choose among several. Who is not known is refused where a caller is needed: <see cref="CallerRequirement"/>.
/// </summary>
internal sealed class CallerMiddleware(RequestDelegate next, CallerFinder callers, TimeProvider time)
{
    private const string Scheme = "Bearer";

    public async Task InvokeAsync(HttpContext context)
    {
        if (
            await callers.FindAsync(context) is { } caller
            && caller.MayCall(context.Request.Path)
            && !caller.Rights.HasExpired(time.GetUtcNow())
        )
        {
            context.User = caller.ToPrincipal(Scheme);
        }

        await next(context);
    }
}
