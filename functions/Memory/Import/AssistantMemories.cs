using System.Text.Json;
using Memory.Graph;

namespace Memory.Import;

/// <summary>
/// Memories as assistants export them. Claude: memories.json, whose items hold texts in Markdown (conversations_memory, project_memories).
/// ChatGPT: memory.json, whose items hold one fact each (content, enabled, created_at). Neither vendor documents the form; other fields are passed over.
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
            ];
        }

        if (item.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.String)
        {
            return item.TryGetProperty("enabled", out var enabled) && enabled.ValueKind == JsonValueKind.False
                ? [new ImportProblem(place, "a memory that was switched off; it was left out")]
                : FactsOf(place, Person, "person", content.GetString()!, DateOf(item));
        }

        return null;
    }

    /// <summary>A text as facts of an entity: each paragraph or point is one, under the heading it stands below.</summary>
    public static IReadOnlyList<ImportItem> FactsOf(string place, string entity, string type, string text, string? at = null)
    {
        var facts = new List<LoggedFact>();
        var heading = "";
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (HeadingOf(line) is { } found)
            {
                heading = found;
                continue;
            }

            var fact = line.TrimStart('-', '*', '•', ' ');
            if (fact.Length > 0 && TextRules.FindProblem(fact) is null)
            {
                facts.Add(new(heading.Length == 0 ? fact : $"{heading}: {fact}", at));
            }
        }

        return facts.Count == 0
            ? []
            : [new ImportedEntity(place, new(entity, type, [.. facts.DistinctBy(f => f.Text, StringComparer.Ordinal)]))];
    }

    private static string? HeadingOf(string line) =>
        line.StartsWith('#') ? line.TrimStart('#', ' ')
        : line.Length > 4 && line.StartsWith("**", StringComparison.Ordinal) && line.EndsWith("**", StringComparison.Ordinal) ? line[2..^2]
        : null;

    private static string? DateOf(JsonElement item)
    {
        foreach (var field in (string[])["created_at", "createdAt", "timestamp", "updated_at"])
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
