using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using McpGateway.Testing;
using Microsoft.AspNetCore.Http;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Firecrawl.Specs;

/// <summary>A Firecrawl of one version: it has that version's routes, and refuses the requests that version refuses.</summary>
internal sealed partial class Contract
{
    private readonly List<(Regex Route, JsonSchema Request)> routes;

    private Contract(JsonSchema root) =>
        routes = [
            .. root.Properties.Select(route =>
                (new Regex($"^{Regex.Escape(route.Key).Replace(@"\{}", "[^/]+", StringComparison.Ordinal)}$"), route.Value.ActualSchema)
            ),
        ];

    /// <summary>What was wrong with the requests that came, each with its method and path.</summary>
    public List<string> Refused { get; } = [];

    public static async Task<Contract> ReadAsync(string version) =>
        new(await JsonSchema.FromJsonAsync(await File.ReadAllTextAsync(PathOf(version), TestContext.Current.CancellationToken)));

    /// <summary>Arguments of every tool: the least, the usual, and all that there are.</summary>
    public static async Task<IReadOnlyList<(string Tool, string[] Arguments)>> ReadRequestsAsync() =>
        [
            .. JsonNode
                .Parse(await File.ReadAllTextAsync(PathOf("requests"), TestContext.Current.CancellationToken))!
                .AsObject()
                .Select(tool => (tool.Key, tool.Value!.AsArray().Select(arguments => arguments!.ToJsonString()).ToArray())),
        ];

    /// <summary>Answers as the version would.</summary>
    /// <param name="beyond">Members that the vendor's cloud takes besides, by path.</param>
    public void Serve(StubUpstream api, IReadOnlyDictionary<string, string[]>? beyond = null) =>
        api.OnAnything(context => AnswerAsync(context, beyond ?? new Dictionary<string, string[]>()));

    private async Task AnswerAsync(HttpContext context, IReadOnlyDictionary<string, string[]> beyond)
    {
        var path = $"{context.Request.Method} {context.Request.Path.Value!.Replace("/v2", "", StringComparison.Ordinal)}";
        if (routes.Find(route => route.Route.IsMatch(path)).Request is not { } schema)
        {
            Refused.Add($"{path} does not exist");
            await Results.Content($"<pre>Cannot {path}</pre>", "text/html", statusCode: 404).ExecuteAsync(context);
            return;
        }

        var request = await ReadAsync(context.Request);
        foreach (var name in beyond.GetValueOrDefault(path, []))
        {
            request.Remove(name);
        }

        var errors = schema.Validate(request.ToJsonString()).ToList();
        if (errors.Count > 0)
        {
            Refused.AddRange(errors.Select(error => $"{path}: {error}"));
            await Results
                .Json(
                    new
                    {
                        success = false,
                        code = "BAD_REQUEST",
                        error = "Bad Request",
                        details = errors.SelectMany(Describe),
                    },
                    statusCode: 400
                )
                .ExecuteAsync(context);
            return;
        }

        await Results.Text(AnswerTo(path), "application/json").ExecuteAsync(context);
    }

    private static async Task<JsonObject> ReadAsync(HttpRequest request)
    {
        if (request.Method == "GET")
        {
            return new(
                request.Query.Select(each =>
                    KeyValuePair.Create(
                        each.Key,
                        each.Value is [var only] ? (JsonNode?)only : new JsonArray([.. each.Value.Select(value => (JsonNode?)value)])
                    )
                )
            );
        }

        if (request.HasFormContentType)
        {
            return JsonNode.Parse((await request.ReadFormAsync()).Single(field => field.Key == "options").Value.ToString())!.AsObject();
        }

        var body = await new StreamReader(request.Body).ReadToEndAsync();
        return body.Length == 0 ? [] : JsonNode.Parse(body)!.AsObject();
    }

    // As zod 4 would say it, as far as the gateway reads it.
    private static IEnumerable<object> Describe(ValidationError error) =>
        error.Kind == ValidationErrorKind.NoAdditionalPropertiesAllowed
            ?
            [
                new
                {
                    code = "unrecognized_keys",
                    keys = new[] { error.Property },
                    path = StepsTo(error, 1),
                },
            ]
            :
            [
                new
                {
                    code = "custom",
                    message = "is not one of those known",
                    path = StepsTo(error, 0),
                },
            ];

    private static string[] StepsTo(ValidationError error, int without) =>
        [.. Step().Matches(error.Path ?? "").Select(step => step.Value).SkipLast(without)];

    private static string AnswerTo(string path) =>
        path switch
        {
            "POST /search" => """{"success":true,"data":{"web":[{"url":"https://a.example","title":"a"}]}}""",
            "POST /scrape" or "POST /parse" => """{"success":true,"data":{"markdown":"x","metadata":{"scrapeId":"s1"}}}""",
            _ when path.EndsWith("/errors", StringComparison.Ordinal) => """{"errors":[],"robotsBlocked":[]}""",
            _ => """{"success":true,"id":"j1","status":"completed","total":1,"completed":1,"data":[{"markdown":"x"}]}""",
        };

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "TestData", "contract", $"{name}.json");

    [GeneratedRegex(@"[^#/.\[\]]+")]
    private static partial Regex Step();
}
