using System.ComponentModel;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Specs.Answers;

/// <summary>The answer that a spec wants the tools below to give.</summary>
internal sealed class Given
{
    public string Text { get; set; } = "";
}

internal sealed class AnswerTools(Given given)
{
    [McpServerTool(Name = "answer", ReadOnly = true), Description("Answers with the given text.")]
    public string Answer() => given.Text;

    [McpServerTool(Name = "records", ReadOnly = true, UseStructuredContent = true), Description("Answers with records, which it declares.")]
    public Records ListRecords() => new([.. Enumerable.Range(0, 20_000).Select(i => new Entry(i, $"Entry {i}", [new("x", i)]))], true);

    [McpServerTool(Name = "facts", ReadOnly = true), Description("Answers with a text and small facts beside it.")]
    public CallToolResult Facts() =>
        new()
        {
            Content = [new TextContentBlock { Text = given.Text }],
            StructuredContent = System.Text.Json.JsonElement.Parse("""{"path":"a.txt"}"""),
        };
}

internal sealed record Records(IReadOnlyList<Entry> Items, bool Complete);

internal sealed record Entry(int Id, string Name, IReadOnlyList<Part> Parts);

internal sealed record Part(string Key, int Value);
