using System.Text.Json;
using McpGateway.Authentication;
using McpGateway.OAuth;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;

namespace McpGateway.Mcp;

/// <summary>
/// Tells a caller whose token may only read that a call needs more: 403 insufficient_scope, by which a client knows to ask its
/// user again. It stands before the transport, which begins its answer before a tool is found.
/// </summary>
internal sealed class ScopeMiddleware(RequestDelegate next, IOptions<McpServerOptions> server)
{
    public Task InvokeAsync(HttpContext context) =>
        !context.User.MayWrite()
        && HttpMethods.IsPost(context.Request.Method)
        && context.GetEndpoint()?.Metadata.GetMetadata<McpEndpoint>() is not null
        && CallsWritingTool(context.Request)
            ? RefuseAsync(context)
            : next(context);

    // PlainHttpClientsMiddleware has read the body and found well-formed JSON.
    private bool CallsWritingTool(HttpRequest request)
    {
        using var message = JsonDocument.Parse(request.Body);
        request.Body.Position = 0;
        return message.RootElement.TryGetProperty("method", out var method)
            && method.ValueKind == JsonValueKind.String
            && method.ValueEquals("tools/call")
            && message.RootElement.TryGetProperty("params", out var parameters)
            && parameters.ValueKind == JsonValueKind.Object
            && parameters.TryGetProperty("name", out var name)
            && name.ValueKind == JsonValueKind.String
            && server.Value.ToolCollection?.TryGetPrimitive(name.GetString()!, out var tool) == true
            && !ReadOnlyFilter.OnlyReads(tool.ProtocolTool);
    }

    private static Task RefuseAsync(HttpContext context)
    {
        var issuer = context.RequestServices.GetRequiredService<Issuer>();
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.Headers.WWWAuthenticate =
            $"Bearer error=\"insufficient_scope\", error_description=\"The tool changes data\", scope=\"{Scopes.Full}\", resource_metadata=\"{issuer.ResourceMetadata}\"";
        return context.Response.WriteAsJsonAsync(
            new Refusal(
                "Forbidden",
                $"The tool changes data and this connection may only read: it needs the scope '{Scopes.Full}'. Connect again with full access."
            ),
            context.RequestAborted
        );
    }
}
