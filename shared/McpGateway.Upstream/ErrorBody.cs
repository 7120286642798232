using System.Globalization;
using System.Text;
using System.Text.Json;
using McpGateway.Text;

namespace McpGateway.Upstream;

/// <summary>Reads what an API says of its own failure: bounded, never HTML or XML.</summary>
public static class ErrorBody
{
    private const int LongestMessage = 500;
    private const int MostLevels = 4;
    private const int MostParts = 10;

    private static readonly string[] UsualMembers = ["message", "error", "error_description", "detail", "title", "statusMessage"];

    /// <summary>
    /// The first of the usual members that says something, else what the body says as a whole: a text, a list of texts or failures, or texts by the
    /// fields they are about.
    /// </summary>
    public static string? ReadMessage(JsonElement body) => Words(body, depth: 0) is { Length: > 0 } words ? words : null;

    /// <summary>What a list of failures says, or texts by the fields they are about.</summary>
    public static string ReadErrors(JsonElement errors) => Words(errors, depth: 1);

    private static string Words(JsonElement value, int depth) =>
        depth > MostLevels
            ? ""
            : value.ValueKind switch
            {
                JsonValueKind.String => value.GetString()!.Trim(),
                JsonValueKind.Array => Join(value.EnumerateArray().Take(MostParts).Select(item => Words(item, depth + 1))),
                JsonValueKind.Object when depth == 0 => UsualMembers
                    .Append("errors")
                    .Select(name => value.TryGetProperty(name, out var member) ? Words(member, depth + 1) : "")
                    .FirstOrDefault(text => text.Length > 0, ""),
                JsonValueKind.Object => MessageOf(value) ?? Fields(value, depth),
                _ => "",
            };

    private static string? MessageOf(JsonElement failure) =>
        failure.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String
            ? message.GetString()!.Trim()
            : null;

    private static string Fields(JsonElement value, int depth) =>
        Join(
            value
                .EnumerateObject()
                .Take(MostParts)
                .Select(member => (member.Name, Said: Words(member.Value, depth + 1)))
                .Where(member => member.Said.Length > 0)
                .Select(member => $"{member.Name}: {member.Said}")
        );

    private static string Join(IEnumerable<string> parts) => string.Join("; ", parts.Where(part => part.Length > 0));

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

    private static bool HasNoGlyph(char letter) => char.IsControl(letter) || char.GetUnicodeCategory(letter) == UnicodeCategory.Format;

    private static string OneLine(string message)
    {
        var line = string.Concat(
            string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Where(letter => !HasNoGlyph(letter))
        );
        return Cut.To(line, LongestMessage);
    }
}
