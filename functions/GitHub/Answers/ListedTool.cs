using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace GitHub.Answers;

/// <summary>
/// The tool as it is listed: what a model or a person reads and nothing else, no icons, no hints that say what is the
/// default, no output schema. docs/decisions/0017-github-answers-without-output-schemas.md
/// </summary>
internal static class ListedTool
{
    private const int MostPerPage = 100;

    public static Tool Of(Tool tool)
    {
        var schema = JsonNode.Parse(tool.InputSchema.GetRawText())!.AsObject();
        AddBounds(schema);
        return new()
        {
            Name = tool.Name,
            Title = tool.Title,
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

    /// <summary>
    /// The official bounds of pages, for GitHub cuts a longer page without a word, or refuses it in words of its own; and what an attribute does not say
    /// otherwise of: the numbers and ids of things begin at 1, as do those of lines and days. Of others GitHub says that they are not found.
    /// </summary>
    private static void AddBounds(JsonObject schema)
    {
        foreach (var (name, member) in schema["properties"]?.AsObject() ?? [])
        {
            if (member is not JsonObject property)
            {
                continue;
            }

            if (IsInteger(property["type"]))
            {
                property["minimum"] ??= 1;
            }

            if (name is "perPage" or "per_page")
            {
                property["maximum"] = MostPerPage;
            }

            AddBounds(property["items"] as JsonObject ?? property);
        }
    }

    private static bool IsInteger(JsonNode? type) =>
        (type as JsonArray)?.Any(IsInteger) ?? type?.GetValueKind() == JsonValueKind.String && type.GetValue<string>() == "integer";
}
