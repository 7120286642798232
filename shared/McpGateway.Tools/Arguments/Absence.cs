using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using McpGateway.Text;
using McpGateway.Tools.Schemas;

namespace McpGateway.Tools.Arguments;

/// <summary>Tells values that stand for none: what clients send that fill in every field of a form.</summary>
internal static class Absence
{
    /// <summary>Whether a value says nothing, whatever it is for.</summary>
    public static bool IsNothing(JsonElement value) => value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined;

    /// <summary>Whether a property was not given, although it has a value.</summary>
    public static bool IsOf(InputSchema property, JsonElement value) =>
        IsNothing(value)
        || IsNullText(property, value)
        || (!property.IsRequired && (property.EmptyClears ? IsFieldOfForm(property, value) : IsEmpty(property, value)))
        // A list of blanks was given.
        || (property.EmptyUnlessGiven && value.ValueKind != JsonValueKind.Array && IsFieldOfForm(property, value));

    /// <summary>Whether an empty value of one kind came for what an empty value of another clears.</summary>
    private static bool IsFieldOfForm(InputSchema property, JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => property.Kinds != JsonKinds.Text && property.Shapes.Count == 0 && IsBlank(value),
            JsonValueKind.Array => value.GetArrayLength() == 0
                ? property.Kinds == JsonKinds.Text
                : value.EnumerateArray().All(item => IsNothing(item) || IsBlank(item)),
            JsonValueKind.Object => value.GetPropertyCount() == 0,
            _ => false,
        };

    private static bool IsEmpty(InputSchema property, JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => IsEmptyText(property, value.GetString()!),
            JsonValueKind.Array => value.EnumerateArray().All(item => IsEmptyItem(property, item)),
            // The names of an open object are the caller's, and an empty value of theirs may clear something.
            JsonValueKind.Object => property.IsClosed
                ? value.EnumerateObject().All(member => IsEmptyMember(property, member))
                : value.GetPropertyCount() == 0,
            JsonValueKind.Number => IsZero(property, value.GetRawText()),
            _ => false,
        };

    private static bool IsEmptyText(InputSchema property, string text) =>
        !Visible.HasAny(text) || (!TakesText(property) && (IsZero(property, text) || IsEmptyJson(text)));

    private static bool IsEmptyItem(InputSchema list, JsonElement item) =>
        IsNothing(item) || IsEmpty(list.Items ?? InputSchema.Anything, item);

    private static bool IsEmptyMember(InputSchema schema, JsonProperty member) =>
        IsNothing(member.Value)
        || (
            schema.Find(member.Name) is { } name
            && schema.Properties[name] is { EmptyClears: false } property
            && IsEmpty(property, member.Value)
        );

    /// <summary>Whether a value is a text of nothing but white space and characters that draw nothing.</summary>
    public static bool IsBlank(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && !BeginsWithSign(value, out _) && !Visible.HasAny(value.GetString()!);

    /// <summary>Whether a text begins with a sign of ASCII that shows, as most do: told without a copy of the text.</summary>
    private static bool BeginsWithSign(JsonElement text, out byte first)
    {
        // Behind the quotation mark: the text itself, the other mark or an escape.
        first = JsonMarshal.GetRawUtf8Value(text)[1];
        return first is > (byte)' ' and < 0x7F and not ((byte)'"' or (byte)'\\');
    }

    private static bool TakesText(InputSchema property) => property.Kinds is JsonKinds.Text or JsonKinds.None;

    /// <summary>A zero below the least value.</summary>
    private static bool IsZero(InputSchema property, string number) =>
        property is { Minimum: > 0, Kinds: JsonKinds.Integer or JsonKinds.Number }
        && decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && value == 0;

    /// <summary>"null" and "undefined" are what programs make of no value: of what need not be given, also where a text is wanted.</summary>
    private static bool IsNullText(InputSchema property, JsonElement value) =>
        value.ValueKind == JsonValueKind.String
        && !(BeginsWithSign(value, out var first) && first is not ((byte)'n' or (byte)'u'))
        && value.GetString()!.Trim() is "null" or "undefined"
        && (
            !TakesText(property)
            || (
                property is { Kinds: JsonKinds.Text, IsRequired: false, EmptyClears: false }
                && !property.Choices.Contains(value.GetString()!.Trim())
            )
        );

    private static bool IsEmptyJson(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c))) is "[]" or "{}";
}
