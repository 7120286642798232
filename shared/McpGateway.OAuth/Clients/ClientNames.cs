using System.Globalization;

namespace McpGateway.OAuth.Clients;

/// <summary>Names that apps give themselves.</summary>
internal static class ClientNames
{
    private const int Longest = 80;

    /// <summary>A name fit for a page and a log: one line, bounded, without characters that are invisible or turn text around.</summary>
    public static string Clean(string? name)
    {
        var clean = string.Concat((name ?? "").EnumerateRunes().Where(IsVisible).Take(Longest)).Trim();
        return clean.Length > 0 ? clean : "unnamed app";
    }

    private static bool IsVisible(System.Text.Rune rune) =>
        System.Text.Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.Surrogate
            );
}
