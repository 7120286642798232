using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GitHub.Guards;

/// <summary>What of a response belongs to repositories outside of the operator's list: search hits, but also parents, sub-issues and project items.</summary>
internal sealed partial class ForeignContent(RepositoryAccess access)
{
    /// <summary>Whether an object says that it belongs to a repository nobody may read.</summary>
    public bool IsForeign(JsonNode? node) =>
        node is JsonObject entry
        && ((RepositoryOf(entry) is [var owner, var repo] && !access.MayRead(owner, repo)) || IsForeign(entry["content"]));

    /// <summary>Drops the entries of a list of repositories, or of what belongs to some, that are not known to be allowed.</summary>
    /// <returns>Whether any was.</returns>
    public bool DropUnknown(JsonArray list) => list.RemoveAll(item => !IsKnown(item)) > 0;

    /// <summary>Drops foreign objects wherever they are.</summary>
    /// <returns>Whether there was any.</returns>
    public bool Drop(JsonNode? node)
    {
        var dropped = false;
        switch (node)
        {
            case JsonArray list:
                dropped = list.RemoveAll(IsForeign) > 0;
                foreach (var item in list)
                {
                    dropped |= Drop(item);
                }

                break;
            case JsonObject entry:
                foreach (var (name, value) in entry.ToList())
                {
                    if (IsForeign(value))
                    {
                        entry[name] = null;
                        dropped = true;
                    }
                    else
                    {
                        dropped |= Drop(value);
                    }
                }

                break;
        }

        return dropped;
    }

    /// <summary>Users have no repository and are anyone's to read.</summary>
    public bool IsKnown(JsonNode? item) =>
        item is JsonObject entry
        && (
            (RepositoryOf(entry) ?? Split(GuardHandler.Text(entry["repo"], "full_name") ?? GuardHandler.Text(entry, "full_name")))
                is [var owner, var repo]
                ? access.MayRead(owner, repo)
                : entry["login"] is not null
        );

    private static string[]? RepositoryOf(JsonObject entry) =>
        Split(GuardHandler.Text(entry["repository"], "full_name"))
        ?? Split(string.Join('/', GuardHandler.Text(entry, "repository_url")?.Split('/')[^2..] ?? []))
        ?? (
            IssueUrl().Match(GuardHandler.Text(entry, "html_url") ?? GuardHandler.Text(entry, "url") ?? "") is { Success: true } url
                ? [url.Groups["owner"].Value, url.Groups["repo"].Value]
                : null
        );

    private static string[]? Split(string? fullName) => fullName?.Split('/') is [{ Length: > 0 }, { Length: > 0 }] parts ? parts : null;

    /// <summary>An issue or pull request says by its own URL where it is, of the API or of the site.</summary>
    [GeneratedRegex("/(?<owner>[^/]+)/(?<repo>[^/]+)/(issues|pulls?)/[0-9]+$", RegexOptions.ExplicitCapture)]
    private static partial Regex IssueUrl();
}
