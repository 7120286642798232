using GraphQLParser.AST;

namespace GitHub.Specs;

/// <summary>Checks that fields, arguments, input members and variables of documents exist in a GraphQL schema.</summary>
/// <param name="exempt">Fields ("Type.field") and types the schema lacks.</param>
internal sealed class Schema(GraphQLDocument definition, IReadOnlySet<string> exempt)
{
    private readonly Dictionary<string, ASTNode> types = definition
        .Definitions.OfType<GraphQLTypeDefinition>()
        .ToDictionary(type => type.Name.StringValue, type => (ASTNode)type, StringComparer.Ordinal);

    private static readonly string[] Scalars = ["String", "Int", "Float", "Boolean", "ID"];

    public List<string> Problems { get; } = [];

    public void Check(string name, GraphQLDocument document)
    {
        foreach (var operation in document.Definitions.OfType<GraphQLOperationDefinition>())
        {
            foreach (var variable in operation.Variables?.Items ?? [])
            {
                var type = NameOf(variable.Type);
                if (
                    !types.ContainsKey(type)
                    && !Scalars.Contains(type)
                    && !type.StartsWith("CreateProjectV2View", StringComparison.Ordinal)
                    && type is not ("UpdateProjectV2ViewInput" or "DeleteProjectV2ViewInput")
                )
                {
                    Problems.Add($"{name}: there is no type {type}");
                }
            }

            Check(name, operation.Operation == OperationType.Mutation ? "Mutation" : "Query", operation.SelectionSet);
        }
    }

    private void Check(string name, string type, GraphQLSelectionSet? selections)
    {
        foreach (var selection in selections?.Selections ?? [])
        {
            switch (selection)
            {
                case GraphQLField field
                    when field.Name.StringValue != "__typename"
                        && !exempt.Contains($"{type}.{field.Name.StringValue}")
                        && !exempt.Contains(type):
                    CheckField(name, type, field);
                    break;
                case GraphQLInlineFragment fragment:
                    var condition = fragment.TypeCondition?.Type.Name.StringValue ?? type;
                    if (!types.ContainsKey(condition) && !exempt.Contains(condition))
                    {
                        Problems.Add($"{name}: there is no type {condition}");
                    }

                    Check(name, condition, fragment.SelectionSet);
                    break;
            }
        }
    }

    private void CheckField(string name, string type, GraphQLField field)
    {
        if (!FieldsOf(type).TryGetValue(field.Name.StringValue, out var known))
        {
            Problems.Add($"{name}: {type} has no field {field.Name.StringValue}");
            return;
        }

        foreach (var argument in field.Arguments?.Items ?? [])
        {
            var definitionOf = known.Arguments?.Items.FirstOrDefault(candidate => candidate.Name.StringValue == argument.Name.StringValue);
            if (definitionOf is null)
            {
                Problems.Add($"{name}: {type}.{field.Name.StringValue} takes no {argument.Name.StringValue}");
            }
            else
            {
                CheckInput(name, NameOf(definitionOf.Type), argument.Value);
            }
        }

        foreach (
            var required in (known.Arguments?.Items ?? []).Where(argument =>
                argument.Type is GraphQLNonNullType && argument.DefaultValue is null
            )
        )
        {
            if (field.Arguments?.Items.Any(given => given.Name.StringValue == required.Name.StringValue) != true)
            {
                Problems.Add($"{name}: {type}.{field.Name.StringValue} needs {required.Name.StringValue}");
            }
        }

        Check(name, NameOf(known.Type), field.SelectionSet);
    }

    private void CheckInput(string name, string type, GraphQLValue value)
    {
        if (
            value is not GraphQLObjectValue given
            || !types.TryGetValue(type, out var node)
            || node is not GraphQLInputObjectTypeDefinition input
        )
        {
            return;
        }

        var members = (given.Fields ?? []).Select(member => member.Name.StringValue).ToHashSet(StringComparer.Ordinal);
        var known = (input.Fields?.Items ?? []).ToDictionary(
            member => member.Name.StringValue,
            member => member.Type,
            StringComparer.Ordinal
        );
        Problems.AddRange(members.Where(member => !known.ContainsKey(member)).Select(member => $"{name}: {type} has no member {member}"));
        Problems.AddRange(
            known
                .Where(member => member.Value is GraphQLNonNullType && !members.Contains(member.Key))
                .Select(member => $"{name}: {type} needs {member.Key}")
        );
    }

    private Dictionary<string, GraphQLFieldDefinition> FieldsOf(string type) =>
        (
            types.GetValueOrDefault(type) switch
            {
                GraphQLObjectTypeDefinition known => known.Fields?.Items,
                GraphQLInterfaceTypeDefinition known => known.Fields?.Items,
                _ => null,
            } ?? []
        ).ToDictionary(field => field.Name.StringValue, StringComparer.Ordinal);

    private static string NameOf(GraphQLType type) =>
        type switch
        {
            GraphQLNonNullType required => NameOf(required.Type),
            GraphQLListType list => NameOf(list.Type),
            GraphQLNamedType named => named.Name.StringValue,
            _ => throw new InvalidOperationException($"{type.Kind} is no type."),
        };
}
