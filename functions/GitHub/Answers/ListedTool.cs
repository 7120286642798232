using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using GitHub.Selection;
using McpGateway.Tools.Schemas;
using ModelContextProtocol.Protocol;

namespace GitHub.Answers;

/// <summary>
/// The tool as it is listed: what a model reads and nothing else, no titles, no icons, no hints that say what is the
/// default, no output schema. docs/decisions/0017-github-answers-without-output-schemas.md
/// </summary>
internal static class ListedTool
{
    private const int MostPerPage = 100;

    public static Tool Of(Tool tool, MethodInfo method)
    {
        var schema = JsonNode.Parse(LeanSchemas.TrimInput(tool.InputSchema).GetRawText())!.AsObject();
        ApplyAttributes(schema, method);
        AddBounds(schema);
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
                schema["properties"]![parameter.Name!]!["items"]!["enum"] = new JsonArray([
                    .. subset.Values.Select(value => (JsonNode)value),
                ]);
            }

            if (parameter.GetCustomAttribute<WireNameAttribute>() is { } wire)
            {
                Rename(schema["properties"]!.AsObject(), parameter.Name!, wire.Name);
                if (
                    schema["required"] is JsonArray required
                    && required.FirstOrDefault(name => (string?)name == parameter.Name) is { } entry
                )
                {
                    entry.ReplaceWith(wire.Name);
                }
            }
        }
    }

    /// <summary>The official bounds. GitHub cuts a longer page without a word, or refuses it in words of its own.</summary>
    private static void AddBounds(JsonObject schema)
    {
        foreach (var (name, property) in schema["properties"]?.AsObject() ?? [])
        {
            if (name is "page" or "perPage" or "per_page" or "comment_id" or "commentId")
            {
                property!["minimum"] = 1;
            }

            if (name is "perPage" or "per_page")
            {
                property!["maximum"] = MostPerPage;
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
}
