using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using McpGateway.Authentication;
using McpGateway.Http;
using McpGateway.Tools.Tokens;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Answers;

/// <summary>
/// Bounds every answer, whichever tool, prompt or resource gave it, errors too: what is longer than a model can take in is cut, and the whole is kept for
/// read_more. All of an answer's texts count together, and structured content, which clients hand on as well.
/// </summary>
internal static class LongAnswerFilter
{
    private const string FirstWithStructured = "2025-06-18";

    public static McpRequestHandler<CallToolRequestParams, CallToolResult> OfTools(
        McpRequestHandler<CallToolRequestParams, CallToolResult> next
    ) =>
        async (request, cancellationToken) =>
        {
            // A large response keeps its turn until it has been cut.
            using var call = request.Services!.GetRequiredService<LargeBodies>().BeginCall();
            var result = await next(request, cancellationToken);
            // It has cut what it gives.
            if (request.Params.Name != ReadMoreTools.Name)
            {
                if (!Declares(request))
                {
                    PictureBlocks.TakeOut(result);
                }

                await ShortenAsync(result, Keeper(request, request.Params.Name), cancellationToken);
            }

            return result;
        };

    /// <summary>Bounds what a filter around the tool says of a failure.</summary>
    public static McpRequestHandler<CallToolRequestParams, CallToolResult> OfErrors(
        McpRequestHandler<CallToolRequestParams, CallToolResult> next
    ) =>
        async (request, cancellationToken) =>
        {
            var result = await next(request, cancellationToken);
            if (result.IsError == true && request.Params.Name != ReadMoreTools.Name)
            {
                await ShortenAsync(result, Keeper(request, request.Params.Name), cancellationToken);
            }

            return result;
        };

    /// <param name="toolBehind">The tool that prompts come with: who may not use it may not read on either.</param>
    public static McpRequestHandler<GetPromptRequestParams, GetPromptResult> OfPrompts(
        McpRequestHandler<GetPromptRequestParams, GetPromptResult> next,
        Func<IServiceProvider, string?> toolBehind
    ) =>
        async (request, cancellationToken) =>
        {
            var result = await next(request, cancellationToken);
            var texts = result.Messages.Select(message => message.Content).OfType<TextContentBlock>().ToList();
            await ShortenAsync([.. texts.Select(PartOf)], Keeper(request, toolBehind(request.Services!)), cancellationToken);
            return result;
        };

    /// <param name="toolBehind">The tool that resources come with: who may not use it may not read on either.</param>
    public static McpRequestHandler<ReadResourceRequestParams, ReadResourceResult> OfResources(
        McpRequestHandler<ReadResourceRequestParams, ReadResourceResult> next,
        Func<IServiceProvider, string?> toolBehind
    ) =>
        async (request, cancellationToken) =>
        {
            using var call = request.Services!.GetRequiredService<LargeBodies>().BeginCall();
            var result = await next(request, cancellationToken);
            var texts = result.Contents.OfType<TextResourceContents>().Where(content => !ViewPages.Has(content)).ToList();
            await ShortenAsync(
                [.. texts.Select(content => new Part(content.Text, 1, text => content.Text = text))],
                Keeper(request, toolBehind(request.Services!)),
                cancellationToken
            );
            return result;
        };

    /// <summary>
    /// Nothing is sent twice: structured content that repeats a text stays only where the tool declares an output schema, and none is sent to a client of a
    /// revision that does not have it.
    /// </summary>
    public static McpRequestHandler<CallToolRequestParams, CallToolResult> SendOnce(
        McpRequestHandler<CallToolRequestParams, CallToolResult> next
    ) =>
        async (request, cancellationToken) =>
        {
            var result = await next(request, cancellationToken);
            var isKnown =
                request.JsonRpcRequest.Context?.ProtocolVersion is not { } revision
                || string.CompareOrdinal(revision, FirstWithStructured) >= 0;
            if (
                !isKnown
                || (
                    !Declares(request) && result.StructuredContent?.GetRawText() is { } structured && TwinOf(result, structured) is not null
                )
            )
            {
                result.StructuredContent = null;
            }

            return result;
        };

    private static bool Declares(RequestContext<CallToolRequestParams> request) =>
        (request.MatchedPrimitive as McpServerTool)?.ProtocolTool.OutputSchema is not null;

    private static AnswerKeeper Keeper<T>(RequestContext<T> request, string? tool) =>
        new(request.Services!.GetRequiredService<LongAnswers>(), tool ?? ReadMoreTools.Name, request.User?.CallerName());

    private static TextContentBlock? TwinOf(CallToolResult result, string structured) =>
        result.Content.OfType<TextContentBlock>().FirstOrDefault(block => block.Text == structured);

    private static async Task ShortenAsync(CallToolResult result, AnswerKeeper keeper, CancellationToken cancellationToken)
    {
        if (BytesOf(result) <= keeper.Answers.Tokens)
        {
            return;
        }

        var structured = result.StructuredContent?.GetRawText();
        var twin = structured is null ? null : TwinOf(result, structured);
        var parts = result.Content.OfType<TextContentBlock>().Where(block => block != twin).Select(PartOf).ToList();
        if (structured is not null)
        {
            parts.Insert(
                0,
                new(
                    structured,
                    twin is null ? 1 : 2,
                    text =>
                    {
                        result.StructuredContent = text.StartsWith('{') ? JsonElement.Parse(text) : null;
                        _ = twin is null ? null : twin.Text = text;
                    }
                )
            );
        }

        await ShortenAsync(parts, keeper, cancellationToken);
    }

    /// <summary>Most answers are sure to fit, without counting or copying: no token is shorter than a byte.</summary>
    private static long BytesOf(CallToolResult result)
    {
        var bytes = result.StructuredContent is { } structured ? JsonMarshal.GetRawUtf8Value(structured).Length : 0L;
        foreach (var block in result.Content)
        {
            bytes += block is TextContentBlock text ? Encoding.UTF8.GetByteCount(text.Text) : 0;
        }

        return bytes;
    }

    private static async Task ShortenAsync(List<Part> parts, AnswerKeeper keeper, CancellationToken cancellationToken)
    {
        var room = keeper.Answers.Tokens;
        if (parts.Sum(part => (long)part.Copies * Encoding.UTF8.GetByteCount(part.Text)) <= room)
        {
            return;
        }

        var sizes = parts.ConvertAll(part => part.Copies * Measure(part.Text, room));
        if (Shares.Of(sizes, room) is not { } share)
        {
            return;
        }

        // What several texts were taken out of says what they are: half of the room is its own.
        var data = parts.Count > 2 ? parts.FindLastIndex(part => part.Text.StartsWith('{')) : -1;
        if (data >= 0 && sizes[data] > share)
        {
            var others = sizes.Where((_, i) => i != data).ToList();
            var left = (int)Math.Max(room / 2, room - others.Sum(size => (long)size));
            await BoundAsync(data, left);
            share = Shares.Of(others, room - Math.Min(left, sizes[data])) ?? room;
        }

        for (var i = 0; i < parts.Count; i++)
        {
            if (i != data)
            {
                await BoundAsync(i, share);
            }
        }

        async Task BoundAsync(int i, int most)
        {
            if (sizes[i] > most)
            {
                parts[i]
                    .Set(
                        await keeper.Answers.BeginAsync(
                            parts[i].Text,
                            keeper.Tool,
                            keeper.Caller,
                            most / parts[i].Copies,
                            cancellationToken
                        )
                    );
            }
        }
    }

    /// <summary>The tokens of a text, or one more than the room. Without counting where a text is sure to be small: no token is shorter than a byte.</summary>
    private static int Measure(string text, int room)
    {
        if (text.Length <= room / 100)
        {
            return 3 * text.Length;
        }

        var counter = new TokenCounter();
        return counter.AddUpTo(text, room) == text.Length ? counter.Tokens : room + 1;
    }

    private static Part PartOf(TextContentBlock block) => new(block.Text, 1, text => block.Text = text);

    /// <summary>Keeps what is cut, for its caller and as long as the tool is allowed.</summary>
    private sealed record AnswerKeeper(LongAnswers Answers, string Tool, string? Caller);

    /// <param name="Copies">How often it stands in the answer.</param>
    /// <param name="Set">Puts a shorter text in its place.</param>
    private sealed record Part(string Text, int Copies, Action<string> Set);
}
