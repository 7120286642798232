using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Memory.Graph;

namespace Memory.Import;

/// <summary>
/// Reads a memory.jsonl, or one JSON document {"entities": [...], "relations": [...]}, as far as it can be read. What it
/// cannot use it leaves out and reports with its place.
/// </summary>
internal sealed class GraphFile
{
    private readonly List<string> problems = [];

    /// <summary>Each entity with its place in the file; names may repeat.</summary>
    public List<(string Place, Entity Entity)> Entities { get; } = [];

    public List<(string Place, Relation Relation)> Relations { get; } = [];

    /// <summary>What was left out, such as "line 3: not valid JSON".</summary>
    public IReadOnlyList<string> Problems => problems;

    public static GraphFile Read(ReadOnlyMemory<byte> content)
    {
        var file = new GraphFile();
        content = content.Span.StartsWith(Encoding.UTF8.Preamble) ? content[Encoding.UTF8.Preamble.Length..] : content;
        if (!file.ReadDocument(content))
        {
            file.ReadLines(content);
        }

        return file;
    }

    private bool ReadDocument(ReadOnlyMemory<byte> content)
    {
        using var document = Parse(content);
        if (document?.RootElement is not { ValueKind: JsonValueKind.Object } root || !root.TryGetProperty("entities", out var entities))
        {
            return false;
        }

        ReadItems("entities", entities, ReadEntity);
        ReadItems("relations", root.TryGetProperty("relations", out var relations) ? relations : default, ReadRelation);
        return true;
    }

    private static void ReadItems(string list, JsonElement items, Action<string, JsonElement> read)
    {
        if (items.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        var index = 0;
        foreach (var item in items.EnumerateArray())
        {
            read($"{list}[{index++}]", item);
        }
    }

    private void ReadLines(ReadOnlyMemory<byte> content)
    {
        for (var number = 1; content.Length > 0; number++)
        {
            var end = content.Span.IndexOf((byte)'\n');
            var line = end < 0 ? content : content[..end];
            content = end < 0 ? default : content[(end + 1)..];
            if (line.Span.IndexOfAnyExcept(" \t\r"u8) >= 0)
            {
                ReadLine($"line {number}", line);
            }
        }
    }

    private void ReadLine(string place, ReadOnlyMemory<byte> line)
    {
        using var document = Parse(line);
        if (document is null)
        {
            problems.Add($"{place}: not valid JSON");
            return;
        }

        var item = document.RootElement;
        switch (item.ValueKind == JsonValueKind.Object && item.TryGetProperty("type", out var type) ? type.ToString() : null)
        {
            case "entity":
                ReadEntity(place, item);
                break;
            case "relation":
                ReadRelation(place, item);
                break;
            default:
                problems.Add($"{place}: neither an entity nor a relation");
                break;
        }
    }

    private void ReadEntity(string place, JsonElement item)
    {
        if (TextOf(place, item, "name") is not { } name || TextOf(place, item, "entityType") is not { } type)
        {
            return;
        }

        if (name.Length == 0)
        {
            problems.Add($"{place}: an entity without a name");
            return;
        }

        Entities.Add((place, new Entity(name, type, ReadObservations(place, item))));
    }

    private List<string> ReadObservations(string place, JsonElement item)
    {
        var texts = new List<string>();
        if (!item.TryGetProperty("observations", out var observations) || observations.ValueKind == JsonValueKind.Null)
        {
            return texts;
        }

        if (observations.ValueKind != JsonValueKind.Array)
        {
            problems.Add($"{place}: observations is not a list; the entity was imported without it");
            return texts;
        }

        foreach (var observation in observations.EnumerateArray())
        {
            if (TextOf(place, observation, "an observation", "; it was left out") is { } text)
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    private void ReadRelation(string place, JsonElement item)
    {
        if (
            TextOf(place, item, "from") is { } from
            && TextOf(place, item, "to") is { } to
            && TextOf(place, item, "relationType") is { } type
        )
        {
            Relations.Add((place, new Relation(from, to, type)));
        }
    }

    private string? TextOf(string place, JsonElement item, string field)
    {
        if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty(field, out var value))
        {
            problems.Add($"{place}: without {field}");
            return null;
        }

        var text = TextOf(place, value, field, "");
        if (text is null || !TextRules.IsTooLong(text))
        {
            return text;
        }

        problems.Add($"{place}: {field} has {text.Length} characters, a name or type {TextRules.LongestName} at most");
        return null;
    }

    private string? TextOf(string place, JsonElement value, string what, string consequence)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            problems.Add($"{place}: {what} is not a string{consequence}");
            return null;
        }

        try
        {
            var text = value.GetString()!;
            if (TextRules.FindProblem(text) is not { } problem)
            {
                return text;
            }

            problems.Add($"{place}: {what} {problem}{consequence}");
        }
        catch (InvalidOperationException)
        {
            // What the reader says to an escaped half of a surrogate pair.
            problems.Add($"{place}: {what} contains half of a surrogate pair, which is not a character{consequence}");
        }

        return null;
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span))
        {
            return null;
        }

        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
