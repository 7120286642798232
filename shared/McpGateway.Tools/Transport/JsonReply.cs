using System.Net.ServerSentEvents;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace McpGateway.Tools.Transport;

/// <summary>
/// Replies with one JSON object where the transport would stream events: the event with the response is sent alone, progress
/// on the way is left out. While the tool works on, white space before the object keeps the connection alive.
/// </summary>
internal static class JsonReply
{
    /// <summary>Whether the response to this request is one JSON object.</summary>
    public static bool IsUsedFor(HttpContext? context) => context?.Items.ContainsKey(typeof(JsonReply)) == true;

    public static async Task RunAsync(HttpContext context, RequestDelegate next, TimeProvider time, StoppedCall call)
    {
        context.Items[typeof(JsonReply)] = true;
        var original = context.Response.Body;
        using var events = new MemoryStream();
        await using (
            var keepAlive = new KeepAliveStream(
                context.Response.BodyWriter,
                "\n"u8.ToArray(),
                SseKeepAlive.Interval,
                time,
                beforeFilling: () => BecomeJson(context)
            )
        )
        {
            context.Response.Body = events;
            try
            {
                await next(context);
            }
            catch (OperationCanceledException) when (call.IsGivenUp)
            {
                // Its response follows.
            }
            finally
            {
                context.Response.Body = original;
            }
        }

        events.Position = 0;
        if (context.Response.HasStarted || context.Response.ContentType == "text/event-stream")
        {
            await WriteResponseAsync(context, events, call);
        }
        else
        {
            await events.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
    }

    private static async Task WriteResponseAsync(HttpContext context, MemoryStream events, StoppedCall call)
    {
        var response = ReadOnlyMemory<byte>.Empty;
        foreach (var item in SseParser.Create(events, (_, data) => data.ToArray()).Enumerate())
        {
            if (KindOf(item.Data) is { } kind)
            {
                response = kind == "error" ? PlainMessages.Rewrite(item.Data) : item.Data;
            }
        }

        if (response.IsEmpty && call.IsGivenUp)
        {
            response = call.Error;
        }

        if (!context.Response.HasStarted)
        {
            BecomeJson(context);
            context.Response.ContentLength = response.Length;
        }

        await context.Response.Body.WriteAsync(response, call.IsGivenUp ? CancellationToken.None : context.RequestAborted);
    }

    private static bool BecomeJson(HttpContext context)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.ContentType = "application/json";
            context.Response.Headers.ContentEncoding = default;
        }

        return true;
    }

    private static string? KindOf(byte[] message)
    {
        var reader = new Utf8JsonReader(message);
        while (reader.Read())
        {
            if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString();
                if (name is "result" or "error")
                {
                    return name;
                }

                reader.Skip();
            }
        }

        return null;
    }
}
