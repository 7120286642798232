using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Memory.Graph;
using ModelContextProtocol.Protocol;

namespace Memory.Tools;

/// <summary>Results in the official server's two forms at once: structured content, and a text block that may differ from it.</summary>
internal static class Answer
{
    /// <param name="text">What the text block holds, as JSON.</param>
    public static CallToolResult Of<T, TText>(T value, JsonTypeInfo<T> type, TText text, JsonTypeInfo<TText> textType) =>
        Of(value, type, JsonSerializer.Serialize(text, textType));

    /// <summary>What a deletion says: its message is all of its text.</summary>
    public static CallToolResult OfDeletion(Deletion deletion) => Of(deletion, MemoryJson.Default.Deletion, deletion.Message);

    public static CallToolResult Of<T>(T value, JsonTypeInfo<T> type, string text) =>
        new()
        {
            // As readable as the text, whichever options it comes with, so that the two are equal where they say the same.
            StructuredContent = JsonSerializer.SerializeToElement(value, type.Type, MemoryJson.Readable),
            Content = [new TextContentBlock { Text = text }],
        };
}
