using System.Text.RegularExpressions;
using McpGateway.Upstream;
using Microsoft.AspNetCore.WebUtilities;

namespace GitHub.Guards;

/// <summary>
/// Holds a search to the repositories that may be read, before it is made: how many hits there are elsewhere would
/// answer questions about what is there. The scope is added to every search, last, and to nothing that could take it in.
/// </summary>
internal static partial class SearchScope
{
    /// <summary>GitHub takes no more operators in a search than five.</summary>
    private const int MostPatterns = 6;

    /// <summary>The search within the repositories that it names, or within all of the operator's.</summary>
    /// <exception cref="UpstreamException">It names others, has parts that a scope does not hold, or there are too many repositories to add.</exception>
    public static Uri Apply(Uri search, string kind, RepositoryAccess access)
    {
        if (kind == "users" || access.ReadablePatterns is not { } patterns)
        {
            return search;
        }

        var parameters = QueryHelpers.ParseQuery(search.Query);
        var query = parameters["q"].ToString();
        var words = SearchWords.Read(query);
        var named = Qualifier().Matches(words.Unquoted).ToList();
        foreach (var qualifier in named)
        {
            string[] parts = qualifier.Groups["value"].Value.Split('/', 2);
            access.Demand(parts[0], parts.ElementAtOrDefault(1), write: false);
        }

        if (words.HasAlternatives && kind != "issues")
        {
            throw new UpstreamException(
                $"This gateway may search certain repositories only, and OR would lead out of them in a search of {kind}: search "
                    + "for each alternative by itself, "
                    + $"or put the word in quotation marks ({access.Limit})."
            );
        }

        // Where a part could be an alternative to a named repository, or its negation, only all of the operator's hold it.
        var scope =
            named.Count > 0 && !words.HasOperators
                ? named
                    .Select(qualifier => $"{qualifier.Groups["name"].Value}:{qualifier.Groups["value"].Value}")
                    .Distinct(StringComparer.OrdinalIgnoreCase)
                    .ToList()
                : patterns
                    .Select(pattern => pattern.EndsWith("/*", StringComparison.Ordinal) ? $"user:{pattern[..^2]}" : $"repo:{pattern}")
                    .ToList();
        if (scope.Count == 0)
        {
            throw access.Refusal("search");
        }

        if (scope.Count > MostPatterns)
        {
            throw new UpstreamException(
                "This gateway may search certain repositories only: name one with repo:owner/name, or all of an owner's with user:owner, "
                    + $"without AND, OR and NOT; {access.Limit}."
            );
        }

        // Only the search for issues takes parentheses, and there several repositories exclude each other without an OR.
        parameters["q"] =
            kind != "issues"
                ? $"{query} {string.Join(' ', scope)}"
                : $"{(words.HasOperators ? $"({query})" : query)} {(scope.Count > 1 ? $"({string.Join(" OR ", scope)})" : scope[0])}";
        return new(QueryHelpers.AddQueryString(search.GetLeftPart(UriPartial.Path), parameters));
    }

    /// <summary>A qualifier that says where to search; one after a minus says where not to.</summary>
    [GeneratedRegex(
        """(?<![\w-])(?<name>repo|user|org|owner|enterprise):\s*(?<value>\S*)""",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Qualifier();
}
