using ModelContextProtocol.Server;

namespace McpGateway.Specs;

internal sealed class NoteTools
{
    [McpServerTool(Name = "store", Destructive = true)]
    public static string Store(string note, string[]? tags = null, Place? place = null) =>
        $"stored {note} {string.Join(' ', tags ?? [])} {place?.City}".Trim();

    [McpServerTool(Name = "measure", ReadOnly = true, UseStructuredContent = true)]
    public static Measure Measure(string text) => new(text.Length);
}

internal sealed record Measure(int Length);
