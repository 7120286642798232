using System.Text.Json;
using McpGateway.Authentication;
using McpGateway.Http;
using McpGateway.Tools.Tokens;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Answers;

/// <summary>
/// Bounds every answer, whichever tool gave it: what is longer than a model can take in is cut, and the whole is kept for read_more. Nothing
/// is sent twice: structured content that repeats the text stays only where the tool declares an output schema.
/// </summary>
internal static class LongAnswerFilter
{
    // A block after a long one is still worth reading.
    private const int LeastTokens = 2_000;

    public static McpRequestHandler<CallToolRequestParams, CallToolResult> Create(
        McpRequestHandler<CallToolRequestParams, CallToolResult> next
    ) =>
        async (request, cancellationToken) =>
        {
            // A large response keeps its turn until it has been cut.
            using var call = LargeBodies.BeginCall();
            var result = await next(request, cancellationToken);
            if (request.Params.Name != ReadMoreTools.Name)
            {
                var declares = (request.MatchedPrimitive as McpServerTool)?.ProtocolTool.OutputSchema is not null;
                Shorten(
                    result,
                    declares,
                    request.Services!.GetRequiredService<LongAnswers>(),
                    request.Params.Name,
                    request.User?.CallerName()
                );
            }

            return result;
        };

    private static void Shorten(CallToolResult result, bool declaresSchema, LongAnswers answers, string tool, string? caller)
    {
        var structured = result.StructuredContent?.GetRawText();
        if (!declaresSchema)
        {
            PictureBlocks.TakeOut(result);
        }

        var left = answers.Tokens;
        foreach (var block in result.Content.OfType<TextContentBlock>())
        {
            var isStructured = structured == block.Text;
            var used = Measure(block.Text, left);
            if (used > left)
            {
                block.Text = answers.Begin(block.Text, tool, caller, Math.Max(LeastTokens, left));
                result.StructuredContent = isStructured ? Read(block.Text) : result.StructuredContent;
                used = TokenCounter.Count(block.Text);
            }

            if (isStructured)
            {
                result.StructuredContent = declaresSchema ? result.StructuredContent : null;
                structured = null;
            }

            left = Math.Max(0, left - used);
        }

        if (structured is not null && Measure(structured, answers.Tokens) > answers.Tokens)
        {
            result.StructuredContent = Read(answers.Begin(structured, tool, caller, answers.Tokens));
        }
    }

    /// <summary>The tokens of a text, or one more than the room. Without counting where they are sure to fit: no token is shorter than a byte.</summary>
    private static int Measure(string text, int room)
    {
        if (text.Length <= room / 3)
        {
            return text.Length;
        }

        var counter = new TokenCounter();
        return counter.AddUpTo(text, room) == text.Length ? counter.Tokens : room + 1;
    }

    private static JsonElement? Read(string json) => json.StartsWith('{') ? JsonElement.Parse(json) : null;
}
