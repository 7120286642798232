using System.Text;
using McpGateway.Tools.Tokens;

namespace McpGateway.Tools.Answers;

/// <summary>
/// Copies as much of a JSON text as one answer holds, as valid JSON: long strings are cut to the same length, and lists (and objects
/// of many members) end where the answer is full.
/// </summary>
internal sealed class JsonPart(string json, int tokens, int longestText)
{
    /// <summary>Nothing is told by less of a text.</summary>
    public const int ShortestText = 60;

    // An object of fewer members is a record: whoever reads it counts on each of them.
    private const int MostMembersOfRecord = 40;

    // A short list is not worth a further reading.
    private const int ShortestList = 200;

    private readonly StringBuilder output = new();
    private readonly List<Rest> rests = [];
    private TokenCounter counter;

    /// <summary>What has been left out so far, in its order.</summary>
    public IReadOnlyList<Rest> Rests => rests;

    public int Tokens => counter.Tokens;

    public bool IsFull => counter.Tokens >= tokens;

    public override string ToString() => output.ToString();

    public void Append(ReadOnlySpan<char> text)
    {
        output.Append(text);
        counter.Add(text);
    }

    /// <summary>Copies a value. A string, list or object may end early: <see cref="Rests"/> says where.</summary>
    /// <returns>The index after the value.</returns>
    public int Copy(int at, string path)
    {
        if (path.Length > 2_000)
        {
            throw new FormatException("The JSON is nested too deeply.");
        }

        switch (json[at])
        {
            case '"':
                return CopyText(at, path);
            case '[':
                Append("[");
                at = CopyItems(JsonText.SkipSpace(json, at + 1), path, 0);
                Append("]");
                return at;
            case '{':
                Append("{");
                at = CopyMembers(JsonText.SkipSpace(json, at + 1), path, 0);
                Append("}");
                return at;
            default:
                var end = JsonText.EndOf(json, at);
                Append(json.AsSpan(at, end - at));
                return end;
        }
    }

    /// <summary>Copies what is written of a string from <paramref name="start"/> on.</summary>
    /// <returns>The index after what was copied.</returns>
    public int CopyWritten(int start, int end, int most)
    {
        var text = json.AsSpan(start, end - start);
        var earlier = counter;
        var taken = counter.AddUpTo(text, counter.Tokens + most);
        if (taken < text.Length)
        {
            taken = JsonText.CutBefore(text, taken) is > 0 and var cut ? cut : taken;
            counter = earlier;
            counter.Add(text[..taken]);
        }

        output.Append(text[..taken]);
        return start + taken;
    }

    /// <summary>Copies items from <paramref name="at"/> on, until the list or the room ends.</summary>
    /// <param name="first">The number of the item there.</param>
    /// <param name="isContinued">Whether one item is copied in any case, so that no cursor stands still.</param>
    /// <returns>The index after the list.</returns>
    public int CopyItems(int at, string path, int first, bool isContinued = false)
    {
        for (var i = first; ; i++)
        {
            if (json[at] == ']')
            {
                return at + 1;
            }

            at = i > 0 && json[at] == ',' ? JsonText.Expect(json, at, ',') : at;
            if (IsFull && (i > first || !isContinued) && !EndsSoon(at))
            {
                return LeaveOut(RestKind.Items, path, at, i);
            }

            Append(i > first ? "," : "");
            at = JsonText.SkipSpace(json, Copy(at, $"{path}[{i}]"));
        }
    }

    /// <summary>Copies members from <paramref name="at"/> on, until the object or the room ends.</summary>
    /// <param name="first">The number of the member there.</param>
    /// <returns>The index after the object.</returns>
    public int CopyMembers(int at, string path, int first, bool isContinued = false)
    {
        for (var i = first; ; i++)
        {
            if (json[at] == '}')
            {
                return at + 1;
            }

            at = i > 0 && json[at] == ',' ? JsonText.Expect(json, at, ',') : at;
            if (IsFull && i >= MostMembersOfRecord && (i > first || !isContinued))
            {
                return LeaveOut(RestKind.Members, path, at, i);
            }

            var endOfName = JsonText.EndOf(json, at);
            var name = json.AsSpan(at, endOfName - at);
            Append(i > first ? "," : "");
            Append(name);
            Append(":");
            at = JsonText.Expect(json, JsonText.SkipSpace(json, endOfName), ':');
            at = JsonText.SkipSpace(json, Copy(at, $"{path}.{name.Trim('"')}"));
        }
    }

    private int CopyText(int at, string path)
    {
        var end = JsonText.EndOf(json, at);
        Append("\"");
        var copied = CopyWritten(at + 1, end - 1, Math.Max(ShortestText, longestText));
        Append("\"");
        if (copied < end - 1)
        {
            var from = JsonText.LengthOf(json.AsSpan(at + 1, copied - at - 1));
            rests.Add(new(path, RestKind.Text, copied, end - 1, from, from + JsonText.LengthOf(json.AsSpan(copied, end - 1 - copied))));
        }

        return end;
    }

    private bool EndsSoon(int at)
    {
        for (var end = at; end - at < ShortestList; end = JsonText.SkipSpace(json, JsonText.EndOf(json, end)))
        {
            if (json[end] == ']')
            {
                return true;
            }

            end = json[end] == ',' ? JsonText.Expect(json, end, ',') : end;
        }

        return false;
    }

    private int LeaveOut(RestKind kind, string path, int at, int index)
    {
        var start = at;
        var whole = index;
        for (var close = kind == RestKind.Items ? ']' : '}'; json[at] != close; whole++)
        {
            at = json[at] == ',' ? JsonText.Expect(json, at, ',') : at;
            if (kind == RestKind.Members)
            {
                at = JsonText.Expect(json, JsonText.SkipSpace(json, JsonText.EndOf(json, at)), ':');
            }

            at = JsonText.SkipSpace(json, JsonText.EndOf(json, at));
        }

        rests.Add(new(path, kind, start, at, index, whole));
        return at + 1;
    }
}
