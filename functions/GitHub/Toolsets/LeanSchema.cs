using System.Reflection;
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
    public static Tool Of(Tool tool, MethodInfo method)
    {
        var schema = JsonNode.Parse(tool.InputSchema.GetRawText())!.AsObject();
        Simplify(schema);
        ApplyAttributes(schema, method);
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

    /// <summary>Applies what parameters' attributes say: the values of a list's items, and names that are keywords of C#.</summary>
    private static void ApplyAttributes(JsonObject schema, MethodInfo method)
    {
        foreach (var parameter in method.GetParameters())
        {
            if (parameter.GetCustomAttribute<SubsetAttribute>() is { } subset)
            {
                schema["properties"]![parameter.Name!]!["items"]!["enum"] = new JsonArray([.. subset.Values.Select(value => (JsonNode)value)]);
            }

            if (parameter.GetCustomAttribute<WireNameAttribute>() is { } wire)
            {
                Rename(schema["properties"]!.AsObject(), parameter.Name!, wire.Name);
                if (schema["required"] is JsonArray required && required.FirstOrDefault(name => (string?)name == parameter.Name) is { } entry)
                {
                    entry.ReplaceWith(wire.Name);
                }
            }
        }
    }

    private static void Rename(JsonObject properties, string from, string to)
    {
        var index = properties.IndexOf(from);
        var schema = properties[from];
        properties.RemoveAt(index);
        properties.Insert(index, to, schema);
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
