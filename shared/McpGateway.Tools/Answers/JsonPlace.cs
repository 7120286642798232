namespace McpGateway.Tools.Answers;

/// <summary>Finds out in which text, item or member of a JSON text an index lies.</summary>
internal static class JsonPlace
{
    // How much of a text before a hit is read with it.
    private const int Before = 200;

    public static Rest Of(string json, int index) => In(json, JsonText.SkipSpace(json, 0), "$", index, null);

    /// <param name="enclosing">Where to read from when what is hit cannot be read by itself.</param>
    private static Rest In(string json, int at, string path, int index, Rest? enclosing)
    {
        if (json[at] == '"')
        {
            var end = JsonText.EndOf(json, at) - 1;
            var start = JsonText.CutBefore(json.AsSpan(at + 1, end - at - 1), Math.Max(0, index - Before - at - 1)) + at + 1;
            var from = JsonText.LengthOf(json.AsSpan(at + 1, start - at - 1));
            return end - at > 2 * Before || enclosing is null
                ? new(path, RestKind.Text, start, end, from, from + JsonText.LengthOf(json.AsSpan(start, end - start)))
                : enclosing;
        }

        if (json[at] is not ('{' or '['))
        {
            return enclosing ?? new(path, RestKind.Text, at, JsonText.EndOf(json, at), 0, 0);
        }

        var isList = json[at] == '[';
        var close = isList ? ']' : '}';
        var endOfAll = JsonText.EndOf(json, at) - 1;
        at = JsonText.SkipSpace(json, at + 1);
        for (var i = 0; json[at] != close; i++)
        {
            at = json[at] == ',' ? JsonText.Expect(json, at, ',') : at;
            var start = at;
            var name = "";
            if (!isList)
            {
                at = JsonText.EndOf(json, at);
                name = json[(start + 1)..(at - 1)];
                at = JsonText.Expect(json, JsonText.SkipSpace(json, at), ':');
            }

            var end = JsonText.EndOf(json, at);
            if (index < end)
            {
                var here = new Rest(path, isList ? RestKind.Items : RestKind.Members, start, endOfAll, i, 0);
                return index < at
                    ? here
                    : In(json, at, isList ? $"{path}[{i}]" : $"{path}.{name}", index, isList ? here : enclosing ?? here);
            }

            at = JsonText.SkipSpace(json, end);
        }

        return enclosing ?? new(path, isList ? RestKind.Items : RestKind.Members, at, endOfAll, 0, 0);
    }
}
