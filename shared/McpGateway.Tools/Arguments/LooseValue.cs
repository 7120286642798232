using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using McpGateway.Text;
using McpGateway.Tools.Schemas;

namespace McpGateway.Tools.Arguments;

/// <summary>Reads a value of one kind as the other kind it was meant to be. Each returns null where that would be a guess.</summary>
public static partial class LooseValue
{
    /// <summary>A number, or a text alone in a list.</summary>
    public static JsonElement? AsText(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Number => Text(WholeNumber(value.GetRawText()) ?? value.GetRawText()),
            JsonValueKind.Array when value.GetArrayLength() == 1 => value[0].ValueKind == JsonValueKind.String
                ? value[0]
                : AsText(value[0]),
            _ => null,
        };

    /// <summary>5.0, 1e1, "5", "#7" and "1,000"; not 0.5, and not "1.000", which is a thousand or one.</summary>
    internal static JsonElement? AsInteger(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Number => Parse(WholeNumber(value.GetRawText())),
            JsonValueKind.String => Ungrouped(value.GetString()!.Trim().TrimStart('#')) is { } digits ? Parse(WholeNumber(digits)) : null,
            JsonValueKind.Array when value.GetArrayLength() == 1 => AsInteger(value[0]),
            _ => null,
        };

    internal static JsonElement? AsNumber(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String when Number(value.GetString()!.Trim()) is { } number => Parse(
                number.ToString(CultureInfo.InvariantCulture)
            ),
            JsonValueKind.Array when value.GetArrayLength() == 1 && value[0].ValueKind == JsonValueKind.Number => value[0],
            _ => null,
        };

    internal static JsonElement? AsBoolean(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!.Trim().ToUpperInvariant() switch
            {
                "TRUE" or "1" or "YES" or "Y" or "ON" => Parse("true"),
                "FALSE" or "0" or "NO" or "N" or "OFF" => Parse("false"),
                _ => null,
            },
            JsonValueKind.Number => WholeNumber(value.GetRawText()) switch
            {
                "1" => Parse("true"),
                "0" => Parse("false"),
                _ => null,
            },
            JsonValueKind.Array when value.GetArrayLength() == 1 && value[0].ValueKind is JsonValueKind.True or JsonValueKind.False =>
                value[0],
            _ => null,
        };

    /// <summary>An object as JSON text, or alone in a list. One whose names are the caller's also as a list of names and values.</summary>
    /// <param name="isOpen">Whether the names are the caller's.</param>
    internal static JsonElement? AsObject(JsonElement value, bool isOpen = false) =>
        value.ValueKind switch
        {
            JsonValueKind.String => FromText(value, '{') ?? (isOpen && FromText(value, '[') is { } list ? AsObject(list, isOpen) : null),
            JsonValueKind.Array when isOpen && NamedValues(value) is { } members => Object(members),
            JsonValueKind.Array when value.GetArrayLength() == 1 && value[0].ValueKind == JsonValueKind.Object => value[0],
            _ => null,
        };

    /// <summary>What [{"name": …, "value": …}] says; null for any other list.</summary>
    private static Dictionary<string, JsonElement>? NamedValues(JsonElement list)
    {
        var members = new Dictionary<string, JsonElement>();
        foreach (var item in list.EnumerateArray())
        {
            if (
                item.ValueKind != JsonValueKind.Object
                || item.GetPropertyCount() != 2
                || !item.TryGetProperty("value"u8, out var value)
                || item.EnumerateObject().First(member => member.Name != "value")
                    is not { Name: "name" or "key" or "column" or "header" or "field" } name
                || name.Value.ValueKind != JsonValueKind.String
                || !members.TryAdd(name.Value.GetString()!, value)
            )
            {
                return null;
            }
        }

        return members.Count > 0 ? members : null;
    }

    /// <summary>A list as JSON text or with a bullet before each line, choices or URLs separated by commas, or one item alone.</summary>
    /// <param name="isSentence">Whether a text is one item, whatever words and marks are in it.</param>
    internal static JsonElement? AsArray(JsonElement value, InputSchema items, bool isSentence = false)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return List([value]);
        }

        var text = value.GetString()!.Trim();
        if (FromText(value, '[') is { } list)
        {
            return list;
        }

        if (FromText(value, '{') is { } item && (items.Kinds.HasFlag(JsonKinds.Object) || items.Shapes.Count > 0))
        {
            return List([item]);
        }

        // A list that is not quite JSON is not the name of anything.
        if (text is ['[', '"' or '\'' or '{', ..] or ['[', .., ','])
        {
            return null;
        }

        // A comma may belong to a text, as in "Lindqvist, Mara", and so may a line or an "and": only what cannot hold one is divided.
        var parts = text.Split([',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return items.Kinds is JsonKinds.Object or JsonKinds.Array ? null
            : isSentence ? List(BulletsOf(text)?.Select(Text) ?? [value])
            : parts.Length < 2
                ? Joined().IsMatch(text) ? null
                    : List([value])
            : IsDivisible(items) || Array.TrueForAll(parts, IsUrl) ? List(parts.Select(Text))
            : BulletsOf(text) is { } lines ? List(lines.Select(Text))
            : null;
    }

    /// <summary>
    /// A list of texts, as tools take one that came as something else: JSON text, a bullet before each line, or one alone. Empty for a blank or an
    /// empty object.
    /// </summary>
    public static JsonElement? AsSentences(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value
        : Absence.IsBlank(value) || (value.ValueKind == JsonValueKind.Object && value.GetPropertyCount() == 0) ? List([])
        : value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? AsArray(value, InputSchema.Anything, isSentence: true)
        : null;

    private static string[]? BulletsOf(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines.Length > 1 && Array.TrueForAll(lines, line => Bullet().IsMatch(line))
            ? Array.ConvertAll(lines, line => Bullet().Replace(line, ""))
            : null;
    }

    /// <summary>The texts of a list that stands as JSON text in a list of one; null where it is anything else.</summary>
    internal static JsonElement? AsTexts(JsonElement list) =>
        list.GetArrayLength() == 1
        && FromText(list[0], '[') is { } inner
        && inner.GetArrayLength() > 0
        && inner.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? inner
            : null;

    /// <summary>The choice that is meant, in whatever case or with whatever separators; "-name" is not "name", but often its opposite.</summary>
    internal static string? Choice(string text, IReadOnlyList<string> choices)
    {
        var trimmed = text.Trim();
        if (choices.FirstOrDefault(choice => choice.Equals(trimmed, StringComparison.OrdinalIgnoreCase)) is { } same)
        {
            return same;
        }

        if (trimmed is ['-' or '+' or '!' or '~', ..])
        {
            return null;
        }

        var wanted = Letters(text);
        var found = choices.Where(choice => Letters(choice) == wanted).Take(2).ToList();
        return found is [var only] ? only : null;
    }

    internal static JsonElement Text(string text) => JsonSerializer.SerializeToElement(text, PlainValues.Default.String);

    internal static JsonElement List(IEnumerable<JsonElement> items) =>
        JsonSerializer.SerializeToElement(items.ToArray(), PlainValues.Default.JsonElementArray);

    internal static JsonElement Object(IEnumerable<KeyValuePair<string, JsonElement>> members) =>
        JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement>(members), PlainValues.Default.DictionaryStringJsonElement);

    /// <summary>JSON that came as text, where it begins as wanted; also in a code fence, or written as text twice.</summary>
    internal static JsonElement? FromText(JsonElement value, char begin)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        var text = value.GetString()!.Trim();
        if (Fence().Match(text) is { Success: true } fence)
        {
            text = fence.Groups["json"].Value;
        }

        return text.StartsWith(begin) ? ReadJson(text)
            : IsQuotedJson(text) && ReadJson(text) is { ValueKind: JsonValueKind.String } inner ? FromText(inner, begin)
            : null;
    }

    // A comma after the last item is a slip of those who write JSON by hand; it does not go further.
    private static JsonElement? ReadJson(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text, new() { AllowDuplicateProperties = false, AllowTrailingCommas = true });
            return JsonSerializer.SerializeToElement(json.RootElement, PlainValues.Default.JsonElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // A quotation mark, and within it an object or a list.
    private static bool IsQuotedJson(string text) => text is ['"', '{' or '[', .., '}' or ']', '"'];

    private static bool IsDivisible(InputSchema items) =>
        items.Choices.Count > 0
        || items.Kinds is JsonKinds.Integer or JsonKinds.Number or JsonKinds.Boolean
        || items.Shapes.Any(shape => shape.Choices.Count > 0);

    private static bool IsUrl(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https";

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    private static JsonElement? Parse(string? json) => json is null ? null : JsonElement.Parse(json);

    private static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A number without the marks between its thousands; null where a point may be such a mark.</summary>
    private static string? Ungrouped(string text) =>
        Grouped().IsMatch(text) ? string.Concat(text.Where(c => char.IsAsciiDigit(c) || c == '-'))
        : PointedGroups().IsMatch(text) ? null
        : text;

    private static string? WholeNumber(string text) =>
        Number(text) is { } number && number == decimal.Truncate(number)
            ? decimal.Truncate(number).ToString("0", CultureInfo.InvariantCulture)
            : null;

    [GeneratedRegex(@"^-?[0-9]{1,3}(?:[,_'’\u00A0\u202F ][0-9]{3})+$")]
    private static partial Regex Grouped();

    [GeneratedRegex(@"^-?[1-9][0-9]{0,2}(?:\.[0-9]{3})+$")]
    private static partial Regex PointedGroups();

    [GeneratedRegex(@"\s(?:and|&)\s|;", RegexOptions.IgnoreCase)]
    private static partial Regex Joined();

    [GeneratedRegex(@"^(?:[-*•–]|[0-9]{1,3}[.)])\s+")]
    private static partial Regex Bullet();

    [GeneratedRegex("""^```(?:json)?\s*\n(?<json>.*)\n\s*```$""", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Fence();
}
