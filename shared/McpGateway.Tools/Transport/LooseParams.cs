using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpGateway.Text;

namespace McpGateway.Tools.Transport;

/// <summary>
/// What programs write in the place of an object: PHP and Lua an empty list for an empty one, and others the text of one, as models give their
/// arguments.
/// </summary>
internal static class LooseParams
{
    private const string Arguments = "arguments";

    // Leaves room for the levels of the message around it.
    private static readonly JsonDocumentOptions InText = new() { AllowDuplicateProperties = false, MaxDepth = 60 };

    private static readonly string[] Objects = [Arguments, "_meta", "capabilities", "clientInfo"];

    /// <summary>The message with objects in those places; null where there is nothing to change.</summary>
    public static byte[]? Rewrite(JsonElement message)
    {
        if (!message.TryGetProperty("params"u8, out var parameters))
        {
            return null;
        }

        if (IsEmptyList(parameters))
        {
            var changed = JsonObject.Create(message)!;
            changed["params"] = new JsonObject();
            return JsonSerializer.SerializeToUtf8Bytes(changed, PlainValues.Default.JsonObject);
        }

        if (parameters.ValueKind == JsonValueKind.Object)
        {
            // Each call passes here: nothing is allocated for one that needs nothing.
            foreach (var member in parameters.EnumerateObject())
            {
                if (IsLoose(member))
                {
                    return RewriteMembers(message);
                }
            }
        }

        return null;
    }

    private static byte[]? RewriteMembers(JsonElement message)
    {
        var changed = JsonObject.Create(message)!;
        var parameters = changed["params"]!.AsObject();
        var isChanged = false;
        foreach (var name in Objects)
        {
            if (parameters[name] is { } value && Meant(name, value) is { } meant)
            {
                parameters[name] = meant;
                isChanged = true;
            }
        }

        return isChanged ? JsonSerializer.SerializeToUtf8Bytes(changed, PlainValues.Default.JsonObject) : null;
    }

    private static bool IsLoose(JsonProperty member) =>
        member.Value.ValueKind switch
        {
            JsonValueKind.Array => member.Value.GetArrayLength() == 0,
            JsonValueKind.String => member.NameEquals("arguments"u8),
            JsonValueKind.Object => member.NameEquals("capabilities"u8)
                && member.Value.EnumerateObject().Any(each => IsEmptyList(each.Value)),
            _ => false,
        };

    private static JsonObject? Meant(string name, JsonNode value) =>
        value switch
        {
            JsonArray { Count: 0 } => [],
            JsonObject capabilities when name == "capabilities" && capabilities.Any(member => member.Value is JsonArray { Count: 0 }) =>
                new JsonObject(
                    capabilities.Select(member =>
                        KeyValuePair.Create(
                            member.Key,
                            member.Value is JsonArray { Count: 0 } ? new JsonObject() : member.Value?.DeepClone()
                        )
                    )
                ),
            JsonValue text when name == Arguments && text.GetValueKind() == JsonValueKind.String => ObjectIn(text.GetValue<string>()),
            _ => null,
        };

    /// <exception cref="InvalidOperationException">A string of it holds half a character.</exception>
    private static JsonObject? ObjectIn(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return [];
        }

        try
        {
            IncomingMessage.UnescapeEveryString(Encoding.UTF8.GetBytes(text));
            return JsonNode.Parse(text, documentOptions: InText) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsEmptyList(JsonElement value) => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0;
}
