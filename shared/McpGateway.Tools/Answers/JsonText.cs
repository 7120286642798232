using System.Buffers;
using System.Globalization;
using McpGateway.Text;

namespace McpGateway.Tools.Answers;

/// <summary>Finds its way in compact JSON without parsing it: an answer of many megabytes is looked at where it is.</summary>
internal static class JsonText
{
    private static readonly SearchValues<char> Structure = SearchValues.Create("\"[]{}");
    private static readonly SearchValues<char> AfterScalar = SearchValues.Create(",]} \t\r\n");

    public static int SkipSpace(string json, int at)
    {
        while (at < json.Length && json[at] is ' ' or '\t' or '\r' or '\n')
        {
            at++;
        }

        return at < json.Length ? at : throw new FormatException("The JSON ends too early.");
    }

    /// <summary>Goes past a comma or a colon.</summary>
    public static int Expect(string json, int at, char sign) =>
        json[at] == sign ? SkipSpace(json, at + 1) : throw new FormatException($"'{sign}' is missing.");

    /// <summary>The index after the value that begins at <paramref name="at"/>.</summary>
    public static int EndOf(string json, int at)
    {
        if (json[at] == '"')
        {
            return EndOfString(json, at);
        }

        if (json[at] is not ('{' or '['))
        {
            var length = json.AsSpan(at).IndexOfAny(AfterScalar);
            return length > 0 ? at + length : throw new FormatException("A value is missing.");
        }

        for (var depth = 0; ; )
        {
            var next = json.AsSpan(at).IndexOfAny(Structure);
            at = next < 0 ? throw new FormatException("The JSON ends too early.") : at + next;
            if (json[at] == '"')
            {
                at = EndOfString(json, at);
                continue;
            }

            depth += json[at] is '{' or '[' ? 1 : -1;
            at++;
            if (depth == 0)
            {
                return at;
            }
        }
    }

    /// <summary>How many characters (UTF-16 units) an escaped text has.</summary>
    public static int LengthOf(ReadOnlySpan<char> escaped)
    {
        var length = 0;
        for (var next = escaped.IndexOf('\\'); next >= 0; next = escaped.IndexOf('\\'))
        {
            length += next + 1;
            escaped = escaped[Math.Min(escaped.Length, next + (escaped[next + 1] == 'u' ? 6 : 2))..];
        }

        return length + escaped.Length;
    }

    /// <summary>What an escaped text says. The serializer would copy one of megabytes three times.</summary>
    /// <exception cref="FormatException">An escape is not JSON's.</exception>
    public static string Unescape(ReadOnlySpan<char> escaped) =>
        string.Create(
            LengthOf(escaped),
            escaped,
            static (text, rest) =>
            {
                for (var next = rest.IndexOf('\\'); next >= 0; next = rest.IndexOf('\\'))
                {
                    rest[..next].CopyTo(text);
                    text[next] = Escaped(rest[(next + 1)..]);
                    text = text[(next + 1)..];
                    rest = rest[(next + (rest[next + 1] == 'u' ? 6 : 2))..];
                }

                rest.CopyTo(text);
            }
        );

    private static char Escaped(ReadOnlySpan<char> escape) =>
        escape[0] switch
        {
            '"' or '\\' or '/' => escape[0],
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' when escape.Length > 4 => (char)ushort.Parse(escape[1..5], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            _ => throw new FormatException($"'\\{escape[0]}' is not an escape of JSON."),
        };

    /// <summary>The last place at or before <paramref name="index"/> where an escaped text may be cut: within no escape and no character.</summary>
    public static int CutBefore(ReadOnlySpan<char> escaped, int index)
    {
        index = Cut.Before(escaped, index);
        for (var at = Math.Max(0, index - 5); at < index; at++)
        {
            if (escaped[at] == '\\' && BeginsEscape(escaped, at) && at + (escaped[at + 1] == 'u' ? 6 : 2) > index)
            {
                return WholePair(escaped, at);
            }
        }

        return WholePair(escaped, index);
    }

    // Half a character may be written as an escape as well: it stays with its other half.
    private static int WholePair(ReadOnlySpan<char> escaped, int index) =>
        index >= 6
        && escaped[index - 6] == '\\'
        && escaped[index - 5] == 'u'
        && (escaped[index - 4] is 'd' or 'D')
        && (escaped[index - 3] is '8' or '9' or 'a' or 'b' or 'A' or 'B')
        && BeginsEscape(escaped, index - 6)
            ? index - 6
            : index;

    private static bool BeginsEscape(ReadOnlySpan<char> escaped, int at)
    {
        var before = at;
        while (before > 0 && escaped[before - 1] == '\\')
        {
            before--;
        }

        return (at - before) % 2 == 0;
    }

    private static int EndOfString(string json, int at)
    {
        if (json[at] != '"')
        {
            throw new FormatException("A string is missing.");
        }

        for (at++; ; at += 2)
        {
            var next = json.AsSpan(at).IndexOfAny('"', '\\');
            at = next < 0 ? throw new FormatException("The JSON ends within a string.") : at + next;
            if (json[at] == '"')
            {
                return at + 1;
            }

            if (at + 1 >= json.Length)
            {
                throw new FormatException("The JSON ends within a string.");
            }
        }
    }
}
