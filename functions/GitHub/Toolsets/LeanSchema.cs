using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace GitHub.Toolsets;

/// <summary>
/// Takes out of an input schema what tells a model nothing: null as a type or a default (absent is null here), titles,
/// and hints at their default. docs/decisions/0012-lean-tool-list.md
/// </summary>
internal static class LeanSchema
{
    public static Tool Of(Tool tool)
    {
        var schema = JsonNode.Parse(tool.InputSchema.GetRawText())!.AsObject();
        Simplify(schema);
        return new()
        {
            Name = tool.Name,
            Description = tool.Description,
            InputSchema = JsonSerializer.SerializeToElement(schema),
            Annotations = new()
            {
                ReadOnlyHint = tool.Annotations?.ReadOnlyHint == true,
                DestructiveHint = tool.Annotations?.ReadOnlyHint == true ? null : tool.Annotations?.DestructiveHint == true,
                IdempotentHint = tool.Annotations?.IdempotentHint == true ? true : null,
            },
        };
    }

    private static void Simplify(JsonNode? schema)
    {
        switch (schema)
        {
            case JsonObject node:
                if (node["type"] is JsonArray types && types.Count == 2 && types.FirstOrDefault(type => (string?)type != "null") is { } single)
                {
                    node["type"] = single.DeepClone();
                }

                if (node.ContainsKey("default") && node["default"] is null)
                {
                    node.Remove("default");
                }

                (node["enum"] as JsonArray)?.RemoveAll(value => value is null);
                foreach (var child in node.ToList())
                {
                    Simplify(child.Value);
                }

                break;
            case JsonArray list:
                foreach (var child in list)
                {
                    Simplify(child);
                }

                break;
        }
    }
}
