using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using McpGateway.Text;
using McpGateway.Tools.Tokens;

namespace McpGateway.Tools.Answers;

/// <summary>A whole answer that is read in parts. Each place where reading may begin has a number, which ends its cursor.</summary>
internal sealed class KeptAnswer(string text, bool isJson, string id)
{
    // About what surrounds the contents of a part: its cursor and the sentence about it.
    private const int Surroundings = 400;

    // The sentence before a part of a text.
    private const int Notice = 120;

    // Of what a reader is told about the cuts.
    private const int TokensOfCuts = 800;

    private const int Beginning = -1;

    // Each is a few hundred bytes.
    private const int MostPlaces = 5_000;

    private readonly Lock gate = new();
    private readonly List<ImmutableStack<Rest>> places = [];
    private readonly Dictionary<int, string?> next = [];

    /// <summary>The tool that answered.</summary>
    public required string Tool { get; init; }

    /// <summary>How its cursors begin.</summary>
    public string Id => id;

    public string Text => text;

    public bool IsJson => isJson;

    public long Bytes => 2L * text.Length;

    /// <summary>The first part: the beginning of a text, or all of the JSON with its long strings and lists cut.</summary>
    /// <exception cref="FormatException">It was taken for JSON and is not, or cannot be made short enough.</exception>
    public string Begin(int tokens)
    {
        if (!isJson)
        {
            return ReadPlain(Beginning, [new("", RestKind.Plain, 0, text.Length, 0, text.Length)], tokens);
        }

        var room = tokens - Surroundings - TokensOfCuts;
        var part = new JsonPart(text, room, TextShares.Of(text, room) ?? room);
        var end = part.Copy(JsonText.SkipSpace(text, 0), "$");
        if (part.Tokens > tokens - TokensOfCuts || !string.IsNullOrWhiteSpace(text[end..]))
        {
            throw new FormatException("The JSON cannot be cut.");
        }

        var rest = ImmutableStack.CreateRange(part.Rests.Reverse());
        var notice = $$"""{"moreCursor":"{{Cursor(rest)}}","cut":{{CutsOf(part.Rests)}}""";
        var json = part.ToString();
        return json[0] == '{' ? $"{notice}{(json.Length > 2 ? "," : "")}{json[1..]}" : $"{notice},\"value\":{json}}}";
    }

    /// <summary>Reads on at a place.</summary>
    public string? Continue(int place, int tokens)
    {
        ImmutableStack<Rest> rest;
        lock (gate)
        {
            if (place < 0 || place >= places.Count)
            {
                return null;
            }

            rest = places[place];
        }

        return isJson ? ReadJson(place, rest, tokens) : ReadPlain(place, rest, tokens);
    }

    /// <summary>The cursor of a place; null once there are too many.</summary>
    public string? Cursor(ImmutableStack<Rest> rest)
    {
        lock (gate)
        {
            if (places.Count >= MostPlaces)
            {
                return null;
            }

            places.Add(rest);
            return $"{id}.{places.Count - 1}";
        }
    }

    /// <summary>The cursor after a place: the same each time it is read.</summary>
    private string? Next(int place, ImmutableStack<Rest> rest)
    {
        lock (gate)
        {
            if (!next.TryGetValue(place, out var cursor))
            {
                cursor = Cursor(rest);
                next.Add(place, cursor);
            }

            return cursor;
        }
    }

    private static string CutsOf(IReadOnlyList<Rest> rests)
    {
        var told = new List<string>();
        var counter = new TokenCounter();
        foreach (var rest in rests)
        {
            var cut = Cut.To(rest.Description, 150);
            counter.Add(cut);
            if (counter.Tokens > TokensOfCuts - 100)
            {
                told.Add($"and {rests.Count - told.Count} more");
                break;
            }

            told.Add(cut);
        }

        return JsonSerializer.Serialize(told, ToolJson.Readable);
    }

    private string ReadPlain(int place, ImmutableStack<Rest> rests, int tokens)
    {
        var rest = rests.Peek();
        var whole = text.AsSpan(rest.Start, rest.End - rest.Start);
        var counter = new TokenCounter();
        var length = counter.AddUpTo(whole, tokens - Notice);
        if (length < whole.Length)
        {
            // At the end of a line, if one is near.
            var line = whole[..length].LastIndexOf('\n') + 1;
            length =
                line > length * 4 / 5 ? line
                : Cut.Before(whole, length) is > 0 and var cut ? cut
                : length;
        }

        var to = rest.From + length;
        var part = text.AsSpan(rest.Start, length);
        var further = to < rest.Whole ? Next(place, [rest with { Start = rest.Start + length, From = to }]) : null;
        var span = string.Create(CultureInfo.InvariantCulture, $"characters {rest.From:N0} to {to:N0} of {rest.Whole:N0}");
        return further is null ? $"[{span}, the end]\n\n{part}" : $"[Cut: {span}. {ReadMoreTools.Hint(further)}]\n\n{part}";
    }

    private string ReadJson(int place, ImmutableStack<Rest> rests, int tokens)
    {
        var room = tokens - Surroundings;
        var part = new JsonPart(text, room, room / 2);
        part.Append("\"continued\":[");
        for (var isFirst = true; !rests.IsEmpty && (isFirst || !part.IsFull); isFirst = false)
        {
            rests = rests.Pop(out var rest);
            var known = part.Rests.Count;
            part.Append(isFirst ? "" : ",");
            part.Append($"{{\"path\":{JsonSerializer.Serialize(rest.Path, ToolJson.Readable)},\"from\":{rest.From},\"value\":");
            if (rest.Kind == RestKind.Text)
            {
                part.Append("\"");
                var end = part.CopyWritten(rest.Start, rest.End, Math.Max(JsonPart.ShortestText, room - part.Tokens));
                part.Append("\"");
                if (end < rest.End)
                {
                    rests = rests.Push(
                        rest with
                        {
                            Start = end,
                            From = rest.From + JsonText.LengthOf(text.AsSpan(rest.Start, end - rest.Start)),
                        }
                    );
                }
            }
            else
            {
                var isList = rest.Kind == RestKind.Items;
                part.Append(isList ? "[" : "{");
                _ = isList
                    ? part.CopyItems(rest.Start, rest.Path, rest.From, isContinued: true)
                    : part.CopyMembers(rest.Start, rest.Path, rest.From, isContinued: true);
                part.Append(isList ? "]" : "}");
                foreach (var further in part.Rests.Skip(known).Reverse())
                {
                    rests = rests.Push(further);
                }
            }

            part.Append("}");
        }

        part.Append("]}");
        return rests.IsEmpty ? $"{{{part}" : $"{{\"moreCursor\":\"{Next(place, rests)}\",{part}";
    }
}
