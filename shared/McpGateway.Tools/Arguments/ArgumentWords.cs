using System.Globalization;
using System.Text.Json;
using McpGateway.Text;
using McpGateway.Tools.Schemas;

namespace McpGateway.Tools.Arguments;

/// <summary>What is said about an argument: which field, what came, what is wanted, and an example.</summary>
internal static class ArgumentWords
{
    private const int LongestQuote = 60;
    private const int LongestPath = 300;
    private const int MostNames = 40;

    public static string Missing(string path, InputSchema schema) =>
        $"{path}: expected {Wanted(schema)}, received nothing. {Example(path, schema)}";

    public static string Blank(string path, InputSchema schema) =>
        path.EndsWith(']') ? $"{path} is empty: leave it out." : $"{path} is empty. {Example(path, schema)}";

    public static string Unfit(string path, InputSchema schema, JsonElement value) =>
        $"{path}: expected {Wanted(schema)}, received {Describe(value)}. {Example(path, schema)}";

    public static string NoChoice(string path, InputSchema schema, JsonElement value) =>
        $"{path}: {Quote(value)} is not one of {string.Join(", ", schema.Choices)}.";

    public static string OutOfRange(string path, InputSchema schema, JsonElement value) =>
        $"{path}: expected {Wanted(schema)}, received {Quote(value)}. {Example(path, schema)}";

    /// <summary>What no schema says, such as a number beyond what a program counts with.</summary>
    public static string Unreadable(string path, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{path}: {Quote(value)} is out of range: give an integer of at most {int.MaxValue}."
            )
            : $"{path}: {Describe(value)} cannot be read: a number in it is out of range, or a text in it is not of its form.";

    public static string BadLength(string path, InputSchema schema, JsonElement value, int length)
    {
        var unit = value.ValueKind == JsonValueKind.Array ? "items" : "characters";
        return (schema.MinLength, schema.MaxLength) switch
        {
            (_, { } most) when length > most => $"{path}: has {length} {unit}, at most {most} are allowed.",
            (var least, _) => $"{path}: has {length} {unit}, at least {least} are needed.",
        };
    }

    public static string Unknown(string path, InputSchema schema, string? advice)
    {
        var name = path[(path.LastIndexOf('.') + 1)..];
        var names = schema.Properties.Keys;
        return $"{Cut.To(path, LongestPath)}: unknown argument."
            + (
                advice is not null ? $" {advice}"
                : NearName.Ask(name, names) is { Length: > 0 } meant ? meant
                : $" There are {string.Join(", ", names.Take(MostNames))}{(names.Count() > MostNames ? ", …" : "")}."
            );
    }

    /// <summary>A value in few words: itself, or its kind.</summary>
    public static string Describe(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.Null => "null",
            _ => Quote(value),
        };

    /// <summary>Whether an argument of this name holds the address or the id of something, never a text of somebody's.</summary>
    public static bool IsAddress(string name) =>
        IsUrl(name)
        || name is "id" or "link" or "href"
        || name.EndsWith("Id", StringComparison.Ordinal)
        || name.EndsWith("IdOrName", StringComparison.Ordinal);

    public static bool IsUrl(string name) => name.Contains("url", StringComparison.OrdinalIgnoreCase);

    private static string Wanted(InputSchema schema) =>
        schema.Shapes.Count > 0 ? string.Join(" or ", schema.Shapes.Select(Wanted))
        : schema.Choices.Count > 0 ? $"one of {string.Join(", ", schema.Choices)}"
        : schema.Kinds switch
        {
            JsonKinds.Text => "a string",
            JsonKinds.Integer => $"an integer{Range(schema)}",
            JsonKinds.Number => $"a number{Range(schema)}",
            JsonKinds.Boolean => "true or false",
            JsonKinds.Object => "an object",
            JsonKinds.Array => $"a list of {Items(schema.Items!)}",
            _ => "a value",
        };

    private static string Items(InputSchema items) =>
        items.Shapes.Count > 0 ? string.Join(" or ", items.Shapes.Select(Items))
        : items.Choices.Count > 0 ? string.Join(", ", items.Choices)
        : items.Kinds switch
        {
            JsonKinds.Text => "strings",
            JsonKinds.Integer => "integers",
            JsonKinds.Number => "numbers",
            JsonKinds.Object => "objects",
            _ => "values",
        };

    private static string Range(InputSchema schema) =>
        (schema.Minimum, schema.Maximum) switch
        {
            ({ } least, { } most) => string.Create(CultureInfo.InvariantCulture, $" from {least} to {most}"),
            ({ } least, null) => string.Create(CultureInfo.InvariantCulture, $" of at least {least}"),
            (null, { } most) => string.Create(CultureInfo.InvariantCulture, $" of at most {most}"),
            _ => "",
        };

    private static string Example(string path, InputSchema schema)
    {
        var name = path[(path.LastIndexOf('.') + 1)..].Split('[')[0];
        return path.EndsWith(']') ? $"Example: {Sample(name, schema, 2)}" : $"Example: \"{name}\": {Sample(name, schema, 2)}";
    }

    private static string Sample(string name, InputSchema schema, int depth) =>
        schema.Shapes is [var shape, ..] ? Sample(name, shape, depth)
        : schema.Choices is [var choice, ..] ? $"\"{choice}\""
        : schema.Kinds switch
        {
            JsonKinds.Text => IsUrl(name) ? "\"https://example.com/\"" : "\"text\"",
            JsonKinds.Integer or JsonKinds.Number => (schema.Minimum ?? Math.Min(10, schema.Maximum ?? 10)).ToString(
                CultureInfo.InvariantCulture
            ),
            JsonKinds.Boolean => "true",
            JsonKinds.Array => $"[{Sample(name, schema.Items!, depth)}]",
            JsonKinds.Object when schema.Properties.Count > 0 && depth > 0 =>
                $"{{{string.Join(", ", Shown(schema).Select(property => $"\"{property.Key}\": {Sample(property.Key, property.Value, depth - 1)}"))}}}",
            _ => "{…}",
        };

    private static IEnumerable<KeyValuePair<string, InputSchema>> Shown(InputSchema schema) =>
        schema.Required.Count > 0 ? schema.Properties.Where(property => property.Value.IsRequired) : schema.Properties.Take(1);

    private static string Quote(JsonElement value)
    {
        // Its own text may be full of escapes.
        var text = value.ValueKind == JsonValueKind.String ? $"\"{value.GetString()}\"" : value.GetRawText();
        return text.Length <= LongestQuote ? text : text[..LongestQuote] + "…";
    }
}
