using System.Text;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Answers;

/// <summary>
/// Takes the texts that <see cref="TextMembersAttribute"/> names out of JSON: a page is read as it is, without an escape in it. What
/// remains is a block too and not structured content, since clients that know structured content show nothing else.
/// </summary>
internal static class TextBlocks
{
    // More of them are a list, and stay one.
    private const int MostTexts = 20;

    public static McpRequestHandler<CallToolRequestParams, CallToolResult> Create(
        McpRequestHandler<CallToolRequestParams, CallToolResult> next
    ) =>
        async (request, cancellationToken) =>
        {
            var result = await next(request, cancellationToken);
            if (
                result.IsError != true
                && result.Content is [TextContentBlock { Text: ['{', ..] json }, ..]
                && request.MatchedPrimitive?.Metadata.OfType<TextMembersAttribute>().FirstOrDefault() is { } members
            )
            {
                var (texts, rest) = TakeOut(json, members.Names);
                result.Content = [.. texts.Append(rest).Select(text => new TextContentBlock { Text = text }), .. result.Content.Skip(1)];
            }

            return result;
        };

    private static (List<string> Texts, string Others) TakeOut(string json, IReadOnlyList<string> names)
    {
        var texts = new List<string>();
        var rest = new StringBuilder();
        var copied = 0;
        var depth = 0;
        for (var at = 0; texts.Count < MostTexts && JsonText.NextOfStructure(json, at) is >= 0 and var next; )
        {
            if (json[next] != '"')
            {
                depth += json[next] is '{' or '[' ? 1 : -1;
                at = next + 1;
                continue;
            }

            at = JsonText.EndOf(json, next);
            if (
                at + 2 < json.Length
                && json[at] == ':'
                && json[at + 1] == '"'
                && json[at + 2] != '"'
                && IsNamed(json[(next + 1)..(at - 1)], depth, names)
            )
            {
                var start = at + 1;
                at = JsonText.EndOf(json, start);
                texts.Add(TextOf(json.AsSpan(start, at - start)));
                rest.Append(json, copied, start - copied).Append($"\"{TextMembersAttribute.PlaceOf(texts.Count)}\"");
                copied = at;
            }
        }

        return (texts, rest.Append(json, copied, json.Length - copied).ToString());
    }

    /// <summary>What a string of JSON says; one without escapes is not copied twice.</summary>
    private static string TextOf(ReadOnlySpan<char> quoted) =>
        quoted.Contains('\\') ? JsonSerializer.Deserialize<string>(quoted, ToolJson.Readable)! : quoted[1..^1].ToString();

    private static bool IsNamed(string name, int depth, IReadOnlyList<string> names) =>
        names.Contains($"*.{name}", StringComparer.Ordinal) || (depth == 1 && names.Contains(name, StringComparer.Ordinal));
}
