using System.Text.RegularExpressions;

namespace GitHub.Text;

/// <summary>The words of a search outside of phrases. A phrase is text, and so is a word that only ends like a qualifier.</summary>
internal static partial class SearchQualifiers
{
    public static string[] In(string query) =>
        Phrase().Replace(query, " ").Split([' ', '\t', '\n', '(', ')'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The query with a kind of account, unless it says one itself.</summary>
    /// <param name="type">type:user or type:org.</param>
    public static string WithType(string query, string type) =>
        In(query).Any(word => word.TrimStart('-').StartsWith("type:", StringComparison.OrdinalIgnoreCase)) ? query : $"{type} {query}";

    /// <summary>The value of a qualifier is quoted as well, but not for that a phrase.</summary>
    [GeneratedRegex("(?<!:)\"[^\"]*(\"|$)", RegexOptions.ExplicitCapture)]
    private static partial Regex Phrase();
}
