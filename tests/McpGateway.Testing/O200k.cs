using System.Text.Json;
using McpGateway.Tools.Answers;
using Microsoft.ML.Tokenizers;
using ModelContextProtocol.Protocol;

namespace McpGateway.Testing;

/// <summary>Counts tokens as a model does that reads with o200k.</summary>
public static class O200k
{
    /// <summary>No answer has more, unless an operator says so.</summary>
    public const int Most = 20_000;

    private static readonly TiktokenTokenizer Tokenizer = TiktokenTokenizer.CreateForEncoding("o200k_base");

    public static int Count(string text) => Tokenizer.CountTokens(text);

    /// <summary>All that a client may hand on to a model: every text, and the structured content too.</summary>
    public static int Count(CallToolResult result) =>
        result.Content.OfType<TextContentBlock>().Sum(block => Count(block.Text)) + Count(result.StructuredContent);

    // Written anew: the client library has escaped what it received.
    private static int Count(JsonElement? structured) =>
        structured is { } content ? Count(JsonSerializer.Serialize(content, ToolJson.Readable)) : 0;
}
