using System.Text.Json;
using McpGateway.Text;

namespace McpGateway.Tools.Arguments;

/// <summary>
/// Checks arguments against the part of JSON Schema that tool parameters generate (type, required, enum, properties,
/// items), and says the first mismatch in words a model can act on. docs/decisions/0007-argument-check.md says why
/// this is not a general validator.
/// </summary>
internal static class InputSchema
{
    private const int LongestQuote = 60;

    /// <summary>The first problem with the arguments, or null.</summary>
    public static string? FindProblem(JsonElement schema, IReadOnlyDictionary<string, JsonElement> arguments)
    {
        foreach (var name in RequiredOf(schema))
        {
            if (!arguments.ContainsKey(name))
            {
                return Missing(name, PropertyOf(schema, name));
            }
        }

        foreach (var (name, value) in arguments)
        {
            if (PropertyOf(schema, name) is { } property && FindProblem(property, value, name) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    /// <summary>
    /// The value, with a number as the text it is declared to be where it is an id or in a list of texts: models repeat an
    /// id as they have seen it, as a number.
    /// </summary>
    public static JsonElement WithTextualIds(JsonElement schema, string name, JsonElement value) =>
        PropertyOf(schema, name) is not { } property
            ? value
            : value.ValueKind switch
            {
                JsonValueKind.Number when IsId(name) && IsText(property) => JsonSerializer.SerializeToElement(value.GetRawText()),
                JsonValueKind.Array
                    when property.TryGetProperty("items", out var items)
                        && IsText(items)
                        && value.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Number) => JsonSerializer.SerializeToElement(
                    value
                        .EnumerateArray()
                        .Select(item =>
                            item.ValueKind == JsonValueKind.Number ? JsonSerializer.SerializeToElement(item.GetRawText()) : item
                        )
                ),
                _ => value,
            };

    private static bool IsId(string name) =>
        name is "id"
        || name.EndsWith("_id", StringComparison.Ordinal)
        || name.EndsWith("Id", StringComparison.Ordinal)
        || name.EndsWith("ID", StringComparison.Ordinal);

    private static bool IsText(JsonElement schema) => TypesOf(schema) is ["string"] && !schema.TryGetProperty("enum", out _);

    private static string? FindProblem(JsonElement schema, JsonElement value, string path)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var types = TypesOf(schema);
        if (types.Count > 0 && !types.Exists(type => Fits(type, value)))
        {
            return $"Invalid input: expected {string.Join(" or ", types.Where(t => t != "null"))}, received {Describe(value)} at {path}";
        }

        if (schema.TryGetProperty("enum", out var allowed) && !allowed.EnumerateArray().Any(a => JsonElement.DeepEquals(a, value)))
        {
            return $"Invalid input: {Quote(value)} at {path} is not one of {string.Join(", ", allowed.EnumerateArray().Select(a => a.ToString()))}";
        }

        if (FindProblemInRange(schema, value, path) is { } outside)
        {
            return outside;
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object => FindProblemInObject(schema, value, path),
            JsonValueKind.Array => FindProblemInArray(schema, value, path),
            _ => null,
        };
    }

    private static string? FindProblemInRange(JsonElement schema, JsonElement value, string path)
    {
        if (
            value.ValueKind is not (JsonValueKind.Number or JsonValueKind.String)
            || !double.TryParse(value.ToString(), System.Globalization.CultureInfo.InvariantCulture, out var number)
        )
        {
            return null;
        }

        return schema.TryGetProperty("minimum", out var minimum) && number < minimum.GetDouble()
                ? $"Invalid input: {Quote(value)} at {path} is less than {minimum}, the least allowed"
            : schema.TryGetProperty("maximum", out var maximum) && number > maximum.GetDouble()
                ? $"Invalid input: {Quote(value)} at {path} is more than {maximum}, the most allowed"
            : null;
    }

    private static string? FindProblemInObject(JsonElement schema, JsonElement value, string path)
    {
        foreach (var name in RequiredOf(schema))
        {
            if (
                !value.TryGetProperty(name, out var given)
                || (given.ValueKind == JsonValueKind.Null && !AllowsNull(PropertyOf(schema, name)))
            )
            {
                return Missing($"{path}.{name}", PropertyOf(schema, name));
            }
        }

        foreach (var property in value.EnumerateObject())
        {
            if (
                property.Value.ValueKind != JsonValueKind.Null
                && PropertyOf(schema, property.Name) is { } known
                && FindProblem(known, property.Value, $"{path}.{property.Name}") is { } problem
            )
            {
                return problem;
            }
        }

        return null;
    }

    private static string? FindProblemInArray(JsonElement schema, JsonElement value, string path)
    {
        if (!schema.TryGetProperty("items", out var items))
        {
            return null;
        }

        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (FindProblem(items, item, $"{path}[{index++}]") is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static string Missing(string path, JsonElement? schema) =>
        $"Invalid input: expected {(schema is { } s && TypesOf(s).Find(t => t != "null") is { } type ? type : "a value")}, received undefined at {path}";

    private static IEnumerable<string> RequiredOf(JsonElement schema) =>
        schema.TryGetProperty("required", out var required) ? required.EnumerateArray().Select(r => r.GetString()!) : [];

    private static JsonElement? PropertyOf(JsonElement schema, string name) =>
        schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(name, out var property) ? property : null;

    private static bool AllowsNull(JsonElement? schema) => schema is { } s && TypesOf(s).Contains("null");

    private static List<string> TypesOf(JsonElement schema) =>
        schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("type", out var type) ? []
        : type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(t => t.GetString()!)]
        : [type.GetString()!];

    private static bool Fits(string type, JsonElement value) =>
        (type, value.ValueKind) switch
        {
            ("string", JsonValueKind.String) => true,
            ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
            ("object", JsonValueKind.Object) => true,
            ("array", JsonValueKind.Array) => true,
            ("null", JsonValueKind.Null) => true,
            ("number", JsonValueKind.Number) => true,
            ("integer", JsonValueKind.Number) => value.TryGetInt64(out _),
            // The serializer reads numbers from strings as well, which models send now and then.
            ("number", JsonValueKind.String) => double.TryParse(
                value.GetString(),
                System.Globalization.CultureInfo.InvariantCulture,
                out _
            ),
            ("integer", JsonValueKind.String) => long.TryParse(value.GetString(), System.Globalization.CultureInfo.InvariantCulture, out _),
            _ => false,
        };

    /// <summary>A value in few words: itself, or its kind.</summary>
    public static string Describe(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => "object",
            JsonValueKind.Array => "array",
            JsonValueKind.Null => "null",
            _ => Quote(value),
        };

    private static string Quote(JsonElement value) => Cut.To(value.GetRawText(), LongestQuote);
}
