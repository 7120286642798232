using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using GitHub.Api;
using GraphQLParser;
using GraphQLParser.AST;
using McpGateway.Testing;
using Refit;

namespace GitHub.Specs;

/// <summary>Every call we can make exists in GitHub's own descriptions of its APIs.</summary>
public sealed partial class ContractSpecs
{
    private static readonly Assembly Service = typeof(GitHubService).Assembly;

    /// <summary>Newer than the published schema, or behind previews; seen in the official server.</summary>
    private static readonly HashSet<string> NotInTheSchema = new(StringComparer.Ordinal)
    {
        "Repository.issueFields",
        "Organization.issueFields",
        "Issue.issueFieldValues",
        "Repository.suggestedActors",
        "Mutation.createProjectV2View",
        "Mutation.updateProjectV2View",
        "Mutation.deleteProjectV2View",
        "IssueFieldText",
        "IssueFieldNumber",
        "IssueFieldDate",
        "IssueFieldSingleSelect",
        "IssueFieldSingleSelectValue",
        "IssueFieldTextValue",
        "IssueFieldNumberValue",
        "IssueFieldDateValue",
    };

    /// <summary>What the description lags behind.</summary>
    private static readonly HashSet<string> NotInTheDescription = new(StringComparer.Ordinal)
    {
        "ListCodeScanningAsync.severity",
        // As the official server calls it; a preview.
        "ListSimilarAsync",
    };

    [Fact]
    public async Task Each_REST_call_is_an_operation_of_GitHubs_description_with_its_parameters()
    {
        using var description = JsonDocument.Parse(
            await File.ReadAllBytesAsync(
                await NodeProgram.FindFileAsync("@octokit/openapi/generated/api.github.com.json"),
                TestContext.Current.CancellationToken
            )
        );
        var operations = OperationsOf(description.RootElement);
        var problems = new List<string>();
        var calls = Service
            .GetTypes()
            .Where(type => type.IsInterface && type.Name.EndsWith("Api", StringComparison.Ordinal) && type != typeof(IGraphQlApi))
            .SelectMany(type => type.GetMethods())
            .ToList();
        foreach (var call in calls)
        {
            var http = call.GetCustomAttribute<HttpMethodAttribute>()!;
            foreach (
                var template in http.Path.Contains("{kind}", StringComparison.Ordinal)
                    ? new[]
                    {
                        http.Path.Replace("{kind}", "orgs", StringComparison.Ordinal),
                        http.Path.Replace("{kind}", "users", StringComparison.Ordinal),
                    }
                    : [http.Path]
            )
            {
                var key = $"{http.Method.Method} {Normalize(template)}";
                if (!operations.TryGetValue(key, out var known))
                {
                    if (NotInTheDescription.Contains(call.Name))
                    {
                        continue;
                    }

                    problems.Add($"{call.DeclaringType!.Name}.{call.Name}: GitHub has no {key}");
                    continue;
                }

                problems.AddRange(
                    QueryOf(call, http.Path)
                        .Where(name => !known.Contains(name) && !NotInTheDescription.Contains($"{call.Name}.{name}"))
                        .Select(name => $"{call.DeclaringType!.Name}.{call.Name}: {key} takes no '{name}'")
                );
            }
        }

        Assert.True(calls.Count > 100, $"only {calls.Count} calls");
        Assert.True(problems.Count == 0, string.Join(Environment.NewLine, problems));
    }

    [Fact]
    public async Task Each_GraphQL_document_fits_GitHubs_schema()
    {
        var schema = new Schema(
            Parser.Parse<GraphQLDocument>(
                await File.ReadAllTextAsync(
                    await NodeProgram.FindFileAsync("@octokit/graphql-schema/schema.graphql"),
                    TestContext.Current.CancellationToken
                )
            ),
            NotInTheSchema
        );
        var documents = Documents().ToList();
        foreach (var (name, text) in documents)
        {
            schema.Check(name, Parser.Parse<GraphQLDocument>(text));
        }

        Assert.True(documents.Count >= 30, $"only {documents.Count} documents");
        Assert.True(schema.Problems.Count == 0, string.Join(Environment.NewLine, schema.Problems));
    }

    private static IEnumerable<(string Name, string Text)> Documents()
    {
        foreach (
            var field in Service
                .GetTypes()
                .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
                .Where(field => field.IsLiteral && field.FieldType == typeof(string))
        )
        {
            if (
                field.GetRawConstantValue() is string text
                && (text.StartsWith("query", StringComparison.Ordinal) || text.StartsWith("mutation", StringComparison.Ordinal))
                && text.Contains('{', StringComparison.Ordinal)
            )
            {
                yield return ($"{field.DeclaringType!.Name}.{field.Name}", text);
            }
        }

        yield return ("IssueDocuments.List", Issues.IssueDocuments.List(withFields: true));
    }

    private static Dictionary<string, HashSet<string>> OperationsOf(JsonElement description)
    {
        var operations = new Dictionary<string, HashSet<string>>(StringComparer.OrdinalIgnoreCase);
        foreach (var path in description.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                var names = operation.Value.TryGetProperty("parameters", out var parameters)
                    ? parameters
                        .EnumerateArray()
                        .Select(parameter => Resolve(description, parameter))
                        .Where(parameter => parameter.GetProperty("in").GetString() == "query")
                        .Select(parameter => parameter.GetProperty("name").GetString()!)
                    : [];
                operations[$"{operation.Name.ToUpperInvariant()} {Normalize(path.Name)}"] =
                [
                    .. names.Select(name => name.TrimEnd('[', ']')),
                ];
            }
        }

        return operations;
    }

    private static JsonElement Resolve(JsonElement description, JsonElement parameter) =>
        parameter.TryGetProperty("$ref", out var reference)
            ? description.GetProperty("components").GetProperty("parameters").GetProperty(reference.GetString()!.Split('/')[^1])
            : parameter;

    private static IEnumerable<string> QueryOf(MethodInfo call, string path) =>
        call.GetParameters()
            .Where(parameter =>
                parameter.ParameterType != typeof(CancellationToken)
                && !parameter.IsDefined(typeof(BodyAttribute))
                && !parameter.IsDefined(typeof(PropertyAttribute))
            )
            .Select(parameter => parameter.GetCustomAttribute<AliasAsAttribute>()?.Name ?? parameter.Name!)
            .Where(name =>
                !path.Contains($"{{{name}}}", StringComparison.Ordinal) && !path.Contains($"{{**{name}}}", StringComparison.Ordinal)
            );

    /// <summary>Paths without the names of their parameters; the root folder's contents are the contents of an empty path.</summary>
    private static string Normalize(string path) =>
        Placeholder().Replace(path.EndsWith("/contents", StringComparison.Ordinal) ? path + "/{path}" : path, "{}");

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Placeholder();
}
