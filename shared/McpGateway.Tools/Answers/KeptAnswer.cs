using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using McpGateway.Text;
using McpGateway.Tools.Tokens;

namespace McpGateway.Tools.Answers;

/// <summary>
/// A whole answer that is read in parts. A cursor names the answer and a place in it, from which alone any instance knows where to read on:
/// the index of a text; of JSON how many parts were read before, or from which index on.
/// </summary>
internal sealed class KeptAnswer(string text, bool isJson, string id, int tokens)
{
    // About what surrounds the contents of a part: its cursor and the sentence about it.
    private const int Surroundings = 400;

    // The sentence before a part of a text.
    private const int Notice = 120;

    // Of what a reader is told about the cuts.
    private const int TokensOfCuts = 800;

    // Each is a few hundred bytes. What is forgotten is found again by reading up to it.
    private const int MostPlaces = 5_000;

    // The parts that begin with the first one.
    private const int Beginning = -1;

    private readonly Lock gate = new();
    private readonly Dictionary<(int From, int Part), ImmutableStack<Rest>> places = [];

    /// <summary>The tool that answered.</summary>
    public required string Tool { get; init; }

    /// <summary>How its cursors begin.</summary>
    public string Id => id;

    public string Text => text;

    public bool IsJson => isJson;

    /// <summary>The length of its parts.</summary>
    public int Tokens { get; } = tokens;

    /// <summary>The length of the first part.</summary>
    public int FirstTokens { get; init; } = tokens;

    /// <summary>When the others were told last that it is in use, on the gateway's clock.</summary>
    public long Prolonged { get; set; }

    public long Bytes => 2L * text.Length;

    /// <summary>The first part: the beginning of a text, or all of the JSON with its long strings and lists cut.</summary>
    /// <exception cref="FormatException">It was taken for JSON and is not, or cannot be made short enough.</exception>
    public string Begin()
    {
        if (!isJson)
        {
            return ReadPlain(0, FirstTokens);
        }

        var part = CopyFirst();
        Remember(Beginning, 0, StackOf(part.Rests));
        var notice = $$"""{"moreCursor":"{{id}}.0","cut":{{CutsOf(part.Rests)}}""";
        var json = part.ToString();
        return json[0] == '{' ? $"{notice}{(json.Length > 2 ? "," : "")}{json[1..]}" : $"{notice},\"value\":{json}}}";
    }

    /// <summary>The cursor that reads on from an index.</summary>
    public string CursorAt(int index) => isJson ? CursorOf(index, 0) : string.Create(CultureInfo.InvariantCulture, $"{id}.{index}");

    /// <summary>Reads on at a place, as a cursor names it.</summary>
    /// <returns>Null where there is none.</returns>
    public string? Read(string place)
    {
        if (!isJson)
        {
            return NumberOf(place) is { } index && index <= text.Length ? ReadPlain(index, Tokens) : null;
        }

        var (from, part) = place.Split('.') switch
        {
            [var number] => (Beginning, NumberOf(number)),
            [var start, var number] when NumberOf(start) is { } at && at < text.Length => (at, NumberOf(number)),
            _ => (Beginning, null),
        };
        return part is { } reached && FindRest(from, reached) is { IsEmpty: false } rest ? ReadJson(from, reached, rest) : null;
    }

    private static int? NumberOf(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private string CursorOf(int from, int part) =>
        from == Beginning
            ? string.Create(CultureInfo.InvariantCulture, $"{id}.{part}")
            : string.Create(CultureInfo.InvariantCulture, $"{id}.{from}.{part}");

    private JsonPart CopyFirst()
    {
        var room = FirstTokens - Surroundings - TokensOfCuts;
        var part = new JsonPart(text, room, TextShares.Of(text, room) ?? room);
        var end = part.Copy(JsonText.SkipSpace(text, 0), "$");
        return part.Tokens <= FirstTokens - TokensOfCuts && string.IsNullOrWhiteSpace(text[end..])
            ? part
            : throw new FormatException("The JSON cannot be cut.");
    }

    /// <summary>What is left to read at a place; what is not known is found by reading up to it.</summary>
    private ImmutableStack<Rest> FindRest(int from, int part)
    {
        var (known, rest) = FindKnown(from, part);
        rest ??= from == Beginning ? StackOf(CopyFirst().Rests) : [JsonPlace.Of(text, from)];
        for (; known < part && !rest.IsEmpty; known++)
        {
            rest = CopyPart(rest).Left;
        }

        Remember(from, part, rest);
        return rest;
    }

    private (int Part, ImmutableStack<Rest>? Left) FindKnown(int from, int part)
    {
        lock (gate)
        {
            var (nearest, found) = (0, (ImmutableStack<Rest>?)null);
            foreach (var (place, rest) in places)
            {
                if (place.From == from && place.Part <= part && (found is null || place.Part > nearest))
                {
                    (nearest, found) = (place.Part, rest);
                }
            }

            return (nearest, found);
        }
    }

    private void Remember(int from, int part, ImmutableStack<Rest> rest)
    {
        lock (gate)
        {
            if (places.Count >= MostPlaces)
            {
                places.Clear();
            }

            places[(from, part)] = rest;
        }
    }

    private static ImmutableStack<Rest> StackOf(IReadOnlyList<Rest> rests) => ImmutableStack.CreateRange(rests.Reverse());

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

        return JsonSerializer.Serialize(told, PlainValues.Readable.ListString);
    }

    private string ReadPlain(int start, int most)
    {
        var whole = text.AsSpan(start);
        var counter = new TokenCounter();
        var length = counter.AddUpTo(whole, most - Notice);
        if (length < whole.Length)
        {
            // At the end of a line, if one is near.
            var line = whole[..length].LastIndexOf('\n') + 1;
            length =
                line > length * 4 / 5 ? line
                : Cut.Before(whole, length) is > 0 and var cut ? cut
                : length;
        }

        var end = start + length;
        var span = string.Create(CultureInfo.InvariantCulture, $"characters {start:N0} to {end:N0} of {text.Length:N0}");
        return end == text.Length
            ? $"[{span}, the end]\n\n{whole[..length]}"
            : $"[Cut: {span}. {ReadMoreTools.Hint(CursorAt(end))}]\n\n{whole[..length]}";
    }

    private string ReadJson(int from, int part, ImmutableStack<Rest> rests)
    {
        var (json, left) = CopyPart(rests);
        if (left.IsEmpty)
        {
            return $"{{{json}";
        }

        Remember(from, part + 1, left);
        return $"{{\"moreCursor\":\"{CursorOf(from, part + 1)}\",{json}";
    }

    /// <summary>A part of what is left, and what is left then.</summary>
    private (string Json, ImmutableStack<Rest> Left) CopyPart(ImmutableStack<Rest> rests)
    {
        var room = Tokens - Surroundings;
        var part = new JsonPart(text, room, room / 2);
        part.Append("\"continued\":[");
        for (var isFirst = true; !rests.IsEmpty && (isFirst || !part.IsFull); isFirst = false)
        {
            rests = rests.Pop(out var rest);
            var known = part.Rests.Count;
            part.Append(isFirst ? "" : ",");
            part.Append($"{{\"path\":{JsonSerializer.Serialize(rest.Path, PlainValues.Readable.String)},\"from\":{rest.From},\"value\":");
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
        return (part.ToString(), rests);
    }
}
