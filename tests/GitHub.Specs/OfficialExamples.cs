using System.Collections.Concurrent;
using System.Text.Json;
using McpGateway.Testing;

namespace GitHub.Specs;

/// <summary>What GitHub answers to a request, by the examples of its own OpenAPI description.</summary>
internal static class OfficialExamples
{
    private const string Link = """{"url":"https://storage.example/archive"}""";

    private static readonly Lazy<Task<JsonDocument>> Description = new(async () =>
        JsonDocument.Parse(await File.ReadAllBytesAsync(await NodeProgram.FindFileAsync("@octokit/openapi/generated/api.github.com.json")))
    );

    // By method and first segment, of which none is a parameter.
    private static readonly Lazy<Task<ILookup<(string Method, string First), Operation>>> Operations = new(async () =>
        (await Description.Value)
            .RootElement.GetProperty("paths")
            .EnumerateObject()
            .SelectMany(path =>
                path.Value.EnumerateObject()
                    .Select(operation => new Operation(operation.Name, path.Name.Trim('/').Split('/'), operation.Value))
            )
            .ToLookup(operation => (operation.Method, operation.Path[0]))
    );

    private static readonly ConcurrentDictionary<(Operation, string Named, string MediaType), OfficialExample> Read = [];

    /// <summary>The first success the operation can have.</summary>
    /// <param name="request">"METHOD path", the path with values for its parameters.</param>
    /// <param name="mediaType">What the request accepts.</param>
    /// <returns>A redirect's example is its link, as an object; an answer without content has none.</returns>
    /// <param name="named">The beginning of the example's name, where the first one is not meant.</param>
    public static async Task<OfficialExample> OfAsync(string request, string named = "", string mediaType = "application/json")
    {
        var (method, path) = request.Split('?')[0].Split(' ') is [var verb, var rest]
            ? (verb.ToLowerInvariant(), rest)
            : throw new ArgumentException("No request: " + request, nameof(request));
        var segments = path.Trim('/').Split('/');
        var operation = (await Operations.Value)[(method, segments[0])]
            .Where(operation => Matches(operation.Path, segments))
            .OrderBy(operation => operation.Path.Count(IsParameter))
            .ThenByDescending(operation => operation.Path.Sum(segment => segment.Length))
            .First();
        var description = (await Description.Value).RootElement;
        return Read.GetOrAdd((operation, named, mediaType), _ => ExampleOf(description, operation, named, mediaType));
    }

    private static OfficialExample ExampleOf(JsonElement description, Operation operation, string named, string mediaType)
    {
        var response = operation.Definition.GetProperty("responses").EnumerateObject().First();
        var status = int.Parse(response.Name, System.Globalization.CultureInfo.InvariantCulture);
        if (!response.Value.TryGetProperty("content", out var content))
        {
            return status == 302 ? new(status, JsonDocument.Parse(Link).RootElement) : new(status, null);
        }

        var json = content.GetProperty(mediaType);
        var example = Resolve(
            description,
            Resolve(
                    description,
                    json.GetProperty("examples")
                        .EnumerateObject()
                        .First(known => known.Name.StartsWith(named, StringComparison.Ordinal))
                        .Value
                )
                .GetProperty("value")
        );
        example = example.ValueKind == JsonValueKind.Object && example.TryGetProperty("value", out var inner) ? inner : example;
        // A few examples show one entry of what the schema says is a list.
        var isList = json.GetProperty("schema").TryGetProperty("type", out var type) && type.GetString() == "array";
        return new(
            status,
            isList && example.ValueKind == JsonValueKind.Object ? JsonSerializer.SerializeToElement(new[] { example }) : example
        );
    }

    /// <summary>The member at a path such as "items.0.name", as text.</summary>
    public static string At(JsonElement value, string path) =>
        path.Split('.')
            .Aggregate(
                value,
                (at, name) =>
                    at.ValueKind == JsonValueKind.Array
                        ? at[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)]
                        : at.GetProperty(name)
            )
            .ToString();

    private static bool IsParameter(string segment) => segment.Contains('{', StringComparison.Ordinal);

    /// <summary>A path's last parameter may hold slashes (a file, a reference).</summary>
    private static bool Matches(string[] template, string[] path)
    {
        if (template[^1] is "{path}" or "{ref}" ? path.Length < template.Length : path.Length != template.Length)
        {
            return false;
        }

        for (var i = 0; i < template.Length; i++)
        {
            if (IsParameter(template[i]) ? path[i].Length == 0 : template[i] != path[i])
            {
                return false;
            }
        }

        return true;
    }

    private static JsonElement Resolve(JsonElement description, JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty("$ref", out var reference)
            ? description.GetProperty("components").GetProperty("examples").GetProperty(reference.GetString()!.Split('/')[^1])
            : value;

    private sealed class Operation(string method, string[] path, JsonElement definition)
    {
        public string Method => method;

        public string[] Path => path;

        public JsonElement Definition => definition;
    }
}

/// <summary>One for each operation: told from others by itself.</summary>
internal sealed class OfficialExample(int status, JsonElement? body)
{
    public int Status => status;

    public JsonElement? Body => body;

    /// <summary>The entries of a list, or of the one list in an object that counts it.</summary>
    public JsonElement? Entries =>
        Body switch
        {
            { ValueKind: JsonValueKind.Array } list => list,
            { ValueKind: JsonValueKind.Object } counted when counted.TryGetProperty("total_count", out _) => counted
                .EnumerateObject()
                .Single(member => member.Value.ValueKind == JsonValueKind.Array)
                .Value,
            _ => null,
        };
}
