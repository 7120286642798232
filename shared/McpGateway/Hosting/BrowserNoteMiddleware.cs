using McpGateway.Authentication;
using Microsoft.AspNetCore.Http;

namespace McpGateway.Hosting;

/// <summary>
/// Tells a person who opens the gateway's address, or that of MCP, in a browser what is there: browsers show an error of their own
/// otherwise.
/// </summary>
internal sealed class BrowserNoteMiddleware(RequestDelegate next, GatewayService service, Door door)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        return !HttpMethods.IsGet(request.Method) ? next(context)
            : request.Path == "/" ? WriteAsync(context, StatusCodes.Status200OK)
            : IsMcp(request.Path) && ComesFromBrowser(request) ? WriteAsync(context, StatusCodes.Status406NotAcceptable)
            : next(context);
    }

    private static bool IsMcp(PathString path) => string.Equals(path.Value?.TrimEnd('/'), "/mcp", StringComparison.OrdinalIgnoreCase);

    private static bool ComesFromBrowser(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private Task WriteAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return context.Response.WriteAsync(
            $"""
            {service.Name} {service.Version}: an MCP gateway, for MCP clients and not for browsers.

            /mcp          the address to give to a client; see README.md for each client
            /health       whether it runs
            {(door.HasLogin ? "/connections  the apps that are connected" : "")}
            """.TrimEnd() + "\n",
            context.RequestAborted
        );
    }
}
