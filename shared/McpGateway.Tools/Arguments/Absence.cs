using System.Text.Json;
using McpGateway.Tools.Schemas;

namespace McpGateway.Tools.Arguments;

/// <summary>Values that stand for none.</summary>
internal static class Absence
{
    /// <summary>Whether a value stands for none: what clients send that fill in every field of a form.</summary>
    public static bool IsAbsent(InputSchema property, JsonElement value) =>
        IsNothing(value)
        || (
            !property.IsRequired
            && value.ValueKind switch
            {
                // An empty text clears no list: it is a field of a form.
                JsonValueKind.String => ((!property.EmptyClears || property.Kinds == JsonKinds.Array) && value.ValueEquals(""))
                    || (
                        !property.EmptyClears
                        && property is { Kinds: not (JsonKinds.Text or JsonKinds.None) }
                        && SaysNothing(value.GetString()!)
                    ),
                JsonValueKind.Array => !property.EmptyClears && value.GetArrayLength() == 0,
                JsonValueKind.Object => value.GetPropertyCount() == 0,
                JsonValueKind.Number => property.Minimum > 0 && value.TryGetDecimal(out var number) && number == 0,
                _ => false,
            }
        );

    /// <summary>Whether a text is the JSON of something empty, where no text is wanted.</summary>
    private static bool SaysNothing(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c))) is "[]" or "{}" or "null";

    public static bool IsNothing(JsonElement value) => value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined;
}
