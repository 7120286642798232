using System.Text.Json;
using McpGateway.Console.Frame;
using McpGateway.Text;
using McpGateway.Tools.Tokens;
using Microsoft.AspNetCore.Html;

namespace McpGateway.Console.Trying;

/// <summary>The answer of a tool, as a model gets it.</summary>
internal static class ToolAnswer
{
    /// <param name="reply">A message of JSON-RPC.</param>
    public static IHtmlContent Of(JsonElement reply, TimeSpan took)
    {
        if (!reply.TryGetProperty("result", out var result))
        {
            var message = reply.TryGetProperty("error", out var error) ? error.GetProperty("message").GetString() : reply.GetRawText();
            return Html.Of($"""<p class="bad" role="alert">{Visible.Of(message ?? "")}</p>""");
        }

        var isError = result.TryGetProperty("isError", out var flag) && flag.ValueKind == JsonValueKind.True;
        var content = result.TryGetProperty("content", out var blocks) ? blocks.EnumerateArray().ToList() : [];
        var tokens = content.Select(TextIn).OfType<string>().Sum(text => (long)TokenCounter.Count(text));
        return Html.Of(
            $"""
            <p role="status">{(isError ? Html.Of($"""<span class="tag wrong">error</span>""") : Html.Of($"""<span class="tag ok">ok</span>"""))} {Pieces.Milliseconds(took.TotalMilliseconds)}, about {Pieces.Count(tokens, "token")}</p>
            {Html.Join(content.Select(Block))}
            {Html.If(
                result.TryGetProperty("structuredContent", out var structured),
                () => Html.Of($"""<details><summary>Structured content</summary>{Long(Indented(structured), "structured content")}</details>""")
            )}
            """
        );
    }

    private static IHtmlContent Block(JsonElement block) =>
        TextIn(block) is { } text ? Long(text, "text of the answer")
        : block.TryGetProperty("data", out var data) && block.TryGetProperty("mimeType", out var type)
            ? Html.Of($"""<p class="soft">{type.GetString()}, {Pieces.Bytes(data.GetString()!.Length * 3 / 4)}: not shown here</p>""")
        : Long(Indented(block), "part of the answer");

    private static string? TextIn(JsonElement block) =>
        block.TryGetProperty("type", out var type) && type.ValueEquals("text") && block.TryGetProperty("text", out var text)
            ? text.GetString()
            : null;

    private static IHtmlContent Long(string text, string label) =>
        Html.Of($"""<pre class="text answer" tabindex="0" role="region" aria-label="{label}">{Visible.Of(text)}</pre>""");

    internal static string Indented(JsonElement json) => JsonSerializer.Serialize(json, PlainValues.Indented.JsonElement);
}
