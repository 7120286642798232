using System.Globalization;
using System.Text;

namespace McpGateway.Text;

/// <summary>
/// Text of others as a person may judge by it. Characters that draw nothing or turn text around let a text look like another one.
/// https://www.unicode.org/reports/tr36/
/// </summary>
public static class Visible
{
    /// <summary>Whether a reader sees the character where it stands; spaces count as seen.</summary>
    public static bool Is(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.Surrogate
            )
        && !IsBlank(rune.Value);

    /// <summary>Whether there is more in a text than blanks and characters that draw nothing.</summary>
    public static bool HasAny(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (
                !Rune.IsWhiteSpace(rune)
                && !IsBlank(rune.Value)
                && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format)
            )
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The text with every character that nobody sees as its code point, such as [U+202E]. Line breaks and tabs stay.</summary>
    public static string Of(string text)
    {
        if (text.EnumerateRunes().All(IsPlain))
        {
            return text;
        }

        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsPlain(rune))
            {
                shown.Append(rune);
            }
            else
            {
                shown.Append(CultureInfo.InvariantCulture, $"[U+{rune.Value:X4}]");
            }
        }

        return shown.ToString();
    }

    /// <summary>The text without the blanks and the characters around it that draw nothing.</summary>
    public static string Trim(string text)
    {
        var trimmed = text.Trim();
        // Most are: nothing to look for.
        if (trimmed.Length == 0 || (char.IsAsciiLetterOrDigit(trimmed[0]) && char.IsAscii(trimmed[^1])))
        {
            return trimmed;
        }

        var runes = trimmed.EnumerateRunes().ToList();
        var first = runes.FindIndex(IsSeen);
        return first < 0 ? "" : string.Concat(runes[first..(runes.FindLastIndex(IsSeen) + 1)]);

        static bool IsSeen(Rune rune) => Is(rune) && !Rune.IsWhiteSpace(rune);
    }

    private static bool IsPlain(Rune rune) => rune.Value is '\n' or '\r' or '\t' || Is(rune);

    // Letters, marks and symbols by category that fonts draw as nothing: fillers, variation selectors, the empty Braille pattern.
    private static bool IsBlank(int rune) =>
        rune
            is 0x034F
                or 0x115F
                or 0x1160
                or 0x17B4
                or 0x17B5
                or (>= 0x180B and <= 0x180F)
                or 0x2800
                or 0x3164
                or (>= 0xFE00 and <= 0xFE0F)
                or 0xFFA0
                or 0x16FE4
                or 0x1D159
                or (>= 0xE0100 and <= 0xE01EF);
}
