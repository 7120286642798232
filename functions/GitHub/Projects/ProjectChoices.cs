using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;

namespace GitHub.Projects;

/// <summary>Options and iterations by name, and numbers that come as text.</summary>
internal static class ProjectChoices
{
    /// <summary>
    /// The value as the API takes it: the id of the option or iteration that bears the name, a number for a field of numbers, else the
    /// value itself.
    /// </summary>
    public static JsonNode Resolve(ProjectField field, JsonNode value)
    {
        if (value.GetValueKind() != JsonValueKind.String)
        {
            return value;
        }

        var wanted = value.GetValue<string>();
        if (field.DataType == "number")
        {
            return NumberOf(wanted)
                ?? throw new McpException($"updated_field: '{wanted}' is not a number, which the field {field.Name} requires.");
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

        var (id, _) = choices.FirstOrDefault(choice =>
            string.Equals(choice.Name, wanted, StringComparison.OrdinalIgnoreCase) || choice.Id == wanted
        );
        return id
            ?? throw new McpException(
                $"The field {field.Name} has no '{wanted}'. It has: {string.Join(", ", choices.Select(choice => choice.Name))}."
            );
    }

    /// <summary>Whether it depends on the field if the value is a number or a text.</summary>
    public static bool IsNumberAsText(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.String && NumberOf(value.GetValue<string>()) is not null;

    private static double? NumberOf(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

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
