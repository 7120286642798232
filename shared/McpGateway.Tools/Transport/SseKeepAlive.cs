using Microsoft.AspNetCore.Http;

namespace McpGateway.Tools.Transport;

/// <summary>
/// Replies with an event stream. An SSE comment follows after each 20 s of silence, well under the limits on the way: nginx 60 s, Cloudflare
/// 120 s, the Functions host 240 s.
/// </summary>
internal static class SseKeepAlive
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    private static readonly byte[] Comment = ": keep-alive\n\n"u8.ToArray();

    public static Task RunAsync(HttpContext context, RequestDelegate next, TimeProvider time, StoppedCall? call = null)
    {
        var response = context.Response;
        var stream = new KeepAliveStream(
            response.BodyWriter,
            Comment,
            Interval,
            time,
            beforeFilling: () => response.ContentType == "text/event-stream",
            isLast: HttpMethods.IsPost(context.Request.Method) ? PlainMessages.IsResponse : null,
            rewrite: PlainMessages.RewriteEvent,
            complete: length => HasLength(response, length)
        );
        return RunAsync(context, next, stream, call, error => PlainMessages.EventOf(error));
    }

    /// <summary>Sends what the transport writes to the response by way of a stream.</summary>
    /// <param name="replyOf">What the error of a call that was given up is in this form of a reply.</param>
    internal static async Task RunAsync(
        HttpContext context,
        RequestDelegate next,
        KeepAliveStream stream,
        StoppedCall? call,
        Func<byte[], byte[]> replyOf
    )
    {
        var original = context.Response.Body;
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
                await stream.EndAsync(replyOf(call.Error));
            }
        }
    }

    /// <summary>Whether a response can be sent with its length, and needs no chunks.</summary>
    internal static bool HasLength(HttpResponse response, long length)
    {
        if (response.HasStarted)
        {
            return false;
        }

        response.ContentLength = length;
        return true;
    }
}
