using Microsoft.AspNetCore.Http;

namespace McpGateway.Tools.Transport;

/// <summary>
/// Sends an SSE comment after each 20 s of silence, well under the limits on the way: nginx 60 s, Cloudflare 120 s, the
/// Functions host 240 s.
/// </summary>
internal static class SseKeepAlive
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    public static async Task RunAsync(HttpContext context, RequestDelegate next, TimeProvider time, StoppedCall? call = null)
    {
        var original = context.Response.Body;
        var stream = new KeepAliveStream(
            context.Response.BodyWriter,
            ": keep-alive\n\n"u8.ToArray(),
            Interval,
            time,
            beforeFilling: () => context.Response.ContentType == "text/event-stream",
            isLast: HttpMethods.IsPost(context.Request.Method) ? IsResponse : null,
            rewrite: PlainMessages.RewriteEvent
        );
        await using (stream)
        {
            context.Response.Body = stream;
            try
            {
                await next(context);
            }
            catch (OperationCanceledException) when (call?.IsGivenUp == true)
            {
                // Its response follows.
            }
            finally
            {
                context.Response.Body = original;
            }

            if (call?.IsGivenUp == true && !stream.HasResponse)
            {
                await stream.WriteAsync((byte[])[.. PlainMessages.EventData, .. call.Error, .. "\n\n"u8], CancellationToken.None);
                await stream.FlushAsync(CancellationToken.None);
            }
        }

        // Only now, when no timer sends anything any more.
        if (stream.Written > 0 && !context.Response.HasStarted)
        {
            // All of it is here: it needs no chunks.
            context.Response.ContentLength = stream.Written;
        }
    }

    // The reply to a request ends with its response. The transport writes each event at once, and a message's kind first.
    private static bool IsResponse(ReadOnlyMemory<byte> written) =>
        written.Span.StartsWith("event: message\ndata: {\"result\":"u8) || written.Span.StartsWith(PlainMessages.ErrorEvent);
}
