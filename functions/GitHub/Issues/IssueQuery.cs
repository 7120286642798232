namespace GitHub.Issues;

/// <summary>Puts together a search for issues or pull requests.</summary>
internal static class IssueQuery
{
    /// <summary>The caller's words, with the kind and the repository unless they say so themselves.</summary>
    public static string Of(string query, string kind, string? owner, string? repo)
    {
        var scoped = owner is not null && repo is not null && !query.Contains("repo:", StringComparison.Ordinal) ? $"repo:{owner}/{repo} {query}" : query;
        return scoped.Contains(kind, StringComparison.Ordinal) ? scoped : $"{kind} {scoped}";
    }
}
