using System.Text.Json;
using System.Text.Json.Nodes;
using McpGateway.Text;

namespace McpGateway.Tools.Schemas;

/// <summary>
/// Lists a value that may be one of several plain shapes as the first of them; the check takes them all. LangChain's adapters
/// keep nothing of such a union but its objects, so that it reaches the model without a type, which Gemini refuses.
/// </summary>
internal static class ListedUnions
{
    private const string Unlisted = "unlisted";

    public static JsonElement Plain(JsonElement schema) =>
        JsonSerializer.SerializeToElement(Plain(JsonNode.Parse(schema.GetRawText())), PlainValues.Default.JsonNode!);

    /// <summary>An object that a value may be besides, which is not told.</summary>
    public static JsonObject UnlistedObject() => new() { ["type"] = "object", ["title"] = Unlisted };

    private static JsonNode? Plain(JsonNode? node) =>
        node switch
        {
            JsonObject schema => new JsonObject(First(schema).Select(member => KeyValuePair.Create(member.Key, Plain(member.Value)))),
            JsonArray list => new JsonArray([.. list.Select(Plain)]),
            _ => node?.DeepClone(),
        };

    private static IEnumerable<KeyValuePair<string, JsonNode?>> First(JsonObject schema) =>
        schema["anyOf"] is JsonArray shapes
        && shapes.All(shape =>
            shape is JsonObject one
            && one["type"] is JsonValue type
            && (type.ToString() != "object" || one["title"]?.ToString() == Unlisted)
        )
            ? schema.Where(member => member.Key != "anyOf").Concat(shapes[0]!.AsObject())
            : schema;
}
