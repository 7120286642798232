using System.Globalization;
using System.Text;
using McpGateway.Text;

namespace McpGateway.OAuth.Clients;

/// <summary>Names that apps give themselves.</summary>
internal static class ClientNames
{
    private const int Longest = 80;

    // Vietnamese, Hebrew and the scripts of India stack two; more of them climb over the lines around.
    private const int MostMarks = 2;

    /// <summary>
    /// A name fit for a page and a log: one line, bounded, without characters that are invisible or turn text around, with single spaces.
    /// </summary>
    public static string Clean(string? name)
    {
        var clean = new StringBuilder();
        var (length, marks, space) = (0, 0, false);
        foreach (var rune in (name ?? "").EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                space = clean.Length > 0;
                continue;
            }

            marks = IsMark(rune) ? marks + 1 : 0;
            if (!Visible.Is(rune) || marks > MostMarks)
            {
                continue;
            }

            if (length + (space ? 2 : 1) > Longest)
            {
                break;
            }

            length += space ? 2 : 1;
            clean.Append(space ? " " : "").Append(rune);
            space = false;
        }

        return clean.Length > 0 ? clean.ToString() : "unnamed app";
    }

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.EnclosingMark
                or UnicodeCategory.SpacingCombiningMark;
}
