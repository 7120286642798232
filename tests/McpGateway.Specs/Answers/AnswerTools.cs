using System.ComponentModel;
using McpGateway.Tools.Answers;
using ModelContextProtocol;
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

    [McpServerTool(Name = "texts", ReadOnly = true), Description("Answers with several texts, facts beside them.")]
    public CallToolResult Texts() =>
        new()
        {
            Content = [Block(given.Text), Block("short"), Block(given.Text), Block(given.Text)],
            StructuredContent = System.Text.Json.JsonElement.Parse("""{"path":"a.txt"}"""),
        };

    [McpServerTool(Name = "fail", ReadOnly = true), Description("Fails with the given text.")]
    public string Fail() => throw new McpException(given.Text);

    [McpServerTool(Name = "facts", ReadOnly = true), Description("Answers with a text and small facts beside it.")]
    public CallToolResult Facts() =>
        new()
        {
            Content = [new TextContentBlock { Text = given.Text }],
            StructuredContent = System.Text.Json.JsonElement.Parse("""{"path":"a.txt"}"""),
        };

    [TextMembers("page", "*.body")]
    [McpServerTool(Name = "pages", ReadOnly = true), Description("Answers with JSON that has texts in it.")]
    public string Pages() => given.Text;

    private static TextContentBlock Block(string text) => new() { Text = text };
}

[McpServerPromptType]
internal sealed class AnswerPrompts(Given given)
{
    [McpServerPrompt(Name = "prompt"), Description("Gives the given text.")]
    public string Prompt() => given.Text;
}

[McpServerResourceType]
internal sealed class AnswerResources(Given given)
{
    [McpServerResource(UriTemplate = "spec://given", Name = "given", MimeType = "text/plain"), Description("The given text.")]
    public string Resource() => given.Text;
}

internal sealed record Records(IReadOnlyList<Entry> Items, bool Complete);

internal sealed record Entry(int Id, string Name, IReadOnlyList<Part> Parts);

internal sealed record Part(string Key, int Value);
