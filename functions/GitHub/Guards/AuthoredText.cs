using System.Text.Json.Nodes;
using GitHub.Text;

namespace GitHub.Guards;

/// <summary>Text with its authors in a response of GitHub's; <see cref="AuthoredTexts"/> finds it.</summary>
/// <param name="Authors">All who may have written of it; null for one who is not told.</param>
internal sealed record AuthoredText(JsonObject Node, IReadOnlyList<string?> Authors, string? Owner, string? Repository)
{
    public static readonly string[] TextMembers = ["title", "body", "display_title", "summary"];

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

    /// <summary>The only member that is theirs; null: the whole item is.</summary>
    public string? Only { get; init; }

    /// <summary>Leaves the item in its place, without its text.</summary>
    public void Withhold()
    {
        foreach (var name in Node.Select(member => member.Key).Where(IsTheirs).ToList())
        {
            if (name == "head" && Node["head"]?["sha"] is { } sha)
            {
                // Its name and its repository's are the author's choice; the commit's is not.
                Node["head"] = new JsonObject { ["ref"] = Withheld.Text, ["sha"] = sha.DeepClone() };
            }
            else if (name == "subject")
            {
                Node["subject"] = new JsonObject
                {
                    ["title"] = Withheld.Text,
                    ["type"] = Node["subject"]!["type"]?.DeepClone(),
                    ["url"] = Node["subject"]!["url"]?.DeepClone(),
                };
            }
            else if (name != "description" && name != Only && !TextMembers.Contains(name))
            {
                Node.Remove(name);
            }
            else if (Node[name] is not null)
            {
                Node[name] = Withheld.Text;
            }
        }

        foreach (
            var field in ((Node.Parent as JsonObject)?["fields"] as JsonArray ?? [])
                .OfType<JsonObject>()
                .Where(field => TitleFields.Contains((string?)field["data_type"] ?? ""))
        )
        {
            field["value"] = Withheld.Text;
        }
    }

    private bool IsTheirs(string name) => Only is null ? !Kept.Contains(name) : name == Only;
}
