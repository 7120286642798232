using System.Text.Json;
using Memory.Graph;

namespace Memory.Import;

/// <summary>
/// Memories as assistants export them. Claude: memories.json, whose items hold texts in Markdown (conversations_memory, project_memories).
/// ChatGPT: items that hold one fact each (content, enabled, created_at or created_timestamp), as a list, or as its pages get them and programs save
/// them: {"memories": [...]}. Neither vendor documents the form; other fields are passed over.
/// </summary>
internal static class AssistantMemories
{
    /// <summary>The entity of the person, by the name that the instructions give it.</summary>
    public const string Person = "default_user";

    /// <summary>What an item holds, or null when it is none of these.</summary>
    public static IReadOnlyList<ImportItem>? Of(string place, JsonElement item)
    {
        if (item.TryGetProperty("conversations_memory", out var conversations))
        {
            return
            [
                .. FactsOf(place, Person, "person", conversations.ToString()),
                .. item.TryGetProperty("project_memories", out var projects) && projects.ValueKind == JsonValueKind.Object
                    ? projects.EnumerateObject().SelectMany(p => FactsOf(place, $"Claude project {p.Name}", "project", p.Value.ToString()))
                    : [],
                .. item.TryGetProperty("memory_files", out var files)
                && files.ValueKind == JsonValueKind.Array
                && files.GetArrayLength() > 0
                    ? [new ImportProblem(place, "memory_files, whose form is not known; they were left out")]
                    : Array.Empty<ImportItem>(),
            ];
        }

        if (item.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.String)
        {
            // What was said is no fact about who said it.
            return item.TryGetProperty("role", out _)
                    ? [new ImportProblem(place, "a message of a conversation, no memory; it was left out")]
                : item.TryGetProperty("enabled", out var enabled) && enabled.ValueKind == JsonValueKind.False
                    ? [new ImportProblem(place, "a memory that was switched off; it was left out")]
                : FactsOf(place, Person, "person", content.GetString()!, DateOf(item));
        }

        return null;
    }

    /// <summary>A text as facts of an entity.</summary>
    public static IReadOnlyList<ImportItem> FactsOf(string place, string entity, string type, string text, string? at = null)
    {
        var lines = new FactLines();
        return FactsOf(place, entity, type, [.. text.Split('\n').SelectMany(lines.Read), .. lines.End()], at);
    }

    /// <summary>Facts of an entity, those left out that cannot be stored.</summary>
    public static IReadOnlyList<ImportItem> FactsOf(
        string place,
        string entity,
        string type,
        IReadOnlyList<string> texts,
        string? at = null
    )
    {
        var items = new List<ImportItem>();
        foreach (var text in texts)
        {
            if (TextRules.FindProblem(text) is { } problem)
            {
                items.Add(new ImportProblem(place, $"a fact {problem}; it was left out"));
            }
        }

        List<LoggedFact> facts =
        [
            .. texts
                .Where(text => TextRules.FindProblem(text) is null)
                .Distinct(StringComparer.Ordinal)
                .Select(text => new LoggedFact(text, at)),
        ];
        if (facts.Count > 0)
        {
            items.Add(new ImportedEntity(place, new(entity, type, facts)));
        }

        return items;
    }

    private static string? DateOf(JsonElement item)
    {
        foreach (var field in (string[])["created_at", "createdAt", "created_timestamp", "timestamp", "updated_at"])
        {
            if (item.TryGetProperty(field, out var value))
            {
                try
                {
                    return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds is > 0 and < 1e11
                        ? Moments.Since(DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000)).ToString("O"))
                        : Moments.Since(value.ToString());
                }
                catch (ModelContextProtocol.McpException)
                {
                    // Not a date: the fact gets that of the import.
                }
            }
        }

        return null;
    }
}
