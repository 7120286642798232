using System.Text.Json;

namespace McpGateway.Tools.Transport;

/// <summary>The outer form of a JSON-RPC message. The transport would refuse a wrong one in terms of its own types.</summary>
internal static class MessageEnvelope
{
    /// <summary>What is wrong with it, in a sentence; null when nothing is.</summary>
    public static string? FindProblem(JsonElement message) =>
        message.ValueKind == JsonValueKind.Array
            ? "Batches are not supported: send each message in a request of its own (only revision 2025-03-26 of MCP had batches)."
        : message.ValueKind != JsonValueKind.Object ? "The body is not a JSON-RPC message: send one JSON object."
        : !Has(message, "jsonrpc"u8, out var version) || !IsText(version, "2.0"u8) ? "The message lacks \"jsonrpc\":\"2.0\"."
        : Has(message, "id"u8, out var id) && !MessageId.IsReadable(id)
            ? "The id of the message must be a string or an integer of at most 64 bits; a notification has none."
        : Has(message, "method"u8, out var method)
            ? method.ValueKind != JsonValueKind.String ? "The method of the message must be a string."
                : id.ValueKind != JsonValueKind.Undefined || IsNotification(method) ? null
                // Taken for a notification, it would get 202 Accepted, and nothing would be done.
                : "The message has no id, without which it is a notification and gets no result: add for example \"id\":1. Only notifications/… have none."
        : Has(message, "error"u8, out var error)
            ? IsError(error) ? null
                : "The error of a response must have an integer 'code' and a string 'message'."
        : Has(message, "result"u8, out _) ? null
        : "The message has no method: send a request, a notification, or a response with a result or an error.";

    private static bool Has(JsonElement message, ReadOnlySpan<byte> name, out JsonElement value) => message.TryGetProperty(name, out value);

    private static bool IsText(JsonElement value, ReadOnlySpan<byte> text) =>
        value.ValueKind == JsonValueKind.String && value.ValueEquals(text);

    // All of MCP are called so.
    private static bool IsNotification(JsonElement method) => method.GetString()!.StartsWith("notifications/", StringComparison.Ordinal);

    private static bool IsError(JsonElement error) =>
        error.ValueKind == JsonValueKind.Object
        && Has(error, "code"u8, out var code)
        && code.ValueKind == JsonValueKind.Number
        && code.TryGetInt32(out _)
        && Has(error, "message"u8, out var text)
        && text.ValueKind == JsonValueKind.String;
}
