using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GitHub.Text;
using ModelContextProtocol;

namespace GitHub.Projects;

/// <summary>Values of fields as people write them: options and iterations by name, numbers as text, days in several forms.</summary>
internal static class ProjectChoices
{
    /// <summary>What belongs to the issue or pull request, and no edit of an item changes.</summary>
    private static readonly HashSet<string> OfTheContent =
    [
        "assignees",
        "issue_type",
        "labels",
        "linked_pull_requests",
        "milestone",
        "parent_issue",
        "repository",
        "reviewers",
        "sub_issues_progress",
    ];

    /// <summary>
    /// The value as the API takes it: the id of the option or iteration that bears the name, a number for a field of numbers, YYYY-MM-DD for one of days,
    /// else a text.
    /// </summary>
    /// <exception cref="McpException">The field cannot have it.</exception>
    public static JsonNode? Resolve(ProjectField field, JsonNode? value)
    {
        if (OfTheContent.Contains(field.DataType))
        {
            throw new McpException(
                $"The field {field.Name} shows what the issue or pull request itself has: change it there (issue_write, update_pull_request). "
                    + "Nothing was changed."
            );
        }

        if (value is null || (field.DataType == "number" && value.GetValueKind() == JsonValueKind.Number))
        {
            return value;
        }

        var wanted = value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
        return field.DataType switch
        {
            "number" => NumberOf(wanted)
                ?? throw new McpException($"updated_field: '{wanted}' is not a number, which the field {field.Name} requires."),
            "date" => Day.Of(wanted)
                ?? throw new McpException(
                    $"updated_field: '{wanted}' is not a day, which the field {field.Name} requires: write 2026-11-30."
                ),
            "single_select" => Choose(field, wanted, [.. (field.Options ?? []).Select(option => (option.Id, option.Name ?? ""))]),
            "iteration" => Choose(field, wanted, IterationsOf(field)),
            _ => wanted,
        };
    }

    private static string Choose(ProjectField field, string wanted, List<(string Id, string Name)> choices)
    {
        var exact = choices.Where(choice => choice.Name == wanted || choice.Id == wanted).ToList();
        var meant =
            exact.Count > 0 ? exact : [.. choices.Where(choice => string.Equals(choice.Name, wanted, StringComparison.OrdinalIgnoreCase))];
        return meant switch
        {
            [var (id, _)] => id,
            [] => throw new McpException(
                $"The field {field.Name} has no '{wanted}'. It has: {string.Join(", ", choices.Select(choice => choice.Name))}."
            ),
            _ => throw new McpException(
                $"The field {field.Name} has {meant.Count} called '{wanted}': give the id of the one that is meant, "
                    + $"{string.Join(" or ", meant.Select(choice => choice.Id))}. Nothing was changed."
            ),
        };
    }

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
                    .Where(iteration => iteration.ValueKind == JsonValueKind.Object)
                    .Select(iteration => (TextOf(iteration, "id"), TextOf(iteration, "title"))),
            ]
            : [];

    private static string TextOf(JsonElement iteration, string member) =>
        !iteration.TryGetProperty(member, out var text) ? ""
        : text.ValueKind == JsonValueKind.Object && text.TryGetProperty("raw", out var raw) ? Sanitizer.CleanPlain(raw.ToString())
        : Sanitizer.CleanPlain(text.ToString());
}
