using System.Text.Json;
using McpGateway.Tools.Arguments;
using Memory.Graph;

namespace Memory.Import;

/// <summary>
/// Reads entities and relations out of JSON: a line of a memory.jsonl, a list of them, or one document
/// {"entities": [...], "relations": [...]}; and what assistants export, also as a document {"memories": [...]}. What cannot be used is told with
/// its place.
/// </summary>
internal sealed class GraphItems
{
    private readonly List<ImportItem> items = [];

    public static IReadOnlyList<ImportItem> Of(string place, JsonElement value)
    {
        var reader = new GraphItems();
        reader.Read(place, value);
        return reader.items;
    }

    private void Read(string place, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            ReadAll(place, value);
        }
        else if (value.ValueKind != JsonValueKind.Object)
        {
            Tell(place, "neither an entity nor a relation");
        }
        else if (value.TryGetProperty("entities", out var entities))
        {
            ReadAll("entities", entities);
            ReadAll("relations", value.TryGetProperty("relations", out var relations) ? relations : default);
        }
        else if (KindOf(value) is "entity")
        {
            ReadEntity(place, value);
        }
        else if (KindOf(value) is "relation")
        {
            ReadRelation(place, value);
        }
        else if (value.TryGetProperty("relations", out var only))
        {
            ReadAll("relations", only);
        }
        else if (AssistantMemories.Of(place, value) is { } remembered)
        {
            items.AddRange(remembered);
        }
        else if (value.TryGetProperty("memories", out var memories))
        {
            ReadAll("memories", memories);
        }
        else
        {
            Tell(place, "neither an entity nor a relation");
        }
    }

    private void ReadAll(string place, JsonElement list)
    {
        if (list.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
        {
            return;
        }

        if (list.ValueKind != JsonValueKind.Array)
        {
            Tell(place, "not a list");
            return;
        }

        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            Read($"{place}[{index++}]", item);
        }
    }

    /// <summary>What an item says it is; one of a document is known by its fields.</summary>
    private static string? KindOf(JsonElement item) =>
        item.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() is "entity" or "relation"
            ? type.GetString()
        : item.TryGetProperty("type", out _) && !item.TryGetProperty("entityType", out _) ? null
        : item.TryGetProperty("name", out _) && item.TryGetProperty("entityType", out _) ? "entity"
        : item.TryGetProperty("from", out _) && item.TryGetProperty("to", out _) ? "relation"
        : null;

    private void ReadEntity(string place, JsonElement item)
    {
        if (NameOf(place, item, "name") is not { } name || LabelOf(place, item, "entityType") is not { } type)
        {
            return;
        }

        var facts = ReadFacts(place, item).DistinctBy(f => f.Text, StringComparer.Ordinal);
        items.Add(
            new ImportedEntity(
                place,
                // Facts lie in the order of their dates.
                new(name, type, [.. facts.OrderBy(f => f.At ?? "~", StringComparer.Ordinal)], Created: MomentOf(place, item, "createdAt"))
            )
        );
    }

    private List<LoggedFact> ReadFacts(string place, JsonElement item)
    {
        var facts = new List<LoggedFact>();
        if (!item.TryGetProperty("observations", out var observations) || observations.ValueKind == JsonValueKind.Null)
        {
            return facts;
        }

        // As create_entities takes it.
        if (LooseValue.AsSentences(observations) is not { } list)
        {
            Tell(place, "observations is neither a list nor a text; the entity was imported without it");
            return facts;
        }

        var (dates, ends) = (DatesOf(place, item, "at", list), DatesOf(place, item, "validUntil", list));
        var index = 0;
        foreach (var observation in list.EnumerateArray())
        {
            if (TextOf(place, observation, "an observation", "; it was left out") is { } text)
            {
                facts.Add(new(text, ReadMoment(place, dates, "at", index), EndOf(place, ends, index)));
            }

            index++;
        }

        return facts;
    }

    private void ReadRelation(string place, JsonElement item)
    {
        if (
            NameOf(place, item, "from") is { } from
            && NameOf(place, item, "to") is { } to
            && LabelOf(place, item, "relationType") is { } type
        )
        {
            items.Add(new ImportedRelation(place, new(from, to, type, Created: MomentOf(place, item, "createdAt"))));
        }
    }

    /// <summary>The list of dates beside the observations, one for each; a date alone is that of one alone.</summary>
    private List<JsonElement> DatesOf(string place, JsonElement item, string field, JsonElement observations)
    {
        if (!item.TryGetProperty(field, out var dates) || dates.ValueKind is JsonValueKind.Null)
        {
            return [];
        }

        List<JsonElement> list = dates.ValueKind == JsonValueKind.Array ? [.. dates.EnumerateArray()] : [dates];
        if (list.Count is 0 || list.Count == observations.GetArrayLength())
        {
            return list;
        }

        Tell(place, $"{field} has {list.Count} dates for {observations.GetArrayLength()} observations; it was left out");
        return [];
    }

    private string? ReadMoment(string place, List<JsonElement> dates, string field, int index) =>
        index < dates.Count ? ReadMoment(place, dates[index], $"{field}[{index}]") : null;

    /// <summary>The first moment at which an observation is true no more, or null; a day counts to its end.</summary>
    private string? EndOf(string place, List<JsonElement> ends, int index) =>
        ReadMoment(place, ends, "validUntil", index) is null ? null : Moments.Until(ends[index].ToString());

    private string? MomentOf(string place, JsonElement item, string field) =>
        item.TryGetProperty(field, out var value) ? ReadMoment(place, value, field) : null;

    private string? ReadMoment(string place, JsonElement value, string what)
    {
        if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
        {
            return null;
        }

        try
        {
            return Moments.Since(value.ToString());
        }
        catch (ModelContextProtocol.McpException)
        {
            Tell(place, $"{what} is not a date; it was left out");
            return null;
        }
    }

    private string? NameOf(string place, JsonElement item, string field)
    {
        var name = LabelOf(place, item, field);
        if (name is null || !TextRules.IsBlank(name))
        {
            return name;
        }

        Tell(place, $"{field} is blank, and every entity has a name");
        return null;
    }

    /// <summary>A name or type.</summary>
    private string? LabelOf(string place, JsonElement item, string field)
    {
        if (!item.TryGetProperty(field, out var value))
        {
            Tell(place, $"without {field}");
            return null;
        }

        var text = TextOf(place, value, field, "");
        if (text is null || !TextRules.IsTooLong(text))
        {
            return text;
        }

        Tell(place, $"{field} has {text.Length} characters, a name or type {TextRules.LongestName} at most");
        return null;
    }

    private string? TextOf(string place, JsonElement value, string what, string consequence)
    {
        // A number is taken as the tools take it.
        if ((value.ValueKind == JsonValueKind.String ? value : LooseValue.AsText(value)) is not { ValueKind: JsonValueKind.String } given)
        {
            Tell(place, $"{what} is not a string{consequence}");
            return null;
        }

        try
        {
            var text = given.GetString()!;
            if (TextRules.FindProblem(text) is not { } problem)
            {
                return text;
            }

            Tell(place, $"{what} {problem}{consequence}");
        }
        catch (InvalidOperationException)
        {
            // What the reader says to an escaped half of a surrogate pair.
            Tell(place, $"{what} contains half of a surrogate pair, which is not a character{consequence}");
        }

        return null;
    }

    private void Tell(string place, string text) => items.Add(new ImportProblem(place, text));
}
