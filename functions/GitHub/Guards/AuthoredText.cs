using System.Text.Json.Nodes;

namespace GitHub.Guards;

/// <summary>
/// Text with its author in a response of GitHub's, REST and GraphQL alike: whatever has a title or body beside a user or author, such as issues,
/// pull requests, comments, reviews and discussions; advisories, which anybody may report; gists; workflow runs, named after what started them;
/// notifications, whose author is not told.
/// </summary>
internal sealed record AuthoredText(JsonObject Node, string? Author, string? Owner, string? Repository)
{
    public const string Placeholder = "(withheld: lockdown mode)";

    private static readonly string[] AuthorMembers = ["user", "author"];
    private static readonly string[] TextMembers = ["title", "body", "display_title", "summary"];

    /// <summary>What an item keeps when its text is withheld: facts, and what maintainers decide. Everything unknown goes.</summary>
    private static readonly HashSet<string> Kept = new(StringComparer.Ordinal)
    {
        "id",
        "node_id",
        "number",
        "state",
        "state_reason",
        "draft",
        "locked",
        "user",
        "author",
        "actor",
        "html_url",
        "url",
        "repository",
        "repository_url",
        "author_association",
        "labels",
        "assignee",
        "assignees",
        "milestone",
        "comments",
        "created_at",
        "updated_at",
        "closed_at",
        "closed_by",
        "merged",
        "merged_at",
        "merged_by",
        "submitted_at",
        "commit_id",
        "pull_request",
        "type",
        "sub_issues_summary",
        "base",
        "replies",
        "closed",
        "is_answered",
        "is_answer",
        "category",
        "status",
        "conclusion",
        "event",
        "workflow_id",
        "run_number",
        "run_attempt",
        "reason",
        "unread",
        "last_read_at",
        "owner",
        "public",
        "ghsa_id",
        "cve_id",
        "severity",
        "published_at",
    };

    /// <summary>Fields of project items that hold the titles of other issues and pull requests.</summary>
    private static readonly HashSet<string> TitleFields = new(StringComparer.OrdinalIgnoreCase)
    {
        "title",
        "linked_pull_requests",
        "parent_issue",
        "sub_issues",
        "tracks",
        "tracked_by",
    };

    /// <summary>All of a response's.</summary>
    /// <param name="owner">Whose repository is meant where the response does not say.</param>
    public static IEnumerable<AuthoredText> In(JsonNode? node, string? owner, string? repository)
    {
        switch (node)
        {
            case JsonObject item:
                if (Read(item, owner, repository) is { } text)
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

    /// <summary>Leaves the item in its place, without its text.</summary>
    public void Withhold()
    {
        foreach (var name in Node.Select(member => member.Key).Where(name => !Kept.Contains(name)).ToList())
        {
            if (name == "head" && Node["head"]?["sha"] is { } sha)
            {
                // Its name and its repository's are the author's choice; the commit's is not.
                Node["head"] = new JsonObject { ["ref"] = Placeholder, ["sha"] = sha.DeepClone() };
            }
            else if (name == "subject")
            {
                Node["subject"] = new JsonObject
                {
                    ["title"] = Placeholder,
                    ["type"] = Node["subject"]!["type"]?.DeepClone(),
                    ["url"] = Node["subject"]!["url"]?.DeepClone(),
                };
            }
            else if (name != "description" && !TextMembers.Contains(name))
            {
                Node.Remove(name);
            }
            else if (Node[name] is not null)
            {
                Node[name] = Placeholder;
            }
        }

        foreach (
            var field in ((Node.Parent as JsonObject)?["fields"] as JsonArray ?? [])
                .OfType<JsonObject>()
                .Where(field => TitleFields.Contains((string?)field["data_type"] ?? ""))
        )
        {
            field["value"] = Placeholder;
        }
    }

    private static AuthoredText? Read(JsonObject item, string? owner, string? repository)
    {
        // Releases are written by who may push; drafts by who may change the project.
        if (item.ContainsKey("tag_name") || (string?)(item.Parent as JsonObject)?["content_type"] == "DraftIssue")
        {
            return null;
        }

        if (item.ContainsKey("git_pull_url"))
        {
            return new(item, LoginOf(item["owner"]), null, null);
        }

        var isNotification = item["subject"] is JsonObject subject && subject.ContainsKey("title");
        var author =
            isNotification ? null
            : item.ContainsKey("display_title") ? "actor"
            : AuthorMembers.FirstOrDefault(item.ContainsKey);
        if (!isNotification && (author is null || !TextMembers.Any(item.ContainsKey)))
        {
            return null;
        }

        var home = HomeOf(item);
        return new(item, author is null ? null : LoginOf(item[author]), home?[0] ?? owner, home?[1] ?? repository);
    }

    private static string? LoginOf(JsonNode? user) => (string?)(user as JsonObject)?["login"];

    private static string[]? HomeOf(JsonObject item)
    {
        var name =
            (string?)(
                (item["repository"] as JsonObject)?["full_name"] ?? ((item["base"] as JsonObject)?["repo"] as JsonObject)?["full_name"]
            ) ?? string.Join('/', ((string?)item["repository_url"])?.Split('/')[^2..] ?? []);
        return name.Split('/') is [{ Length: > 0 }, { Length: > 0 }] parts ? parts : null;
    }
}
