using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Server;

namespace Coda;

/// <summary>
/// Lists what results hold to the first level only, and each title once: a model reads a result when it comes, and every byte of the
/// list in every conversation.
/// </summary>
internal static class ShallowOutputs
{
    public static McpServerTool In(McpServerTool tool)
    {
        var listed = tool.ProtocolTool;
        listed.OutputSchema = listed.OutputSchema is { } schema ? Flatten(schema) : null;
        if (listed is { Title: not null, Annotations: { } annotations })
        {
            annotations.Title = null;
        }

        return tool;
    }

    private static JsonElement Flatten(JsonElement schema)
    {
        var members = JsonObject.Create(schema)!;
        members.Remove("required");
        if (members["properties"] is JsonObject properties)
        {
            members["properties"] = new JsonObject(
                properties.Select(property => KeyValuePair.Create(property.Key, (JsonNode?)KindOf(property.Value as JsonObject)))
            );
        }

        return JsonSerializer.SerializeToElement(members);
    }

    private static JsonObject KindOf(JsonObject? schema)
    {
        // A value of any type says so by its shapes.
        var said = schema?.FirstOrDefault(keyword => keyword.Key is "type" or "anyOf");
        return said is { Value: { } kind } keyword ? new() { [keyword.Key] = kind.DeepClone() } : [];
    }
}
