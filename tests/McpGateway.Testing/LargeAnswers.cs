using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace McpGateway.Testing;

/// <summary>
/// An API that answers as much as it can: what a service's interface to it promises, with a long text in every place of a text, long lists and
/// dictionaries of thousands of members.
/// </summary>
/// <param name="json">How the service reads the API's JSON.</param>
public sealed partial class LargeAnswers(Assembly service, JsonSerializerOptions json)
{
    private const int MostLevels = 6;
    private const int Items = 30;
    private const int InnerItems = 3;
    private const int Members = 2_000;

    private static readonly JsonSerializerOptions Deep = new() { MaxDepth = 64 };

    private readonly IReadOnlyList<Call> calls = [.. CallsOf(service)];

    // By length: an answer has the same text in many places.
    private ConcurrentDictionary<int, string> texts = [];

    // Some MB each, and asked for page by page.
    private ConcurrentDictionary<Type, byte[]> answers = [];

    /// <summary>The kind of the texts, as <see cref="SampleTexts"/> has it.</summary>
    public string Kind
    {
        get;
        set
        {
            field = value;
            (texts, answers) = ([], []);
        }
    } = "English";

    /// <summary>Values that mean something, by their names, as JSON; "" where a member is left out.</summary>
    public IReadOnlyDictionary<string, string> Samples { get; init; } = new Dictionary<string, string>();

    /// <summary>A text of this kind.</summary>
    public string TextOf(int length) => texts.GetOrAdd(length, _ => SampleTexts.All[Kind](length).Replace('\uFFFD', '?'));

    /// <summary>Answers the call that a request is; 404 where the service does not make it.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        var call = calls.FirstOrDefault(call =>
            call.Method.Method == context.Request.Method && call.Path.IsMatch(context.Request.Path.Value!)
        );
        context.Response.StatusCode =
            call is null ? 404
            : call.Answer is null ? 204
            : 200;
        if (call?.Answer is { } type)
        {
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(answers.GetOrAdd(type, AnswerOf));
        }
    }

    private byte[] AnswerOf(Type type) => Encoding.UTF8.GetBytes(ValueOf(type, "", 0)?.ToJsonString(Deep) ?? "null");

    private JsonNode? ValueOf(Type type, string name, int level)
    {
        if (Samples.TryGetValue(name, out var sample))
        {
            return JsonNode.Parse(sample);
        }

        type = Nullable.GetUnderlyingType(type) ?? type;
        var info = json.GetTypeInfo(type);
        return info.Kind switch
        {
            JsonTypeInfoKind.Object => new JsonObject(
                info.Properties.Where(property => property.Set is not null || property.AssociatedParameter is not null)
                    .Where(property => Samples.GetValueOrDefault(property.Name) != "" && level < MostLevels)
                    .Select(property => KeyValuePair.Create(property.Name, ValueOf(property.PropertyType, property.Name, level + 1)))
            ),
            JsonTypeInfoKind.Enumerable when level < MostLevels => new JsonArray([
                .. Enumerable.Range(0, level < 2 ? Items : InnerItems).Select(_ => ValueOf(info.ElementType!, name, level + 1)),
            ]),
            JsonTypeInfoKind.Enumerable => new JsonArray(),
            JsonTypeInfoKind.Dictionary => new JsonObject(
                Enumerable
                    .Range(0, level < 2 ? Members : InnerItems)
                    .Select(i => KeyValuePair.Create($"key{i}", ValueOf(info.ElementType!, "", level + 3)))
            ),
            _ => ScalarOf(type, level),
        };
    }

    private JsonNode? ScalarOf(Type type, int level) =>
        type == typeof(bool) ? true
        : type == typeof(DateTimeOffset) || type == typeof(DateTime) ? "2026-01-01T00:00:00Z"
        : type == typeof(DateOnly) ? "2026-01-01"
        : type.IsEnum ? JsonSerializer.SerializeToNode(Enum.GetValues(type).GetValue(0), type, json)
        : type.IsPrimitive || type == typeof(decimal) ? 1
        : TextOf(level < 2 ? 60_000 : 1_500);

    private static IEnumerable<Call> CallsOf(Assembly service) =>
        from type in service.GetTypes()
        where type.IsInterface
        from method in type.GetMethods()
        // Refit's; its package is the services' own.
        from attribute in method.GetCustomAttributes()
        where attribute.GetType().BaseType?.Name == "HttpMethodAttribute"
        let path = (string)attribute.GetType().GetProperty("Path")!.GetValue(attribute)!
        let verb = (HttpMethod)attribute.GetType().GetProperty("Method")!.GetValue(attribute)!
        // What is fixed before what takes anything.
        orderby path.Count(c => c == '{'), path.Length descending
        select new Call(verb, PathOf(path), AnsweredBy(method.ReturnType));

    private static Regex PathOf(string template) => new(Placeholder().Replace(Regex.Escape(template.Split('?')[0]), "[^/]+") + "$");

    private static Type? AnsweredBy(Type returned)
    {
        var type = returned.GetGenericArguments().FirstOrDefault();
        return type is { IsGenericType: true } && type.Name.StartsWith("ApiResponse", StringComparison.Ordinal)
            ? type.GetGenericArguments()[0]
            : type;
    }

    [GeneratedRegex(@"\\\{\*{0,2}[^}]*\}")]
    private static partial Regex Placeholder();

    private sealed record Call(HttpMethod Method, Regex Path, Type? Answer);
}
