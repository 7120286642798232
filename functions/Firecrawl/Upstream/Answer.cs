using System.Text;
using System.Text.Json.Nodes;

namespace Firecrawl.Upstream;

/// <summary>
/// What a model gets: the API's answer as compact JSON, once, with every member the API sent. What goes beyond
/// <see cref="MostBytes"/> is cut, texts first, then lists, and the member <c>truncated</c> says where.
/// </summary>
internal static class Answer
{
    /// <summary>The size of an answer that a model can take in, in bytes.</summary>
    public const int MostBytes = 100_000;

    private const int ShortestText = 2_000;

    public static async Task<string> OfAsync(Task<JsonObject> answer) => Of(await answer);

    public static string Of(JsonObject answer)
    {
        if (answer.Count > 1)
        {
            answer.Remove("success");
        }

        Fit(answer, MostBytes);
        return answer.ToJsonString(Body.Options);
    }

    public static int SizeOf(JsonNode node) => Encoding.UTF8.GetByteCount(node.ToJsonString(Body.Options));

    /// <summary>Cuts the longest texts of an object, then its longest lists, until it fits.</summary>
    public static void Fit(JsonObject answer, int most)
    {
        var cut = new Dictionary<string, string>(StringComparer.Ordinal);
        while (SizeOf(answer) - most is > 0 and var excess && (CutText(answer, excess, cut) || CutList(answer, excess, cut)))
        {
            // One cut a round; escaped characters take more than a byte, so that some rounds may be needed.
        }

        if (cut.Count > 0)
        {
            answer["truncated"] = new JsonArray([.. cut.Select(place => (JsonNode)$"{place.Key}: {place.Value}")]);
        }
    }

    private static bool CutText(JsonObject answer, int excess, Dictionary<string, string> cut)
    {
        if (Below(answer).OfType<JsonValue>().Where(value => value.TryGetValue<string>(out _)).MaxBy(value => value.GetValue<string>().Length) is not { } longest
            || longest.GetValue<string>() is not { Length: > ShortestText } text)
        {
            return false;
        }

        var keep = Math.Max(ShortestText, text.Length - Math.Max(excess / 2, 500));
        cut[longest.GetPath()] = $"only the first {keep} characters";
        longest.ReplaceWith(text[..(char.IsHighSurrogate(text[keep - 1]) ? keep - 1 : keep)]);
        return true;
    }

    private static bool CutList(JsonObject answer, int excess, Dictionary<string, string> cut)
    {
        if (Below(answer).OfType<JsonArray>().MaxBy(list => list.Count) is not { Count: > 1 } longest)
        {
            return false;
        }

        var whole = longest.Count;
        for (var freed = 0; freed < excess && longest.Count > 1; longest.RemoveAt(longest.Count - 1))
        {
            freed += SizeOf(longest[^1] ?? "");
        }

        cut[longest.GetPath()] = $"only the first {longest.Count} items" + (cut.ContainsKey(longest.GetPath()) ? "" : $" of {whole}");
        return true;
    }

    private static IEnumerable<JsonNode> Below(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Below(member.Value)),
        JsonArray items => [items, .. items.SelectMany(Below)],
        null => [],
        _ => [node],
    };
}
