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
    public static IEnumerable<ContentBlock> Of(JsonObject answer)
    {
        Answer.Check(answer);
        var texts = new List<PlacedText>();
        foreach (var name in answer.Select(member => member.Key).Where(PageTextsAttribute.OfPage.Contains).ToList())
        {
            if (PageText.Of(answer, name) is { Length: > 0 } text)
            {
                texts.Add(new(name, text));
                answer[name] = TextMembersAttribute.PlaceOf(texts.Count);
            }
        }

        return TextBlocks.Of(texts, Answer.Of(answer));
    }
}
