using System.Text.Json;
using System.Text.Unicode;

namespace McpGateway.Tools.Transport;

/// <summary>The id of a JSON-RPC message, which an error repeats so that the client knows which of its calls failed.</summary>
internal static class MessageId
{
    /// <summary>Whether the transport can read it.</summary>
    public static bool IsReadable(JsonElement id) =>
        id.ValueKind == JsonValueKind.String
        || (id.ValueKind == JsonValueKind.Number && id.TryGetInt64(out _) && id.GetRawText().AsSpan().IndexOfAny('.', 'e', 'E') < 0);

    /// <summary>The id as it was written, if a client can find its call by it: a string or any number.</summary>
    public static JsonElement? Of(JsonElement message) =>
        message.ValueKind == JsonValueKind.Object
        && message.TryGetProperty("id"u8, out var id)
        && id.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? id.Clone()
            : null;

    /// <summary>The id of a JSON text that cannot be used as a whole; null unless there is one that can, exactly once.</summary>
    public static JsonElement? Find(ReadOnlySpan<byte> message)
    {
        try
        {
            return FindIn(new Utf8JsonReader(message, new() { MaxDepth = int.MaxValue }));
        }
        catch (JsonException)
        {
            // Further on there could be another one.
            return null;
        }
    }

    private static JsonElement? FindIn(Utf8JsonReader reader)
    {
        JsonElement? found = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isId = reader.ValueSpan.SequenceEqual("id"u8);
            reader.Read();
            if (!isId)
            {
                reader.Skip();
            }
            else if (
                found is not null
                || reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number)
                || reader.ValueIsEscaped
                || !Utf8.IsValid(reader.ValueSpan)
            )
            {
                return null;
            }
            else
            {
                found = JsonElement.ParseValue(ref reader);
            }
        }

        return found;
    }
}
