using System.Globalization;
using System.Text;

namespace McpGateway.Text;

/// <summary>
/// Shortens texts between two characters as a reader sees them: never within a surrogate pair, before an accent or inside an emoji of
/// several parts.
/// </summary>
public static class Cut
{
    private const char ZeroWidthJoiner = '\u200D';

    // Longer clusters exist only where somebody stacks marks on purpose: those are cut between code points.
    private const int LongestCluster = 32;

    /// <summary>The text itself, or its beginning of about <paramref name="most"/> UTF-16 units with an ellipsis after it.</summary>
    public static string To(string text, int most) => text.Length <= most ? text : string.Concat(text.AsSpan(0, Before(text, most)), "…");

    /// <summary>The last place at or before <paramref name="index"/> where a text may be cut.</summary>
    public static int Before(ReadOnlySpan<char> text, int index)
    {
        if (index <= 0 || index >= text.Length)
        {
            return Math.Clamp(index, 0, text.Length);
        }

        for (var at = index; at >= 0 && index - at <= LongestCluster; at--)
        {
            if (at == 0 || IsBoundary(text, at))
            {
                return at;
            }
        }

        return IsHalf(text, index) ? index - 1 : index;
    }

    private static bool IsBoundary(ReadOnlySpan<char> text, int at)
    {
        if (text[at] < '\u0300' && text[at - 1] != ZeroWidthJoiner)
        {
            return true;
        }

        if (IsHalf(text, at) || text[at] == ZeroWidthJoiner || text[at - 1] == ZeroWidthJoiner)
        {
            return false;
        }

        _ = Rune.DecodeFromUtf16(text[at..], out var next, out _);
        return Rune.GetUnicodeCategory(next)
                is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark)
            // The tones of a hand or a face.
            && next.Value is not (>= 0x1F3FB and <= 0x1F3FF);
    }

    private static bool IsHalf(ReadOnlySpan<char> text, int at) => char.IsLowSurrogate(text[at]) && char.IsHighSurrogate(text[at - 1]);
}
