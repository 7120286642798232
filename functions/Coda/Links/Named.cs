using System.Globalization;
using System.Text;
using ModelContextProtocol;

namespace Coda.Links;

/// <summary>Finds the one thing that a model means by an id or a name. Coda itself would take any of several of the same name.</summary>
internal static class Named
{
    private const int MostCandidates = 30;

    /// <summary>The text without blanks around it. An empty one is the name of whatever has none, which nobody means.</summary>
    /// <param name="field">The tool's parameter, for the error.</param>
    /// <exception cref="McpException">It is empty.</exception>
    public static string Demand(string text, string field) =>
        text.Trim() is { Length: > 0 } trimmed ? trimmed : throw new McpException($"{field} is empty: give an id, a link or a name.");

    /// <summary>
    /// The item with this id, else the only one with this name, else the only one whose name looks the same: in another case, with other
    /// blanks, or without the pictograms around it.
    /// </summary>
    /// <param name="field">The tool's parameter, for the error.</param>
    /// <exception cref="McpException">None or several match; the message lists them.</exception>
    public static T Find<T>(IReadOnlyCollection<T> items, string text, string field, Func<T, string> id, Func<T, string?> name)
        where T : class =>
        TryFind(items, text, field, id, name)
        ?? throw new McpException(
            $"{field}='{text}' is not there. {(items.Count == 0 ? "The list is empty." : $"There are: {List(items, id, name)}.")}"
        );

    /// <summary>As <see cref="Find"/>, but null when none matches.</summary>
    /// <exception cref="McpException">Several match.</exception>
    public static T? TryFind<T>(IReadOnlyCollection<T> items, string text, string field, Func<T, string> id, Func<T, string?> name)
        where T : class
    {
        var looks = Fold(text);
        var found = items.Where(item => id(item) == text).ToList();
        found = found.Count > 0 ? found : [.. items.Where(item => name(item) == text)];
        found = found.Count > 0 ? found : [.. items.Where(item => string.Equals(name(item), text, StringComparison.OrdinalIgnoreCase))];
        found = found.Count > 0 || looks.Length == 0 ? found : [.. items.Where(item => Fold(name(item) ?? "") == looks)];
        return found.Count switch
        {
            0 => null,
            1 => found[0],
            _ => throw new McpException($"{field}='{text}' is the name of {found.Count}: {List(found, id, name)}. Give the id of one."),
        };
    }

    /// <summary>
    /// What a person sees of a name: in one case, every run of blanks one blank, without pictograms unless it has nothing else.
    /// </summary>
    public static string Fold(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                if (plain.Length > 0 && plain[^1] != ' ')
                {
                    plain.Append(' ');
                }
            }
            else if (!IsPictogram(rune))
            {
                plain.Append(Rune.ToLowerInvariant(rune));
            }
        }

        var folded = plain.ToString().Trim();
        return folded.Length > 0 ? folded : name.Trim();
    }

    private static bool IsPictogram(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.Format
        // Variation selectors, which follow a pictogram.
        || rune.Value is >= 0xFE00 and <= 0xFE0F;

    private static string List<T>(IReadOnlyCollection<T> items, Func<T, string> id, Func<T, string?> name) =>
        string.Join(", ", items.Take(MostCandidates).Select(item => $"'{name(item)}' ({id(item)})"))
        + (items.Count > MostCandidates ? ", …" : "");
}
