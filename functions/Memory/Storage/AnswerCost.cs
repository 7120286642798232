using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using McpGateway.Tools.Tokens;
using Memory.Graph;
using TextCut = McpGateway.Text.Cut;

namespace Memory.Storage;

/// <summary>The tokens of pieces of an answer, which holds each twice: in its text and in its structured content.</summary>
internal static class AnswerCost
{
    /// <summary>A page's own fields, and what the answer says around it.</summary>
    public const int Frame = 400;

    // The comma before it, and what the sign there keeps it from sharing.
    private const int Joint = 2;

    /// <summary>An entity with its facts, as it is sent.</summary>
    public static int Of(StoredEntity entity) => Of(entity, MemoryJson.Readable.StoredEntity);

    public static int Of(Relation relation) => Of(relation, MemoryJson.Readable.Relation);

    public static int Of(string text) => Of(text, MemoryJson.Readable.String);

    public static int Of<T>(T value, JsonTypeInfo<T> type) => 2 * (TokenCounter.Count(JsonSerializer.Serialize(value, type)) + Joint);

    /// <summary>A line of text, which structured content holds as a string.</summary>
    public static int OfLine(string line) =>
        TokenCounter.Count(line) + TokenCounter.Count(JsonSerializer.Serialize(line, MemoryJson.Readable.String)) + (2 * Joint);

    /// <summary>How many of the first items fit; one in any case.</summary>
    public static int CountThatFit<T>(IEnumerable<T> items, JsonTypeInfo<T> type, int budget)
    {
        var room = budget - Frame;
        return Math.Max(1, items.TakeWhile(item => (room -= Of(item, type)) >= 0).Count());
    }

    /// <summary>How many of the first facts of an entity fit into a page.</summary>
    /// <param name="show">The entity as it is sent with the first facts, as many as it is told.</param>
    /// <param name="most">How many facts there are.</param>
    public static int CountThatFit(Func<int, StoredEntity> show, int most, int room)
    {
        var (fitting, excess) = (0, most + 1);
        for (var next = 1; fitting + 1 < excess; next = Math.Min(2 * next, (fitting + excess) / 2))
        {
            if (Of(show(next)) <= room)
            {
                fitting = next;
            }
            else
            {
                excess = next;
            }
        }

        return fitting;
    }

    /// <summary>The beginning of a text that fits, with a notice of what is missing.</summary>
    public static string Cut(string text, int room, string remedy)
    {
        var notice = $"… [cut: {text.Length} characters in all, {remedy}]";
        // No text has more characters than six for a token in both forms: shorten until it fits.
        var length = (int)Math.Min(text.Length, Math.Max(6L * room, 1));
        while (length > 1 && Of(text[..length] + notice) > room)
        {
            length -= Math.Max(1, length / 8);
        }

        return text[..TextCut.Before(text, length)] + notice;
    }
}
