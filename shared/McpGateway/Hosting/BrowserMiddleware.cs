using McpGateway.Http;
using Microsoft.AspNetCore.Http;

namespace McpGateway.Hosting;

/// <summary>
/// Leads a person who opens the address of MCP in a browser to the page that says what this is: browsers show an error of their own
/// otherwise.
/// </summary>
internal sealed class BrowserMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) || !IsMcp(request.Path) || !ComesFromBrowser(request))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status302Found;
        context.Response.Headers.Location = "/";
        context.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }

    private static bool IsMcp(PathString path) => string.Equals(path.Value?.TrimEnd('/'), "/mcp", StringComparison.OrdinalIgnoreCase);

    private static bool ComesFromBrowser(HttpRequest request) => AcceptHeader.Of(request, "text/html").IsAskedFor;
}
