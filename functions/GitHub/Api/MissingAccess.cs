using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace GitHub.Api;

/// <summary>The scope or permission that GitHub says is missing.</summary>
internal static partial class MissingAccess
{
    /// <summary>Whether the credential is a classic token: only their responses list the token's scopes.</summary>
    public static bool IsClassic(HttpResponseHeaders headers) => headers.Contains("X-OAuth-Scopes");

    /// <summary>The classic scopes of which the token has none: https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps.</summary>
    public static string? Scope(HttpResponseHeaders headers)
    {
        var accepted = List(headers, "X-Accepted-OAuth-Scopes", ',');
        return accepted.Length == 0 || !IsClassic(headers) || accepted.Intersect(List(headers, "X-OAuth-Scopes", ',')).Any()
            ? null
            : Named(accepted);
    }

    /// <summary>The same of what GraphQL says: "… requires one of the following scopes: ['read:project'], but …".</summary>
    public static string? ScopeIn(string message) =>
        RequiredScopes().Match(message) is { Success: true } match
            ? Named([.. QuotedName().Matches(match.Value).Select(name => name.Groups["name"].Value)])
            : null;

    /// <summary>
    /// The permissions of fine-grained tokens and Apps that an endpoint asks for; commas are "and", semicolons "or":
    /// https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#insufficient-permissions.
    /// </summary>
    /// <param name="before">What goes before them.</param>
    /// <returns>Nothing where GitHub does not say.</returns>
    public static string Permission(HttpResponseHeaders headers, string before)
    {
        var sets = List(headers, "X-Accepted-GitHub-Permissions", ';')
            .Select(set => set.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .ToList();
        var named = string.Join(", or ", sets.Select(set => string.Join(" and ", set)));
        return named.Length == 0 ? "" : $"{before}the permission{(sets.Any(set => set.Length > 1) ? "s" : "")} {named}";
    }

    private static string Named(string[] scopes) =>
        scopes is [var one] ? $"the scope {one}" : $"one of the scopes {string.Join(", ", scopes)}";

    private static string[] List(HttpResponseHeaders headers, string name, char separator) =>
        headers.TryGetValues(name, out var values)
            ? string.Join(separator, values).Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [];

    [GeneratedRegex(@"requires one of the following scopes: \[[^\]]+\]")]
    private static partial Regex RequiredScopes();

    [GeneratedRegex("'(?<name>[^']+)'")]
    private static partial Regex QuotedName();
}
