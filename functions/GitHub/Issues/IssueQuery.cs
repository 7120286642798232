using System.Text.RegularExpressions;
using GitHub.Text;
using McpGateway.Text;
using ModelContextProtocol;

namespace GitHub.Issues;

/// <summary>Puts together a search for issues or pull requests.</summary>
internal static partial class IssueQuery
{
    /// <summary>What names the other kind.</summary>
    private static readonly Dictionary<string, string[]> Others = new(StringComparer.Ordinal)
    {
        ["is:issue"] = ["is:pr", "is:pull-request", "type:pr"],
        ["is:pr"] = ["is:issue", "type:issue"],
    };

    /// <summary>The caller's words, with the kind and the repository, or all of the owner's, unless they say so themselves.</summary>
    public static string Of(string query, string kind, string? owner, string? repo)
    {
        query = Visible.HasAny(query) ? query : "";
        if (query.Length == 0 && owner is null)
        {
            throw new McpException("query is empty, which would search all of GitHub: say what to look for, or give owner and repo.");
        }

        if (repo is not null && owner is null)
        {
            throw new McpException($"repo='{repo}' needs its owner: give both, or repo:owner/name in query.");
        }

        var qualifiers = SearchQualifiers.In(query);
        var isKind = qualifiers.Contains(kind, StringComparer.OrdinalIgnoreCase);
        if (!isKind && qualifiers.FirstOrDefault(word => Others[kind].Contains(word.ToLowerInvariant())) is { } other)
        {
            throw new McpException(
                $"query holds '{other}', and this tool adds {kind}, so that nothing is both: use {ToolOf(kind)}, or leave it out."
            );
        }

        var scope = repo is null ? $"user:{owner}" : $"repo:{owner}/{repo}";
        if (owner is null || qualifiers.Any(word => word.StartsWith("repo:", StringComparison.OrdinalIgnoreCase)))
        {
            return isKind ? query : $"{kind} {query}";
        }

        if (qualifiers.FirstOrDefault(word => Owner().IsMatch(word)) is { } elsewhere)
        {
            throw new McpException(
                $"query holds '{elsewhere}' beside {scope}, and GitHub would search both: leave out the one or the other."
            );
        }

        return (isKind ? $"{scope} {query}" : $"{kind} {scope} {query}").TrimEnd();
    }

    private static string ToolOf(string kind) => kind == "is:pr" ? "search_issues" : "search_pull_requests";

    /// <summary>Whether it looks for custom fields (field.priority:P1, no:field.priority), which only GitHub's advanced search knows.</summary>
    public static bool NamesFields(string query) => SearchQualifiers.In(query).Any(Field().IsMatch);

    [GeneratedRegex("^-?(field\\.[^:]+:|(has|no):\"?field\\.)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Field();

    [GeneratedRegex("^(user|org|owner):", RegexOptions.IgnoreCase)]
    private static partial Regex Owner();
}
