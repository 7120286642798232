using System.Text.Json.Nodes;
using GraphQLParser;
using GraphQLParser.AST;

namespace GitHub.Specs.Attacks;

/// <summary>Answers any GraphQL document with something under each name it selects; what outsiders can write is theirs.</summary>
internal static class OutsiderGraphQl
{
    private const string Visibility =
        """{"data":{"viewer":{"login":"me"},"repository":{"is_private":false,"default_branch":{"name":"main"}}}}""";

    /// <summary>What maintainers or organizations decide wherever it stands.</summary>
    private static readonly HashSet<string> Maintainers = new(StringComparer.Ordinal)
    {
        "labels",
        "label",
        "category",
        "discussionCategories",
        "issueFields",
        "issueFieldValues",
        "organizations",
        "members",
        "team",
        "views",
        "statusUpdates",
        "fields",
        "suggestedActors",
        // Of the default branch.
        "blame",
        "projectV2",
        "projectV2View",
        "statusUpdate",
        "viewer",
    };

    private static readonly string[] Numbers =
    [
        "number",
        "databaseId",
        "fullDatabaseId",
        "line",
        "startingLine",
        "endingLine",
        "totalCount",
    ];

    private static readonly string[] Facts = ["state", "url", "visibility", "dataType", "color", "layout", "status", "authorAssociation"];

    public static string Answer(string document)
    {
        if (document.Contains("isPrivate", StringComparison.Ordinal))
        {
            return Visibility;
        }

        var operation = Parser.Parse(document).Definitions.OfType<GraphQLOperationDefinition>().Single();
        return new JsonObject { ["data"] = Select(operation.SelectionSet, isOutsiders: true) }.ToJsonString();
    }

    private static JsonObject Select(GraphQLSelectionSet selections, bool isOutsiders)
    {
        var selected = new JsonObject();
        foreach (var selection in selections.Selections)
        {
            if (selection is GraphQLField field)
            {
                selected[field.Alias?.Name.StringValue ?? field.Name.StringValue] = Value(field, isOutsiders);
            }
            else if (selection is GraphQLInlineFragment fragment)
            {
                foreach (var (name, value) in Select(fragment.SelectionSet, isOutsiders).ToList())
                {
                    selected[name] = value?.DeepClone();
                }
            }
        }

        return selected;
    }

    private static JsonNode? Value(GraphQLField field, bool isOutsiders)
    {
        var name = field.Name.StringValue;
        if (field.SelectionSet is { } inner)
        {
            var value = Select(inner, isOutsiders && !Maintainers.Contains(name));
            return name is "nodes" or "ranges" ? new JsonArray(value) : value;
        }

        return name switch
        {
            "nameWithOwner" => "octo/hello",
            "login" => isOutsiders ? "outsider" : "me",
            "id" => "ID_1",
            "oid" => "6dcb09b5b57875f334f61aebed695e2e4193db5e",
            "isCrossRepository" => true,
            _ when Numbers.Contains(name) => 1,
            _ when Facts.Contains(name) => "OPEN",
            _ when name.StartsWith("is", StringComparison.Ordinal)
                    || name.StartsWith("has", StringComparison.Ordinal)
                    || name == "closed" => false,
            _ when name.EndsWith("At", StringComparison.Ordinal) || name.EndsWith("Date", StringComparison.Ordinal) =>
                "2026-01-01T00:00:00Z",
            _ => isOutsiders ? OutsiderText.Marker : "text",
        };
    }
}
