using System.Globalization;
using GitHub.Api;
using GitHub.Text;
using GitHub.Writes;
using McpGateway.Tools.Schemas;
using ModelContextProtocol;

namespace GitHub.Issues;

/// <summary>Custom fields of issues, which an organization defines.</summary>
internal sealed class IssueFields(GraphQl graphQl)
{
    public async Task<IReadOnlyList<IssueField>> ListAsync(string owner, string? repo, CancellationToken cancellationToken)
    {
        var answer = repo is null
            ? await graphQl.QueryAsync<FieldsAnswer>(
                GraphQlScope.AllOf(owner),
                IssueDocuments.OrganizationFields,
                new { owner },
                cancellationToken,
                IssueDocuments.FieldFeatures
            )
            : await graphQl.QueryAsync<FieldsAnswer>(
                GraphQlScope.Of(owner, repo),
                IssueDocuments.RepositoryFields,
                new { owner, repo },
                cancellationToken,
                IssueDocuments.FieldFeatures
            );
        return answer.Holder.IssueFields.Nodes;
    }

    /// <summary>Turns what a caller wants of fields into what the API takes, and refuses what fits no field.</summary>
    public async Task<(List<FieldWrite> Set, List<long> Clear)> ResolveAsync(
        string owner,
        string repo,
        IReadOnlyList<IssueFieldEdit> edits,
        CancellationToken cancellationToken
    )
    {
        var fields = await ListAsync(owner, repo, cancellationToken);
        var set = new List<FieldWrite>();
        var clear = new List<long>();
        foreach (var edit in edits)
        {
            var field = Find(fields, edit.FieldName);
            var given = (edit.Value is null ? 0 : 1) + (edit.FieldOptionName is null ? 0 : 1) + (edit.Delete == true ? 1 : 0);
            if (given != 1)
            {
                throw new McpException(
                    $"issue_fields: give exactly one of value, field_option_name and delete: true for '{edit.FieldName}'."
                );
            }

            if (edit.Delete == true)
            {
                clear.Add(field.FullDatabaseId);
            }
            else
            {
                set.Add(
                    new(field.FullDatabaseId, edit.FieldOptionName is { } option ? OptionOf(field, option) : ValueOf(field, edit.Value!))
                );
            }
        }

        return (set, clear);
    }

    /// <summary>Filters for a list, each value in the form of its field's type.</summary>
    public async Task<List<object>> ResolveFiltersAsync(
        string owner,
        string repo,
        IReadOnlyList<IssueFieldFilter> filters,
        CancellationToken cancellationToken
    )
    {
        var fields = await ListAsync(owner, repo, cancellationToken);
        return [.. filters.Select(filter => ToFilter(Find(fields, filter.FieldName), filter.Value))];
    }

    private static Dictionary<string, object> ToFilter(IssueField field, string value) =>
        field.DataType.ToUpperInvariant() switch
        {
            "SINGLE_SELECT" => Given.Of(("fieldName", field.Name), ("singleSelectOptionValue", OptionOf(field, value))),
            "NUMBER" => Given.Of(("fieldName", field.Name), ("numberValue", NumberOf("field_filters", field, value))),
            "DATE" => Given.Of(("fieldName", field.Name), ("dateValue", DayOf("field_filters", field, value))),
            _ => Given.Of(("fieldName", field.Name), ("textValue", value)),
        };

    /// <summary>The value in the form of its field's type: a number may have come as text, and an option as a value.</summary>
    private static object ValueOf(IssueField field, object value)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture)!;
        return field.DataType.ToUpperInvariant() switch
        {
            "NUMBER" => NumberOf("issue_fields", field, text),
            "DATE" => DayOf("issue_fields", field, text),
            "SINGLE_SELECT" => OptionOf(field, text),
            _ => text,
        };
    }

    private static string DayOf(string argument, IssueField field, string value) =>
        Day.Of(value)
        ?? throw new McpException($"{argument}: '{value}' is not a day, which the field {field.Name} requires: write 2026-11-30.");

    private static double NumberOf(string argument, IssueField field, string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw new McpException($"{argument}: '{value}' is not a number, which the field {field.Name} requires.");

    private static IssueField Find(IReadOnlyList<IssueField> fields, string name) =>
        fields.FirstOrDefault(field => string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? fields.FirstOrDefault(field => field.Id == name)
        ?? throw new McpException(
            $"There is no issue field '{name}'. There are: {(fields.Count == 0 ? "none" : string.Join(", ", fields.Select(field => field.Name)))}."
        );

    private static string OptionOf(IssueField field, string name) =>
        (
            field.Options?.FirstOrDefault(option => option.Name == name || option.Id == name)
            ?? field.Options?.FirstOrDefault(option => string.Equals(option.Name, name, StringComparison.OrdinalIgnoreCase))
        )?.Name
        ?? throw new McpException(
            $"The issue field {field.Name} has no option '{name}'. It has: {string.Join(", ", (field.Options ?? []).Select(option => option.Name))}."
        );

    private sealed record FieldsAnswer(FieldHolder Holder);

    private sealed record FieldHolder(Connection<IssueField> IssueFields);
}

internal sealed record IssueField(
    string Id,
    string Name,
    string DataType,
    long FullDatabaseId = 0,
    [property: CleanName] string? Description = null,
    string? Visibility = null,
    IReadOnlyList<IssueFieldOption>? Options = null
);

internal sealed record IssueFieldOption(string Id, string Name, [property: CleanName] string? Description = null, string? Color = null);

internal sealed record IssueFieldList(IReadOnlyList<IssueField> Fields);

/// <summary>What a caller wants of a field.</summary>
internal sealed record IssueFieldEdit(
    string FieldName,
    [property: JsonShape("string", "number")] object? Value = null,
    string? FieldOptionName = null,
    bool? Delete = null
);

internal sealed record IssueFieldFilter(string FieldName, string Value);
