using System.Text.Json.Nodes;

namespace GitHub.Guards;

/// <summary>
/// Finds texts with their authors in responses, REST and GraphQL alike: whatever has a title or body beside a user or author, such as issues,
/// pull requests, comments, reviews and discussions; advisories, which anybody may report; gists; workflow runs, named after what started them;
/// notifications, whose author is not told; the branch that a pull request of somebody else's fork is from, and the files it changes.
/// </summary>
internal static class AuthoredTexts
{
    private static readonly string[] AuthorMembers = ["user", "author"];

    /// <summary>
    /// What starts a run by the hand of who may push. Other runs may be titled after an issue, a comment, a wiki page or a run of anybody's:
    /// https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows.
    /// </summary>
    private static readonly HashSet<string> OwnEvents = new(StringComparer.Ordinal)
    {
        "push",
        "schedule",
        "workflow_dispatch",
        "repository_dispatch",
        "dynamic",
        "release",
        "create",
        "delete",
        "deployment",
        "deployment_status",
        "branch_protection_rule",
        "merge_group",
        "page_build",
        "registry_package",
        "public",
        // With the owner of the fork, if it is of one, asked about beside who started it.
        "pull_request",
        "pull_request_review",
        "pull_request_review_comment",
    };

    /// <summary>All of a response's.</summary>
    /// <param name="owner">Whose repository is meant where the response does not say.</param>
    public static IEnumerable<AuthoredText> In(JsonNode? node, string? owner, string? repository)
    {
        switch (node)
        {
            case JsonObject item:
                foreach (var text in Read(item, owner, repository))
                {
                    yield return text;
                }

                foreach (var inner in item.Select(member => member.Value).SelectMany(value => In(value, owner, repository)).ToList())
                {
                    yield return inner;
                }

                break;
            case JsonArray list:
                foreach (var inner in list.SelectMany(value => In(value, owner, repository)).ToList())
                {
                    yield return inner;
                }

                break;
        }
    }

    private static List<AuthoredText> Read(JsonObject item, string? owner, string? repository)
    {
        // Releases are written by who may push; drafts by who may change the project.
        if (item.ContainsKey("tag_name") || (string?)(item.Parent as JsonObject)?["content_type"] == "DraftIssue")
        {
            return [];
        }

        if (item.ContainsKey("git_pull_url"))
        {
            return [new(item, [LoginOf(item["owner"])], null, null)];
        }

        var home = HomeOf(item);
        (owner, repository) = (home?[0] ?? owner, home?[1] ?? repository);
        return item.ContainsKey("display_title") ? [new(item, AuthorsOfRun(item), owner, repository)]
            : item["subject"] is JsonObject subject && subject.ContainsKey("title") ? [new(item, [null], owner, repository)]
            : AuthorMembers.FirstOrDefault(item.ContainsKey) is not { } author
                ? (IsIssue(item) ? [new(item, [null], owner, repository)] : [])
            : item["threads"] is { } threads ? ChangedFilesIn(item, threads, owner, repository)
            : !AuthoredText.TextMembers.Any(item.ContainsKey) ? []
            : IsOfFork(item)
                ?
                [
                    new(item, [LoginOf(item[author])], owner, repository),
                    new(item, [LoginOf(item["head"]?["user"])], owner, repository) { Only = "head" },
                ]
            : [new(item, [LoginOf(item[author])], owner, repository)];
    }

    /// <summary>An issue in something about it, which need not tell its author.</summary>
    private static bool IsIssue(JsonObject item) =>
        item.ContainsKey("title") && item.Parent is JsonObject parent && ReferenceEquals(parent["issue"], item);

    /// <summary>Who started it, whose code it ran, and who is not told where it is titled after something of others.</summary>
    private static List<string?> AuthorsOfRun(JsonObject run)
    {
        List<string?> authors = [LoginOf(run["actor"])];
        if (NameOf(run["head_repository"]) is not { } head || head != NameOf(run["repository"]))
        {
            authors.Add(NameOf(run["head_repository"])?.Split('/')[0]);
        }

        if (!OwnEvents.Contains(GuardHandler.Text(run, "event") ?? ""))
        {
            authors.Add(null);
        }

        return authors;
    }

    /// <summary>The names of files that comments are on, which a pull request may have made up whoever comments on them.</summary>
    private static List<AuthoredText> ChangedFilesIn(JsonObject pullRequest, JsonNode threads, string? owner, string? repository)
    {
        List<string?> authors = [LoginOf(pullRequest["author"])];
        if ((bool?)pullRequest["is_cross_repository"] != false)
        {
            authors.Add(LoginOf(pullRequest["head_owner"]));
        }

        return ObjectsIn(threads)
            .Where(comment => comment.ContainsKey("path"))
            .Select(comment => new AuthoredText(comment, authors, owner, repository) { Only = "path" })
            .ToList();
    }

    private static IEnumerable<JsonObject> ObjectsIn(JsonNode? node) =>
        node switch
        {
            JsonObject item => item.SelectMany(member => ObjectsIn(member.Value)).Prepend(item),
            JsonArray list => list.SelectMany(ObjectsIn),
            _ => [],
        };

    private static bool IsOfFork(JsonObject pullRequest) =>
        pullRequest["head"] is JsonObject head
        && (NameOf(head["repo"]) is not { } name || name != NameOf((pullRequest["base"] as JsonObject)?["repo"]));

    private static string? NameOf(JsonNode? repository) => GuardHandler.Text(repository, "full_name");

    private static string? LoginOf(JsonNode? user) => GuardHandler.Text(user, "login");

    private static string[]? HomeOf(JsonObject item)
    {
        var name =
            NameOf(item["repository"])
            ?? NameOf((item["base"] as JsonObject)?["repo"])
            ?? string.Join('/', GuardHandler.Text(item, "repository_url")?.Split('/')[^2..] ?? []);
        return name.Split('/') is [{ Length: > 0 }, { Length: > 0 }] parts ? parts : null;
    }
}
