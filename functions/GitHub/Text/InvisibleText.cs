using System.Text;
using System.Text.RegularExpressions;

namespace GitHub.Text;

/// <summary>
/// Characters without a glyph, by which text says more to a program than to a reader: controls and the sequences that terminals obey, zero-width,
/// bidirectional control and tag characters, and stray variation selectors. Joiners stay where a script or an emoji needs them.
/// </summary>
internal static partial class InvisibleText
{
    private const int NonJoiner = 0x200C;
    private const int Joiner = 0x200D;

    public static string Remove(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Plain))
        {
            return text;
        }

        var shown = text.AsSpan().ContainsAny('\u001b', '\u009b', '\u009d') ? TerminalSequence().Replace(text, "") : text;
        var runes = shown.EnumerateRunes().ToArray();
        var kept = new StringBuilder(shown.Length);
        Rune? previous = null;
        for (var i = 0; i < runes.Length; i++)
        {
            var rune = runes[i];
            var next = i + 1 < runes.Length ? runes[i + 1] : new Rune('\n');
            var isShown = rune.Value switch
            {
                NonJoiner or Joiner => previous is { } before && Joins(rune.Value, before, next),
                var value when IsSelector(value) => MayFollow(value, previous),
                var value => !IsInvisible(value),
            };
            previous = isShown ? rune : null;
            if (isShown)
            {
                kept.Append(rune);
            }
        }

        return kept.Length == text.Length ? text : kept.ToString();
    }

    private static readonly System.Buffers.SearchValues<char> Plain = System.Buffers.SearchValues.Create(
        "\t\n\r" + string.Concat(Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c))
    );

    private static bool IsInvisible(int rune) =>
        rune
            is (< 0x20 and not ('\t' or '\n' or '\r'))
                or (>= 0x7F and <= 0x9F)
                or 0x200B
                or 0x200E
                or 0x200F
                or 0x061C
                or 0x00AD
                or 0xFEFF
                or 0x180E
                or 0xE0001
                or (>= 0xE0020 and <= 0xE007F)
                or (>= 0x202A and <= 0x202E)
                or (>= 0x2066 and <= 0x206F)
                or (>= 0x2060 and <= 0x2064)
                or (>= 0xFFF9 and <= 0xFFFB);

    private static bool IsSelector(int rune) => rune is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);

    /// <summary>Whether a joiner has something to do: between letters of scripts that join, and the joining one between emoji.</summary>
    private static bool Joins(int joiner, Rune before, Rune after) =>
        (IsOfJoiningScript(before.Value) && (IsOfJoiningScript(after.Value) || IsVirama(before.Value)))
        || (joiner == Joiner && (before.Value >= 0x2190 || IsSelector(before.Value)) && after.Value >= 0x2190 && !IsSelector(after.Value));

    /// <summary>Signs that take a letter its vowel; a joiner after one asks for the half form of the letter, at the end of a word as well.</summary>
    private static bool IsVirama(int rune) =>
        rune is 0x094D or 0x09CD or 0x0A4D or 0x0ACD or 0x0B4D or 0x0BCD or 0x0C4D or 0x0CCD or 0x0D4D or 0x0DCA or 0x1039;

    /// <summary>Arabic and its kin, the scripts of India and South-East Asia, Mongolian.</summary>
    private static bool IsOfJoiningScript(int rune) =>
        rune
            is (>= 0x0600 and <= 0x08FF)
                or (>= 0x0900 and <= 0x0DFF)
                or (>= 0x0F00 and <= 0x109F)
                or (>= 0x1780 and <= 0x18AF and not 0x180E)
                or (>= 0xFB50 and <= 0xFDFF)
                or (>= 0xFE70 and <= 0xFEFE);

    /// <summary>Selectors choose between the glyphs of the rune before; a run of them hides bytes.</summary>
    private static bool MayFollow(int selector, Rune? previous)
    {
        if (previous is not { } rune || IsSelector(rune.Value) || Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
        {
            return false;
        }

        if (selector >= 0xE0100)
        {
            return rune.Value
                is (>= 0x3400 and <= 0x4DBF)
                    or (>= 0x4E00 and <= 0x9FFF)
                    or (>= 0xF900 and <= 0xFAFF)
                    or (>= 0x20000 and <= 0x323AF);
        }

        return !rune.IsAscii || (rune.Value is '#' or '*' or (>= '0' and <= '9') && selector is 0xFE0E or 0xFE0F);
    }

    /// <summary>What terminals take for a command: https://ecma-international.org/publications-and-standards/standards/ecma-48/.</summary>
    [GeneratedRegex(
        @"(\x1B\[|\x9B)[0-?]*[ -/]*[@-~]|(\x1B\]|\x9D)[^\x07\x1B\x9C\n]*(\x07|\x1B\\|\x9C)?|\x1B[PX^_][^\x1B\n]*(\x1B\\)?|\x1B[@-Z\\-~]?",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex TerminalSequence();
}
