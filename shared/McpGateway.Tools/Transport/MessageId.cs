using System.Text.Json;

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

    /// <summary>The id of a JSON text that cannot be read as a whole; null unless there is one that can, exactly once.</summary>
    public static JsonElement? Find(ReadOnlySpan<byte> message)
    {
        JsonElement? found = null;
        var reader = new Utf8JsonReader(message);
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
            else if (found is not null || reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number) || reader.ValueIsEscaped)
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
