using System.Text.RegularExpressions;
using McpGateway.Upstream;
using Microsoft.AspNetCore.WebUtilities;

namespace GitHub.Access;

/// <summary>
/// Holds a search to the repositories that may be read, before it is made: how many hits there are elsewhere would
/// answer questions about what is there.
/// </summary>
internal static partial class SearchScope
{
    /// <summary>GitHub takes no more operators in a search than five.</summary>
    private const int MostPatterns = 6;

    /// <summary>The search with the operator's repositories, unless it names some of them itself.</summary>
    /// <exception cref="UpstreamException">It names others, or there are too many to add.</exception>
    public static Uri Apply(Uri search, string kind, RepositoryAccess access)
    {
        if (kind == "users" || access.ReadablePatterns is not { } patterns)
        {
            return search;
        }

        var parameters = QueryHelpers.ParseQuery(search.Query);
        var query = parameters["q"].ToString();
        var named = Qualifier().Matches(query);
        foreach (Match qualifier in named)
        {
            string[] parts = qualifier.Groups["value"].Value.Split('/');
            access.Demand(parts[0], parts.ElementAtOrDefault(1), write: false);
        }

        if (named.Count > 0)
        {
            return search;
        }

        if (patterns.Count > MostPatterns)
        {
            throw new UpstreamException(
                $"This gateway may search certain repositories only: name one with repo:owner/name, or all of an owner's with user:owner. Its operator allows {string.Join(", ", patterns)} (GITHUB_ALLOWED_REPOS)."
            );
        }

        var scope = string.Join(
            kind == "issues" ? " OR " : " ",
            patterns.Select(pattern => pattern.EndsWith("/*", StringComparison.Ordinal) ? $"user:{pattern[..^2]}" : $"repo:{pattern}")
        );
        // Only the search for issues takes parentheses, and there several repositories exclude each other without an OR.
        parameters["q"] =
            kind != "issues"
                ? $"{query} {scope}"
                : $"{(query.Contains(" OR ", StringComparison.Ordinal) ? $"({query})" : query)} {(patterns.Count > 1 ? $"({scope})" : scope)}";
        return new(QueryHelpers.AddQueryString(search.GetLeftPart(UriPartial.Path), parameters));
    }

    [GeneratedRegex(
        """(?<![\w-])(repo|user|org|owner|enterprise):\s*"?(?<value>[^\s"()]*)""",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Qualifier();
}
