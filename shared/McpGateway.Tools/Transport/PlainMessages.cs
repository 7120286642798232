using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using McpGateway.Text;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Transport;

/// <summary>
/// Messages as plain JSON on the wire. The SDK's transport takes no serializer options and writes a quotation mark as six bytes and an
/// emoji as twelve; a result that is already JSON it copies. docs/decisions/0024-plain-json.md
/// </summary>
internal static class PlainMessages
{
    // How the transport begins an event that holds a message, of which it writes the kind first.
    private static ReadOnlySpan<byte> EventData => "event: message\ndata: "u8;

    private static ReadOnlySpan<byte> ErrorEvent => "event: message\ndata: {\"error\":"u8;

    private static ReadOnlySpan<byte> ResultEvent => "event: message\ndata: {\"result\":"u8;

    // A sentence quotes what it is about: no caller needs more of that to know it again.
    private const int LongestError = 4_000;

    private static readonly JsonWriterOptions Plain = new() { Encoder = PlainJsonEncoder.Instance, SkipValidation = true };

    // Of the transport's own options: it asks them for every type it meets, except for one that belongs to them.
    private static readonly JsonTypeInfo<Written> Type = JsonMetadataServices.CreateValueInfo<Written>(
        InputResponse.ElicitResultJsonTypeInfo.Options,
        new Converter()
    );

    public static McpMessageHandler Create(McpMessageHandler next) =>
        (context, cancellationToken) =>
        {
            switch (context.JsonRpcMessage)
            {
                case JsonRpcError { Error: { } error }:
                    error.Message = Cut.To(error.Message, LongestError);
                    break;
                case JsonRpcResponse { Result: { } result } response:
                    response.Result = AsWritten(result);
                    break;
                case JsonRpcNotification { Params: { } parameters } notification:
                    notification.Params = AsWritten(parameters);
                    break;
                case JsonRpcRequest { Params: { } parameters } request:
                    request.Params = AsWritten(parameters);
                    break;
            }

            return next(context, cancellationToken);
        };

    /// <summary>A message as an event.</summary>
    public static byte[] EventOf(ReadOnlySpan<byte> message) => [.. EventData, .. message, .. "\n\n"u8];

    /// <summary>Whether an event holds the response to a request, which is the last of its reply.</summary>
    /// <param name="written">A whole event: the transport writes each at once.</param>
    public static bool IsResponse(ReadOnlyMemory<byte> written) =>
        written.Span.StartsWith(ResultEvent) || written.Span.StartsWith(ErrorEvent);

    /// <summary>What is written to an event stream; an error, whose text the transport writes by itself, as plain as any other message.</summary>
    /// <param name="written">A whole event, or the transport's refusal of a request: it writes each at once.</param>
    public static ReadOnlyMemory<byte> RewriteEvent(ReadOnlyMemory<byte> written) =>
        written.Span.StartsWith(ErrorEvent) ? EventOf(Rewrite(MessageIn(written)))
        : IsRefusal(written) ? Rewrite(written)
        : written;

    /// <summary>The response in an event, without what makes it one; nothing of other events.</summary>
    /// <param name="written">A whole event, or the transport's refusal of a request: it writes each at once.</param>
    public static ReadOnlyMemory<byte> ResponseIn(ReadOnlyMemory<byte> written) =>
        written.Span.StartsWith(ErrorEvent) ? Rewrite(MessageIn(written))
        : written.Span.StartsWith(ResultEvent) ? MessageIn(written)
        : written.Span.StartsWith("event: "u8) ? ReadOnlyMemory<byte>.Empty
        : IsRefusal(written) ? Rewrite(written)
        : written;

    // Not an event but a JSON object, before any event.
    private static bool IsRefusal(ReadOnlyMemory<byte> written) => written.Span.StartsWith("{\"error\":"u8) && written.Span.EndsWith("}"u8);

    // A message is one line.
    private static ReadOnlyMemory<byte> MessageIn(ReadOnlyMemory<byte> written)
    {
        var message = written[EventData.Length..];
        return message[..message.Span.IndexOf((byte)'\n')];
    }

    /// <summary>The same message, its texts as plain as they can be.</summary>
    private static byte[] Rewrite(ReadOnlyMemory<byte> message)
    {
        using var document = JsonDocument.Parse(message);
        using var buffer = new MemoryStream(message.Length);
        using (var writer = new Utf8JsonWriter(buffer, Plain))
        {
            document.WriteTo(writer);
        }

        return buffer.ToArray();
    }

    private static JsonValue AsWritten(JsonNode node) => JsonValue.Create(new Written(node), Type)!;

    private sealed record Written(JsonNode Node);

    private sealed class Converter : JsonConverter<Written>
    {
        // A buffer that grew for a long message would stay with its thread.
        private const int MostKept = 64 * 1024;

        [ThreadStatic]
        private static ArrayBufferWriter<byte>? kept;

        public override Written Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, Written value, JsonSerializerOptions options)
        {
            var buffer = kept ?? new();
            kept = null;
            using (var plain = new Utf8JsonWriter(buffer, Plain))
            {
                value.Node.WriteTo(plain);
            }

            writer.WriteRawValue(buffer.WrittenSpan, skipInputValidation: true);
            if (buffer.Capacity <= MostKept)
            {
                buffer.ResetWrittenCount();
                kept = buffer;
            }
        }
    }
}
