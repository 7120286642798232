using Microsoft.AspNetCore.Http;

namespace McpGateway.Tools.Transport;

/// <summary>
/// Replies with one JSON object where the transport would stream events: the event with the response is sent alone, progress
/// on the way is left out. While the tool works on, white space before the object keeps the connection alive.
/// </summary>
internal static class JsonReply
{
    private static readonly byte[] WhiteSpace = "\n"u8.ToArray();

    /// <summary>Whether the response to this request is one JSON object.</summary>
    public static bool IsUsedFor(HttpContext? context) => context?.Items.ContainsKey(typeof(JsonReply)) == true;

    public static async Task RunAsync(HttpContext context, RequestDelegate next, TimeProvider time, StoppedCall call)
    {
        context.Items[typeof(JsonReply)] = true;
        var response = context.Response;
        var stream = new KeepAliveStream(
            response.BodyWriter,
            WhiteSpace,
            SseKeepAlive.Interval,
            time,
            beforeFilling: () => BecomeJson(response),
            isLast: PlainMessages.IsResponse,
            rewrite: PlainMessages.ResponseIn,
            // Who does not ask for events does not wait for headers.
            patience: SseKeepAlive.Interval,
            complete: length => BecomeJson(response) && SseKeepAlive.HasLength(response, length)
        );
        await SseKeepAlive.RunAsync(context, next, stream, call, error => error);
        if (response.ContentType == "text/event-stream")
        {
            BecomeJson(response);
        }
    }

    private static bool BecomeJson(HttpResponse response)
    {
        if (!response.HasStarted)
        {
            response.ContentType = "application/json";
            response.Headers.ContentEncoding = default;
        }

        return true;
    }
}
