using System.Text.Json;
using McpGateway.Authentication;
using McpGateway.Http;
using McpGateway.Tools.Selection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Guards;

/// <summary>
/// Tells an app whose connection may only read that a call needs more: 403 insufficient_scope, by which a client knows to ask its
/// user again. It stands before the transport, which begins its response before a tool is found.
/// </summary>
internal sealed class ScopeGuard(RequestDelegate next, IOptions<McpServerOptions> server, ToolSelection selection, ILogin? login = null)
{
    public Task InvokeAsync(HttpContext context) =>
        context.User.IsLoggedIn()
        && context.User.GetRights().ReadOnly
        && HttpMethods.IsPost(context.Request.Method)
        && CallsWritingTool(context.Request)
            ? RefuseAsync(context)
            : next(context);

    // PlainHttpClients has read the body, which is all there, and found well-formed JSON.
    private bool CallsWritingTool(HttpRequest request)
    {
        request.BodyReader.TryRead(out var body);
        using var message = JsonDocument.Parse(body.Buffer);
        request.BodyReader.AdvanceTo(body.Buffer.Start);
        return message.RootElement.TryGetProperty("method", out var method)
            && method.ValueKind == JsonValueKind.String
            && method.ValueEquals("tools/call")
            && message.RootElement.TryGetProperty("params", out var parameters)
            && parameters.ValueKind == JsonValueKind.Object
            && parameters.TryGetProperty("name", out var name)
            && name.ValueKind == JsonValueKind.String
            && server.Value.ToolCollection?.TryGetPrimitive(name.GetString()!, out var tool) == true
            && !selection.Reads(tool.ProtocolTool);
    }

    private Task RefuseAsync(HttpContext context)
    {
        const string Reason = "The tool changes data and this connection may only read";
        if (login is null)
        {
            return Refusal.WriteAsync(context, StatusCodes.Status403Forbidden, "Forbidden", $"{Reason}.");
        }

        context.Response.Headers.WWWAuthenticate =
            "Bearer error=\"insufficient_scope\", error_description=\"The tool changes data\", "
            + $"scope=\"{login.FullScope}\", resource_metadata=\"{login.ResourceMetadataFor(context.Request.Path)}\"";
        return Refusal.WriteAsync(
            context,
            StatusCodes.Status403Forbidden,
            "Forbidden",
            $"{Reason}: it needs the scope '{login.FullScope}'. Connect again with full access."
        );
    }
}
