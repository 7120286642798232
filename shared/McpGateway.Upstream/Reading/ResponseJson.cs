using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using McpGateway.Upstream.Calls;

namespace McpGateway.Upstream.Reading;

/// <summary>
/// Reads an API's JSON as the types promise it: what is declared without <c>?</c> and without a default is there, and is not null. So a tool that gets
/// an object can use it. One bad item of a list is left out and counted (<see cref="UpstreamCall.LeftOut"/>), and takes no other with it.
/// </summary>
public static partial class ResponseJson
{
    private const int LongestPath = 100;

    // The default of JsonSerializerOptions.MaxDepth.
    private const int MostLevels = 64;

    private static readonly ConditionalWeakTable<JsonSerializerOptions, JsonSerializerOptions> Strict = [];

    /// <summary>Reads a body.</summary>
    /// <param name="json">The options that requests are written with.</param>
    /// <exception cref="JsonException">It is not what the type promises; <see cref="Describe"/> says what is wrong.</exception>
    internal static T Read<T>(ReadOnlySpan<byte> body, JsonSerializerOptions json)
    {
        if (body.Trim(" \t\r\n"u8).IsEmpty)
        {
            throw new JsonException("an empty body");
        }

        try
        {
            LeftOutItems.Count = 0;
            var value = JsonSerializer.Deserialize<T>(body, StrictOf(json)) ?? throw new JsonException("null");
            // A node looks at its members late: one that is there twice would fail wherever it is used.
            _ = (value as JsonObject)?.Count;
            if (value is JsonElement { ValueKind: JsonValueKind.Null })
            {
                throw new JsonException("null");
            }

            UpstreamCall.Current?.LeaveOut(LeftOutItems.Count);
            return value;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or NotSupportedException or FormatException)
        {
            throw new JsonException("JSON that cannot be read", e);
        }
    }

    /// <summary>Reads a part of a response.</summary>
    /// <param name="json">The options that requests are written with.</param>
    /// <exception cref="JsonException">It is not what the type promises; <see cref="Describe"/> says what is wrong.</exception>
    public static T Read<T>(JsonElement part, JsonSerializerOptions json) => Read<T>(JsonSerializer.SerializeToUtf8Bytes(part), json);

    /// <summary>What is wrong with a body, in words for a reader, without the names of our types.</summary>
    internal static string Describe(Exception e) =>
        e switch
        {
            JsonException json when TooDeep().IsMatch(json.Message) => $"JSON nested more than {MostLevels} levels deep",
            JsonException json when Missing().Match(json.Message) is { Success: true } match =>
                $"JSON without {match.Groups["names"].Value}{At(json)}",
            JsonException { Path: not (null or "$") } json when IsForm(json) => $"JSON with an unexpected value{At(json)}",
            JsonException json when IsForm(json) => "JSON of another form",
            JsonException { Path: null } json => json.Message,
            _ => "broken JSON",
        };

    /// <summary>Whether the JSON is whole, and only its values are not the promised ones; what cannot be parsed names a reader's own exception.</summary>
    private static bool IsForm(JsonException e) =>
        e.Path is not null && e.InnerException is not JsonException && e.GetType() == typeof(JsonException);

    private static string At(JsonException e) =>
        e.Path is null or "$" ? "" : $" at {(e.Path.Length <= LongestPath ? e.Path : e.Path[..LongestPath] + "…")}";

    private static JsonSerializerOptions StrictOf(JsonSerializerOptions json) =>
        Strict.GetValue(
            json,
            static json =>
            {
                var strict = new JsonSerializerOptions(json)
                {
                    RespectNullableAnnotations = true,
                    RespectRequiredConstructorParameters = true,
                    AllowDuplicateProperties = false,
                    TypeInfoResolver = (json.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(
                        RequireWhatIsPromised
                    ),
                };
                strict.Converters.Add(new LenientLists());
                return strict;
            }
        );

    private static void RequireWhatIsPromised(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.AssociatedParameter is { } parameter)
            {
                property.IsRequired = !parameter.HasDefaultValue && !parameter.IsNullable;
            }
        }
    }

    // What the reader says of it; it has no exception of its own.
    [GeneratedRegex("maximum configured depth")]
    private static partial Regex TooDeep();

    [GeneratedRegex("missing required properties including: (?<names>[^.]{1,200})")]
    private static partial Regex Missing();
}
