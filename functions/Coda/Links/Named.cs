using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Coda.Upstream;
using ModelContextProtocol;

namespace Coda.Links;

/// <summary>Finds the one thing that a model means by an id or a name. Coda itself would take any of several of the same name.</summary>
internal static partial class Named
{
    private const int MostCandidates = 30;

    /// <summary>The text without blanks around it. An empty one is the name of whatever has none, which nobody means.</summary>
    /// <param name="field">The tool's parameter, for the error.</param>
    /// <exception cref="McpException">It is empty.</exception>
    public static string Demand(string text, string field) =>
        text.Trim() is { Length: > 0 } trimmed ? trimmed : throw new McpException($"{field} is empty: give an id, a link or a name.");

    /// <summary>
    /// Whether a text that begins as an id may be a name all the same, as "i-phone", "table-2" and "grid-layout 2" are: ids end in ten or so characters at
    /// random. Nothing depends on it but whether the text is looked up first.
    /// </summary>
    public static bool MayBeName(string id) =>
        id[(id.IndexOf('-', StringComparison.Ordinal) + 1)..] is var end && (end.Length == 1 || !IdEnd().IsMatch(end) || IsOfWords(end));

    /// <summary>Whether a text consists of words and numbers, as names do and ids, which are characters at random, hardly ever.</summary>
    public static bool IsOfWords(string text) => Words().IsMatch(text);

    /// <summary>
    /// The id of what a text means. One that begins as an id is taken for one, unless it may be a name: then it is looked up, and is an id still where
    /// nothing has that name, for lists lag behind.
    /// </summary>
    /// <param name="field">The tool's parameter, for the error.</param>
    /// <exception cref="McpException">Nothing or several have the name; the message lists them.</exception>
    public static async Task<string> FindIdAsync<T>(
        string text,
        string field,
        IEnumerable<string> prefixes,
        Func<Task<CodaList<T>>> list,
        Func<T, string> id,
        Func<T, string?> name
    )
        where T : class
    {
        var isId = prefixes.Any(prefix => text.StartsWith(prefix, StringComparison.Ordinal));
        if (isId && !MayBeName(text))
        {
            return text;
        }

        var items = (await list()).Items;
        return isId
            ? TryFind(items, text, field, id, name) is { } found
                ? id(found)
                : text
            : id(Find(items, text, field, id, name));
    }

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

    [GeneratedRegex("^[A-Za-z0-9_-]+$")]
    private static partial Regex IdEnd();

    [GeneratedRegex(
        "^(?:[A-Z]?[a-z]{2,}|[A-Z]{2,}|[A-Z]?[0-9]+)(?:[-_]?(?:[A-Z]?[a-z]{2,}|[A-Z]{2,}|[0-9]+)|[-_](?:[A-Za-z]?[0-9]+|[A-Z]))*$"
    )]
    private static partial Regex Words();

    private static bool IsPictogram(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.Format
        // Variation selectors, which follow a pictogram.
        || rune.Value is >= 0xFE00 and <= 0xFE0F;

    private static string List<T>(IReadOnlyCollection<T> items, Func<T, string> id, Func<T, string?> name) =>
        string.Join(", ", items.Take(MostCandidates).Select(item => $"'{name(item)}' ({id(item)})"))
        + (items.Count > MostCandidates ? ", …" : "");
}
