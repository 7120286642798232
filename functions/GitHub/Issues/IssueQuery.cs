using System.Text.RegularExpressions;
using ModelContextProtocol;

namespace GitHub.Issues;

/// <summary>Puts together a search for issues or pull requests.</summary>
internal static partial class IssueQuery
{
    /// <summary>The caller's words, with the kind and the repository, or all of the owner's, unless they say so themselves.</summary>
    public static string Of(string query, string kind, string? owner, string? repo)
    {
        if (string.IsNullOrWhiteSpace(query) && owner is null)
        {
            throw new McpException("query is empty, which would search all of GitHub: say what to look for, or give owner and repo.");
        }

        if (repo is not null && owner is null)
        {
            throw new McpException($"repo='{repo}' needs its owner: give both, or repo:owner/name in query.");
        }

        // A phrase is text, and so is a word that only ends like a qualifier.
        var qualifiers = Phrase().Replace(query, " ").Split([' ', '\t', '\n', '(', ')'], StringSplitOptions.RemoveEmptyEntries);
        var scoped =
            owner is null || qualifiers.Any(word => word.StartsWith("repo:", StringComparison.OrdinalIgnoreCase))
                ? query
                : $"{(repo is null ? $"user:{owner}" : $"repo:{owner}/{repo}")} {query}";
        return qualifiers.Contains(kind, StringComparer.OrdinalIgnoreCase) ? scoped : $"{kind} {scoped}";
    }

    /// <summary>Whether it looks for values of custom fields (field.priority:P1), which only GitHub's advanced search knows.</summary>
    public static bool NamesFields(string query) => query.Contains("field.", StringComparison.OrdinalIgnoreCase);

    /// <summary>The value of a qualifier is quoted as well, but not for that a phrase.</summary>
    [GeneratedRegex("(?<!:)\"[^\"]*(\"|$)", RegexOptions.ExplicitCapture)]
    private static partial Regex Phrase();
}
