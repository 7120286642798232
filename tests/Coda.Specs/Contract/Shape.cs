using System.Text.Json;

namespace Coda.Specs.Contract;

/// <summary>
/// A form of JSON in one line: <c>s</c> a text, <c>n</c> a number, <c>b</c> a flag, <c>v</c> a cell's value, <c>any</c>; <c>[x]</c> a list,
/// <c>{a*:x,b:y}</c> an object with a member that must and one that may be there and no other, <c>'x'|'y'</c> one of some texts, <c>x/y</c> either.
/// </summary>
internal sealed class Shape
{
    private readonly Func<JsonElement, string, string?> check;

    private Shape(Func<JsonElement, string, string?> check) => this.check = check;

    /// <summary>What is wrong with a value; null when nothing is.</summary>
    public string? Check(JsonElement value, string at = "body") => check(value, at);

    public static Shape Parse(string text)
    {
        var at = 0;
        var shape = Either(text, ref at);
        Assert.Equal(text.Length, at);
        return shape;
    }

    private static Shape Either(string text, ref int at)
    {
        var shapes = new List<Shape> { One(text, ref at) };
        while (at < text.Length && text[at] == '/')
        {
            at++;
            shapes.Add(One(text, ref at));
        }

        return shapes.Count == 1
            ? shapes[0]
            : new(
                (value, place) =>
                    shapes.Exists(shape => shape.check(value, place) is null) ? null : $"{place}: {value} fits none of the forms"
            );
    }

    private static Shape One(string text, ref int at) =>
        text[at] switch
        {
            '{' => Members(text, ref at),
            '[' => Items(text, ref at),
            '\'' => Choices(text, ref at),
            _ => Simple(text, ref at),
        };

    private static Shape Members(string text, ref int at)
    {
        var members = new Dictionary<string, (Shape Shape, bool IsRequired)>();
        at++;
        while (text[at] != '}')
        {
            var start = at;
            while (text[at] is not ('*' or ':'))
            {
                at++;
            }

            var name = text[start..at];
            var isRequired = text[at] == '*';
            at += isRequired ? 2 : 1;
            members[name] = (Either(text, ref at), isRequired);
            at += text[at] == ',' ? 1 : 0;
        }

        at++;
        return new(
            (value, place) =>
                value.ValueKind != JsonValueKind.Object ? $"{place}: an object, not {value}"
                : members.FirstOrDefault(member => member.Value.IsRequired && !value.TryGetProperty(member.Key, out _)).Key is { } missing
                    ? $"{place}.{missing} is missing"
                : value
                    .EnumerateObject()
                    .Select(member =>
                        members.TryGetValue(member.Name, out var known)
                            ? known.Shape.check(member.Value, $"{place}.{member.Name}")
                            : $"{place}.{member.Name} is not known"
                    )
                    .FirstOrDefault(problem => problem is not null)
        );
    }

    private static Shape Items(string text, ref int at)
    {
        at++;
        var item = Either(text, ref at);
        at++;
        return new(
            (value, place) =>
                value.ValueKind != JsonValueKind.Array
                    ? $"{place}: a list, not {value}"
                    : value
                        .EnumerateArray()
                        .Select((member, index) => item.check(member, $"{place}[{index}]"))
                        .FirstOrDefault(problem => problem is not null)
        );
    }

    private static Shape Choices(string text, ref int at)
    {
        var choices = new List<string>();
        do
        {
            at += text[at] == '|' ? 2 : 1;
            var end = text.IndexOf('\'', at);
            choices.Add(text[at..end]);
            at = end + 1;
        } while (at < text.Length && text[at] == '|');

        return new(
            (value, place) =>
                value.ValueKind == JsonValueKind.String && choices.Contains(value.GetString()!)
                    ? null
                    : $"{place}: one of {string.Join(", ", choices)}, not {value}"
        );
    }

    private static Shape Simple(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsLetter(text[at]))
        {
            at++;
        }

        var kind = text[start..at];
        return new(
            (value, place) =>
                kind switch
                {
                    "s" => value.ValueKind == JsonValueKind.String,
                    "n" => value.ValueKind == JsonValueKind.Number,
                    "b" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
                    "v" => IsCellValue(value),
                    "any" => true,
                    _ => throw new InvalidOperationException(kind),
                }
                    ? null
                    : $"{place}: {kind}, not {value}"
        );
    }

    /// <summary>Scalars, lists of scalars, and lists of those.</summary>
    private static bool IsCellValue(JsonElement value, int depth = 0) =>
        value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False
        || (value.ValueKind == JsonValueKind.Array && depth < 2 && value.EnumerateArray().All(member => IsCellValue(member, depth + 1)));
}
