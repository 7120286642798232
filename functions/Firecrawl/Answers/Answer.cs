using System.Text;
using System.Text.Json.Nodes;
using Firecrawl.Upstream;

namespace Firecrawl.Answers;

/// <summary>What a model gets: the API's response as compact JSON, once, with every member the API sent.</summary>
internal static class Answer
{
    /// <summary>The size of a result that a model can take in, in bytes; <see cref="LongAnswerFilter"/> keeps every one to it.</summary>
    public const int MostBytes = 100_000;

    public static async Task<string> OfAsync(Task<JsonObject> answer) => Of(await answer);

    public static string Of(JsonObject answer)
    {
        if (answer.Count > 1)
        {
            answer.Remove("success");
        }

        return answer.ToJsonString(Body.Options);
    }

    public static int SizeOf(JsonNode node) => Encoding.UTF8.GetByteCount(node.ToJsonString(Body.Options));
}
