using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;

namespace GitHub.Projects;

/// <summary>Options and iterations by name.</summary>
internal static class ProjectChoices
{
    /// <summary>The value as the API takes it: the id of the option or iteration that bears the name, else the value itself.</summary>
    public static JsonNode Resolve(ProjectField field, JsonNode value)
    {
        if (value.GetValueKind() != JsonValueKind.String)
        {
            return value;
        }

        var choices = field.DataType switch
        {
            "single_select" => (field.Options ?? []).Select(option => (option.Id, Name: option.Name ?? "")).ToList(),
            "iteration" => IterationsOf(field),
            _ => null,
        };
        if (choices is null)
        {
            return value;
        }

        var wanted = value.GetValue<string>();
        var (id, _) = choices.FirstOrDefault(choice =>
            string.Equals(choice.Name, wanted, StringComparison.OrdinalIgnoreCase) || choice.Id == wanted
        );
        return id
            ?? throw new McpException(
                $"The field {field.Name} has no '{wanted}'. It has: {string.Join(", ", choices.Select(choice => choice.Name))}."
            );
    }

    private static List<(string Id, string Name)> IterationsOf(ProjectField field) =>
        field.Configuration is { ValueKind: JsonValueKind.Object } configuration
        && configuration.TryGetProperty("iterations", out var iterations)
        && iterations.ValueKind == JsonValueKind.Array
            ?
            [
                .. iterations
                    .EnumerateArray()
                    .Select(iteration => (iteration.GetProperty("id").ToString(), NameOf(iteration.GetProperty("title")))),
            ]
            : [];

    private static string NameOf(JsonElement title) =>
        title.ValueKind == JsonValueKind.Object && title.TryGetProperty("raw", out var raw) ? raw.ToString() : title.ToString();
}
