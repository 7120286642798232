using System.Text;

namespace McpGateway.Tools.Answers;

/// <summary>Walks through JSON once and takes out of it the members that are texts to read.</summary>
internal sealed class TextMembers
{
    // Each of more could say too little of itself in an answer that is cut: the others stay in the JSON.
    private const int MostTexts = 60;

    private readonly string json;
    private readonly TextMembersAttribute members;
    private readonly List<PlacedText> texts = [];
    private readonly StringBuilder rest = new();
    private int copied;

    private TextMembers(string json, TextMembersAttribute members) => (this.json, this.members) = (json, members);

    /// <returns>The texts in their order, and the JSON without them; null where it is not JSON.</returns>
    public static (IReadOnlyList<PlacedText> Texts, string Remains)? TakeOut(string json, TextMembersAttribute members)
    {
        var walk = new TextMembers(json, members);
        try
        {
            walk.Pass(0, "");
        }
        catch (FormatException)
        {
            return null;
        }

        return (walk.texts, walk.rest.Append(json, walk.copied, json.Length - walk.copied).ToString());
    }

    /// <summary>Goes past a value.</summary>
    /// <returns>The index after it.</returns>
    private int Pass(int at, string path)
    {
        if (json[at] is not ('{' or '[') || texts.Count == MostTexts)
        {
            return JsonText.EndOf(json, at);
        }

        var isList = json[at] == '[';
        at = JsonText.SkipSpace(json, at + 1);
        for (var i = 0; json[at] != (isList ? ']' : '}'); i++)
        {
            at = i > 0 ? JsonText.Expect(json, at, ',') : at;
            at = JsonText.SkipSpace(json, isList ? Pass(at, IsScalar(at) ? "" : $"{path}[{i}]") : PassMember(at, path));
        }

        return at + 1;
    }

    private int PassMember(int at, string path)
    {
        var end = JsonText.EndOf(json, at);
        var name = json.AsSpan((at + 1)..(end - 1));
        at = JsonText.Expect(json, JsonText.SkipSpace(json, end), ':');
        if (json[at] != '"')
        {
            return Pass(at, IsScalar(at) ? "" : PathOf(path, name));
        }

        end = JsonText.EndOf(json, at);
        var quoted = json.AsSpan(at..end);
        if (quoted.Length > 2 && texts.Count < MostTexts && members.Have(name, isOutermost: path.Length == 0, quoted))
        {
            texts.Add(new(PathOf(path, name), JsonText.Unescape(quoted[1..^1])));
            rest.Append(json, copied, at - copied).Append($"\"{TextMembersAttribute.PlaceOf(texts.Count)}\"");
            copied = end;
        }

        return end;
    }

    private bool IsScalar(int at) => json[at] is not ('{' or '[');

    private static string PathOf(string path, ReadOnlySpan<char> name) => path.Length == 0 ? name.ToString() : $"{path}.{name}";
}
