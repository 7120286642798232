using System.Net.Http.Headers;
using McpGateway.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace McpGateway.Tools.Transport;

/// <summary>
/// Lets clients in that speak less than the whole transport (curl, n8n, a webhook): reads and checks the body first, so
/// that bad input gets its proper response, completes a terse <c>initialize</c>, and replies with one JSON object
/// to whoever does not ask for an event stream. docs/decisions/0005-plain-clients.md
/// </summary>
internal sealed class PlainHttpClients(RequestDelegate next, IOptions<GatewayOptions> options, IOptions<McpOptions> mcp, TimeProvider time)
{
    private const string BothMediaTypes = "application/json, text/event-stream";

    public Task InvokeAsync(HttpContext context) =>
        HttpMethods.IsPost(context.Request.Method)
            ? PostAsync(context)
            // The event stream of a session.
            : SseKeepAlive.RunAsync(context, next, time);

    private async Task PostAsync(HttpContext context)
    {
        if (!IsUtf8Json(context.Request.ContentType))
        {
            await JsonRpcErrors.WriteAsync(
                context,
                StatusCodes.Status415UnsupportedMediaType,
                JsonRpcErrors.InvalidRequest,
                $"Content-Type '{context.Request.ContentType}' is not supported: send 'Content-Type: application/json' in UTF-8."
            );
            return;
        }

        if (await RequestBody.ReadAsync(context.Request, options.Value.MaxRequestBytes) is not { } body)
        {
            context.Response.Headers.Connection = "close";
            await JsonRpcErrors.WriteAsync(
                context,
                StatusCodes.Status413PayloadTooLarge,
                JsonRpcErrors.InvalidRequest,
                $"The request body is larger than {options.Value.MaxRequestBytes} bytes (MAX_REQUEST_BYTES): send less at once."
            );
            return;
        }

        var message = IncomingMessage.Inspect(body);
        if (message.Problem is { } problem)
        {
            await JsonRpcErrors.WriteAsync(context, StatusCodes.Status400BadRequest, message.ErrorCode, problem);
            return;
        }

        if (mcp.Value.Sessions == SessionMode.Stateless)
        {
            // Left over from a server with sessions. The transport would respond with 400, from which no client recovers by itself;
            // without state nothing of it can be stale, so the request is as good as any other.
            context.Request.Headers.Remove("Mcp-Session-Id");
        }

        context.Request.Body = new MemoryStream(message.Body.Array!, message.Body.Offset, message.Body.Count, writable: false);
        context.Request.ContentLength = message.Body.Count;
        // The transport would trip over a charset in quotation marks.
        context.Request.ContentType = "application/json";
        if (AsksForEventStream(context.Request))
        {
            context.Request.Headers.Accept = BothMediaTypes;
            await SseKeepAlive.RunAsync(context, next, time);
        }
        else
        {
            context.Request.Headers.Accept = BothMediaTypes;
            await JsonReply.RunAsync(context, next, time);
        }
    }

    private static bool AsksForEventStream(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase);

    private static bool IsUtf8Json(string? contentType) =>
        contentType == "application/json"
        || (
            MediaTypeHeaderValue.TryParse(contentType, out var type)
            && string.Equals(type.MediaType, "application/json", StringComparison.OrdinalIgnoreCase)
            && (type.CharSet is null || string.Equals(type.CharSet.Trim('"'), "utf-8", StringComparison.OrdinalIgnoreCase))
        );
}
