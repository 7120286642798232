using System.Text.Json;
using System.Text.Json.Nodes;
using GraphQLParser;
using GraphQLParser.AST;

namespace GitHub.Specs;

/// <summary>Answers GraphQL documents as GitHub would: data under the schema's names comes back as selected, under the aliases.</summary>
internal static class SchemaAnswers
{
    /// <param name="request">The body of the request.</param>
    /// <param name="data">What the root type's fields hold, in the schema's names; objects of unions and interfaces say their __typename.</param>
    public static string Of(string request, string data)
    {
        var query = JsonDocument.Parse(request).RootElement.GetProperty("query").GetString()!;
        var operation = Parser.Parse(query).Definitions.OfType<GraphQLOperationDefinition>().Single();
        return new JsonObject { ["data"] = Select(operation.SelectionSet, JsonNode.Parse(data)!.AsObject()) }.ToJsonString();
    }

    private static JsonObject Select(GraphQLSelectionSet selections, JsonObject from)
    {
        var selected = new JsonObject();
        foreach (var selection in selections.Selections)
        {
            switch (selection)
            {
                case GraphQLField field when field.Directives is null || from.ContainsKey(field.Name.StringValue):
                    selected[field.Alias?.Name.StringValue ?? field.Name.StringValue] = Value(field, from);
                    break;
                case GraphQLInlineFragment fragment
                    when fragment.TypeCondition!.Type.Name.StringValue == from["__typename"]?.GetValue<string>():
                    foreach (var (name, value) in Select(fragment.SelectionSet, from).ToList())
                    {
                        selected[name] = value?.DeepClone();
                    }

                    break;
            }
        }

        return selected;
    }

    /// <summary>A field the data lacks is null.</summary>
    private static JsonNode? Value(GraphQLField field, JsonObject from) =>
        from[field.Name.StringValue] switch
        {
            JsonObject inner => Select(
                field.SelectionSet
                    ?? throw new InvalidOperationException($"{field.Name.StringValue} is an object and nothing of it is selected."),
                inner
            ),
            JsonArray list => new JsonArray([
                .. list.Select(item => item is JsonObject entry ? Select(field.SelectionSet!, entry) : item?.DeepClone()),
            ]),
            var value => value?.DeepClone(),
        };
}
