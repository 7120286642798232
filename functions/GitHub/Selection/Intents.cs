using System.Text.Json.Nodes;

namespace GitHub.Selection;

/// <summary>
/// The official server's granular tools take a reason and a confidence with a change, or only suggest it. Here changes are made without them; a
/// suggestion stays among the arguments, which no tool takes: it is refused, and not made.
/// </summary>
internal static class Intents
{
    private const string Suggestion = "is_suggestion";

    private static readonly (string Theirs, string Ours)[] FieldMembers =
    [
        ("field_id", "field_name"),
        ("text_value", "value"),
        ("number_value", "value"),
        ("date_value", "value"),
        ("single_select_option_id", "field_option_name"),
    ];

    /// <summary>Leaves out the reason and the confidence.</summary>
    public static void Drop(JsonObject arguments)
    {
        arguments.Remove("rationale");
        arguments.Remove("confidence");
        if (arguments[Suggestion] is null || (arguments[Suggestion] is JsonValue value && value.TryGetValue<bool>(out var isOne) && !isOne))
        {
            arguments.Remove(Suggestion);
        }
    }

    /// <summary>Takes labels or people from objects that name them.</summary>
    public static void TakeNames(JsonObject arguments, string list, string member)
    {
        if (arguments[list] is not JsonArray items)
        {
            return;
        }

        arguments[list] = new JsonArray([
            .. items.Select(item =>
            {
                if (item is not JsonObject intent)
                {
                    return item?.DeepClone();
                }

                Drop(intent);
                return intent.Count == 1 && intent[member] is { } name ? name.DeepClone() : intent.DeepClone();
            }),
        ]);
    }

    /// <summary>Null takes the type away, which an empty text does here.</summary>
    public static void TakeType(JsonObject arguments)
    {
        Drop(arguments);
        if (arguments.TryGetPropertyValue("type", out var type) && type is null)
        {
            arguments["type"] = "";
        }
    }

    /// <summary>Takes values of custom fields that name the field, and the option of a choice, by their node ids.</summary>
    public static void TakeFields(JsonObject arguments)
    {
        foreach (var field in (arguments["issue_fields"] as JsonArray ?? []).OfType<JsonObject>())
        {
            Drop(field);
            foreach (var (theirs, ours) in FieldMembers)
            {
                if (field.Remove(theirs, out var value) && value is not null && !field.ContainsKey(ours))
                {
                    field[ours] = value;
                }
            }
        }
    }
}
