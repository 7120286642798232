using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Firecrawl.Upstream;

namespace Firecrawl.Answers;

/// <summary>
/// Cuts a result to <see cref="Answer.MostBytes"/>: long texts first, all to the same length, then long lists. The member
/// <c>truncated</c> says where, and what was cut makes further parts.
/// </summary>
internal static class AnswerParts
{
    private const int ShortestText = 2_000;

    // What stands around the contents: braces, path and cursor.
    private const int Surroundings = 500;

    // One line of truncated.
    private const int LineBytes = 120;

    /// <summary>Cuts the result in place.</summary>
    /// <returns>What was cut, in parts of the same size, to be read in this order.</returns>
    public static IEnumerable<JsonObject> Cut(JsonObject answer)
    {
        var cuts = new List<Missing>();
        CutTexts(answer, cuts);
        CutLists(answer, cuts);
        if (cuts.Count == 0)
        {
            return [];
        }

        answer["truncated"] = new JsonArray([
            .. cuts.Select(cut =>
                (JsonNode)$"{cut.Path}: only the first {cut.From} of {cut.Whole} {(cut.Text is null ? "items" : "characters")}"
            ),
        ]);
        return Divide(cuts);
    }

    private static void CutTexts(JsonObject answer, List<Missing> cuts)
    {
        var texts = Below(answer)
            .OfType<JsonValue>()
            .Where(value => value.TryGetValue<string>(out _))
            .Select(value => (Node: value, Size: Answer.SizeOf(value)))
            .Where(text => text.Size > ShortestText)
            .OrderBy(text => text.Size)
            .ToList();
        var room = Answer.MostBytes - Surroundings - (LineBytes * texts.Count) - (Answer.SizeOf(answer) - texts.Sum(text => text.Size));
        var level = Level([.. texts.Select(text => text.Size)], room);
        foreach (var (node, _) in texts.Where(text => text.Size > level))
        {
            var whole = node.GetValue<string>();
            var head = Head(whole, level);
            cuts.Add(new(node.GetPath(), head.Length, whole.Length, whole, Items: null));
            node.ReplaceWith(head);
        }
    }

    /// <summary>The length down to which texts are cut, so that they fit together: who is shorter stays whole.</summary>
    private static int Level(int[] sizes, int room)
    {
        for (var i = 0; i < sizes.Length; i++)
        {
            var share = room / (sizes.Length - i);
            if (sizes[i] > share)
            {
                return Math.Max(share, ShortestText);
            }

            room -= sizes[i];
        }

        return int.MaxValue;
    }

    private static void CutLists(JsonObject answer, List<Missing> cuts)
    {
        var most = Answer.MostBytes - Surroundings - (LineBytes * cuts.Count);
        while (
            Answer.SizeOf(answer) - most is > 0 and var excess
            && Below(answer).OfType<JsonArray>().MaxBy(list => list.Count) is { Count: > 1 } longest
        )
        {
            most -= LineBytes;
            var whole = longest.Count;
            var items = new Stack<JsonNode?>();
            for (var freed = -LineBytes; freed < excess && longest.Count > 1; longest.RemoveAt(longest.Count - 1))
            {
                freed += longest[^1] is { } last ? Answer.SizeOf(last) + 1 : 5;
                items.Push(longest[^1]);
            }

            cuts.Add(new(longest.GetPath(), longest.Count, whole, Text: null, [.. items]));
        }
    }

    private static IEnumerable<JsonObject> Divide(List<Missing> cuts)
    {
        var part = new Part();
        foreach (var cut in cuts)
        {
            for (var from = cut.From; from < cut.Whole; )
            {
                var taken = part.Take(cut, from);
                from += taken;
                if (taken == 0 || from < cut.Whole)
                {
                    yield return part.Json;
                    part = new();
                }
            }
        }

        if (!part.IsEmpty)
        {
            yield return part.Json;
        }
    }

    /// <summary>The longest beginning of a text that takes no more than so many bytes as JSON.</summary>
    private static string Head(string text, int bytes)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(bytes);
        var utf8 = Encoding.UTF8.GetBytes(text);
        // The encoder stops between two characters, never within one.
        Body.Options.Encoder!.EncodeUtf8(utf8, buffer.AsSpan(0, bytes), out var consumed, out _);
        ArrayPool<byte>.Shared.Return(buffer);
        return Encoding.UTF8.GetString(utf8, 0, consumed);
    }

    private static IEnumerable<JsonNode> Below(JsonNode? node) =>
        node switch
        {
            JsonObject members => members.SelectMany(member => Below(member.Value)),
            JsonArray items => [items, .. items.SelectMany(Below)],
            null => [],
            _ => [node],
        };

    /// <summary>What is missing of one text or list.</summary>
    /// <param name="From">The first character or item that was cut.</param>
    private sealed record Missing(string Path, int From, int Whole, string? Text, JsonNode?[]? Items);

    private sealed class Part
    {
        private readonly JsonArray continued = [];
        private int room = Answer.MostBytes - Surroundings;

        public bool IsEmpty => continued.Count == 0;

        public JsonObject Json => new() { ["continued"] = continued };

        /// <returns>How many characters or items were taken.</returns>
        public int Take(Missing cut, int from)
        {
            var left = room - LineBytes - cut.Path.Length;
            JsonNode taken = cut.Text is { } text ? TakeText(text, from, left) : TakeItems(cut, from, left);
            var count = taken is JsonArray items ? items.Count : taken.GetValue<string>().Length;
            if (count > 0)
            {
                var piece = new JsonObject
                {
                    ["path"] = cut.Path,
                    ["from"] = from,
                    ["value"] = taken,
                };
                room -= Answer.SizeOf(piece) + 1;
                continued.Add(piece);
            }

            return count;
        }

        private JsonValue TakeText(string text, int from, int left) =>
            // A character takes a byte at least, so that no more of the text need be looked at.
            JsonValue.Create(left < ShortestText && !IsEmpty ? "" : Head(text.Substring(from, Math.Min(left, text.Length - from)), left));

        private JsonArray TakeItems(Missing cut, int from, int left)
        {
            var items = new JsonArray();
            foreach (var item in cut.Items!.Skip(from - cut.From))
            {
                left -= item is null ? 5 : Answer.SizeOf(item) + 1;
                // An item that is too large for any part is taken all the same: else the cursor would never pass it.
                if (left < 0 && !(IsEmpty && items.Count == 0))
                {
                    break;
                }

                items.Add(item);
            }

            return items;
        }
    }
}
