using System.Text;
using System.Text.Json;
using McpGateway.Text;

namespace McpGateway.Upstream;

/// <summary>Reads what an API says of its own failure: bounded, never HTML or XML.</summary>
public static class ErrorBody
{
    private const int LongestMessage = 500;
    private static readonly string[] UsualMembers = ["message", "error", "error_description", "detail", "title", "statusMessage"];

    /// <summary>The first of the usual members that is a text.</summary>
    public static string? ReadMessage(JsonElement body) =>
        body.ValueKind != JsonValueKind.Object
            ? null
            : UsualMembers
                .Select(name =>
                    body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null
                )
                .FirstOrDefault(text => !string.IsNullOrWhiteSpace(text));

    /// <summary>The API's name of the failure: the member <c>code</c>, if it is a text.</summary>
    internal static string? ReadCode(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return
                json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("code", out var code)
                && code.ValueKind == JsonValueKind.String
                ? OneLine(code.GetString()!)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal static string? Describe(byte[] body, Func<JsonElement, string?> readMessage)
    {
        string? message;
        try
        {
            using var json = JsonDocument.Parse(body);
            message = readMessage(json.RootElement);
        }
        catch (JsonException)
        {
            message = Encoding.UTF8.GetString(body).Trim();
            message = message.StartsWith('<') ? null : message;
        }

        return string.IsNullOrWhiteSpace(message) ? null : OneLine(message);
    }

    private static string OneLine(string message)
    {
        var line = string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return Cut.To(line, LongestMessage);
    }
}
