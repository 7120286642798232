using McpGateway.Tools.Tokens;

namespace McpGateway.Tools.Answers;

/// <summary>How the long strings of a JSON text share the room of one answer: all are cut to the same length, and shorter ones stay whole.</summary>
internal static class TextShares
{
    /// <returns>The most tokens that a string may have, or null when all of the JSON fits.</returns>
    public static int? Of(string json, int room)
    {
        var sizes = new List<int>();
        var others = new TokenCounter();
        for (var at = 0; at < json.Length; )
        {
            if (others.Tokens > room)
            {
                // Nothing is left for long strings, however many follow.
                return 0;
            }

            var quote = json.IndexOf('"', at);
            if (quote < 0)
            {
                others.Add(json.AsSpan(at));
                break;
            }

            others.Add(json.AsSpan(at, quote - at));
            at = JsonText.EndOf(json, quote);
            var text = json.AsSpan(quote, at - quote);
            var counter = new TokenCounter();
            var isWhole = counter.AddUpTo(text, room) == text.Length;
            if (isWhole && counter.Tokens <= JsonPart.ShortestText)
            {
                others.Add(text);
            }
            else
            {
                sizes.Add(isWhole ? counter.Tokens : room + 1);
            }
        }

        return Shares.Of(sizes, Math.Max(0, room - others.Tokens));
    }
}
