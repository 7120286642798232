using ModelContextProtocol;

namespace GitHub.Issues;

/// <summary>Puts together a search for issues or pull requests.</summary>
internal static class IssueQuery
{
    /// <summary>The caller's words, with the kind and the repository, or all of the owner's, unless they say so themselves.</summary>
    public static string Of(string query, string kind, string? owner, string? repo)
    {
        if (repo is not null && owner is null)
        {
            throw new McpException($"repo='{repo}' needs its owner: give both, or repo:owner/name in query.");
        }

        var scoped =
            owner is null || query.Contains("repo:", StringComparison.Ordinal)
                ? query
                : $"{(repo is null ? $"user:{owner}" : $"repo:{owner}/{repo}")} {query}";
        return scoped.Contains(kind, StringComparison.Ordinal) ? scoped : $"{kind} {scoped}";
    }
}
