using System.Text.Json.Nodes;
using GraphQLParser;
using GraphQLParser.AST;

namespace GitHub.Specs.Attacks;

/// <summary>
/// Answers any GraphQL document with something under each name it selects; what says of itself where it belongs, beside what was asked
/// for, is the victim's.
/// </summary>
internal static class ForeignGraphQl
{
    /// <summary>Ids of octo's; any other leads to the victim.</summary>
    public const string Own = "OWN_1";

    public static bool IsForeign(JsonObject variables, bool allOfOcto) =>
        variables.Any(variable =>
            variable.Value is JsonObject inner
                ? IsForeign(inner, allOfOcto)
                : variable.Value is JsonValue value
                    && value.TryGetValue<string>(out var text)
                    && variable.Key switch
                    {
                        "owner" => !text.Equals("octo", StringComparison.OrdinalIgnoreCase) && text != Own,
                        "repo" => !allOfOcto && text.ToLowerInvariant() is not ("hello" or "two"),
                        "id" or "project" or "discussion" or "reply_to" or "pull_request" or "duplicate_of" => text != Own,
                        var name => name.EndsWith("Id", StringComparison.Ordinal) && text != Own,
                    }
        );

    public static string Answer(string document, bool isForeign)
    {
        var operation = Parser.Parse(document).Definitions.OfType<GraphQLOperationDefinition>().Single();
        return new JsonObject { ["data"] = Select(operation.SelectionSet, isForeign, depth: 0) }.ToJsonString();
    }

    private static JsonObject Select(GraphQLSelectionSet selections, bool isForeign, int depth)
    {
        var selected = new JsonObject();
        // A parent, or a pull request that closes an issue, may be anybody's; an id asked for leads to where it belongs.
        var elsewhere = isForeign || (depth > 2 && Names(selections).Contains("repository") && Names(selections).Contains("title"));
        foreach (var selection in selections.Selections)
        {
            if (selection is GraphQLField field)
            {
                selected[field.Alias?.Name.StringValue ?? field.Name.StringValue] = Value(field, elsewhere, depth);
            }
            else if (selection is GraphQLInlineFragment fragment)
            {
                foreach (var (name, value) in Select(fragment.SelectionSet, elsewhere, depth).ToList())
                {
                    selected[name] = value?.DeepClone();
                }
            }
        }

        return selected;
    }

    private static IEnumerable<string> Names(GraphQLSelectionSet selections) =>
        selections.Selections.OfType<GraphQLField>().Select(field => field.Name.StringValue);

    private static JsonNode? Value(GraphQLField field, bool isForeign, int depth)
    {
        var name = field.Name.StringValue;
        if (field.SelectionSet is { } inner)
        {
            var value = Select(inner, isForeign, depth + 1);
            return name == "nodes" || name == "ranges" ? new JsonArray(value) : value;
        }

        return name switch
        {
            "nameWithOwner" => isForeign ? "victim/secret" : "octo/hello",
            "id" => isForeign ? $"{ForeignGitHub.Foreign}_1" : Own,
            "totalCount" => isForeign ? int.Parse(ForeignGitHub.Count, System.Globalization.CultureInfo.InvariantCulture) : 1,
            "number" or "databaseId" or "fullDatabaseId" or "line" or "startingLine" or "endingLine" => 1,
            "login" => isForeign ? ForeignGitHub.Foreign : "octo",
            "oid" => "6dcb09b5b57875f334f61aebed695e2e4193db5e",
            _ when name.StartsWith("is", StringComparison.Ordinal)
                    || name.StartsWith("has", StringComparison.Ordinal)
                    || name == "closed" => false,
            _ when name.EndsWith("At", StringComparison.Ordinal) || name.EndsWith("Date", StringComparison.Ordinal) =>
                "2026-01-01T00:00:00Z",
            _ => isForeign ? ForeignGitHub.Foreign : "text",
        };
    }
}
