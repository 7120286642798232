using System.Text.Json.Nodes;
using McpGateway.Tools.Answers;
using ModelContextProtocol.Protocol;

namespace Firecrawl.Answers;

/// <summary>
/// What a model gets of a page: its texts as they are, and then the rest as JSON. The texts never go through JSON, which would hold a page of 20 MB in
/// memory several times.
/// </summary>
internal static class PageAnswer
{
    private static readonly string[] Texts = ["markdown", "html", "rawHtml"];

    public static IEnumerable<ContentBlock> Of(JsonObject answer)
    {
        Answer.Check(answer);
        var texts = new List<string>();
        foreach (var name in answer.Select(member => member.Key).Where(Texts.Contains).ToList())
        {
            if (answer[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0)
            {
                texts.Add(text);
                answer[name] = TextMembersAttribute.PlaceOf(texts.Count);
            }
        }

        return [.. texts.Append(Answer.Of(answer)).Select(text => new TextContentBlock { Text = text })];
    }
}
