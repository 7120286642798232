using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Answers;

/// <summary>
/// Takes the texts that <see cref="TextMembersAttribute"/> names out of JSON: a page is read as it is, without an escape in it. What
/// remains is a block too and not structured content, since clients that know structured content show nothing else.
/// </summary>
public static class TextBlocks
{
    /// <summary>The texts of a result, and then what they were taken out of.</summary>
    /// <param name="rest">The JSON, with <see cref="TextMembersAttribute.PlaceOf"/> where a text was.</param>
    public static IEnumerable<ContentBlock> Of(IReadOnlyList<PlacedText> texts, string rest)
    {
        for (var i = 0; i < texts.Count; i++)
        {
            // Where several follow each other, each is announced; one by itself is nothing but the text.
            if (texts.Count > 1)
            {
                yield return new TextContentBlock { Text = $"text {i + 1} of this result, {texts[i].Path}:" };
            }

            yield return new TextContentBlock { Text = texts[i].Text };
        }

        yield return new TextContentBlock { Text = rest };
    }

    internal static McpRequestHandler<CallToolRequestParams, CallToolResult> Create(
        McpRequestHandler<CallToolRequestParams, CallToolResult> next
    ) =>
        async (request, cancellationToken) =>
        {
            var result = await next(request, cancellationToken);
            if (
                result.IsError != true
                && result.Content is [TextContentBlock { Text: ['{', ..] json }, ..]
                && request.MatchedPrimitive?.Metadata.OfType<TextMembersAttribute>().FirstOrDefault() is { } members
                && TextMembers.TakeOut(json, members) is { Texts.Count: > 0 } taken
            )
            {
                result.Content = [.. Of(taken.Texts, taken.Remains), .. result.Content.Skip(1)];
            }

            return result;
        };
}
