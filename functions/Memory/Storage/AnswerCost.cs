using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Memory.Graph;
using TextCut = McpGateway.Text.Cut;

namespace Memory.Storage;

/// <summary>The bytes of pieces of an answer on the wire: once in the structured content, once more escaped within the text, each with a comma.</summary>
internal static class AnswerCost
{
    /// <summary>A page's own fields, and what the answer says around it.</summary>
    public const int Frame = 1_000;

    /// <summary>The lists of dates of an entity, without what is in them.</summary>
    private const int DateLists = 60;

    /// <summary>A day, and null for no end; a moment instead of null.</summary>
    private const int DateCost = 40;
    private const int MomentCost = 40;

    /// <summary>An entity that is to get facts.</summary>
    public static int Of(StoredEntity entity) => Of(entity, MemoryJson.Default.StoredEntity, MemoryJson.Readable.StoredEntity) + DateLists;

    public static int Of(Relation relation) => Of(relation, MemoryJson.Default.Relation, MemoryJson.Readable.Relation);

    /// <summary>A fact with its dates.</summary>
    public static int Of(Fact fact) => Of(fact.Text) + DateCost + (fact.Until is null ? 0 : MomentCost);

    public static int Of(string text) => Of(text, MemoryJson.Default.String, MemoryJson.Readable.String);

    /// <summary>The beginning of a text that fits, with a notice of what is missing.</summary>
    public static string Cut(string text, int room, string remedy)
    {
        var notice = $"… [cut: {text.Length} characters in all, {remedy}]";
        // Between what six bytes for each character would take and none: halve until it fits.
        var length = Math.Min(text.Length, Math.Max(room, 1));
        while (length > 1 && Of(text[..length] + notice) > room)
        {
            length /= 2;
        }

        return text[..TextCut.Before(text, length)] + notice;
    }

    private static int Of<T>(T value, JsonTypeInfo<T> structured, JsonTypeInfo<T> text) =>
        JsonSerializer.SerializeToUtf8Bytes(value, structured).Length
        + JsonEncodedText.Encode(JsonSerializer.SerializeToUtf8Bytes(value, text)).EncodedUtf8Bytes.Length
        + 2;
}
