using System.Text.Json.Nodes;
using GitHub.Text;

namespace GitHub.Guards;

/// <summary>An alert or finding of a pull request: its message, path and rule quote what the pull request changes.</summary>
internal sealed record PullRequestAlert(JsonObject Node, string PullRequest)
{
    /// <summary>Facts. Everything unknown goes.</summary>
    private static readonly HashSet<string> Kept = new(StringComparer.Ordinal)
    {
        "number",
        "state",
        "html_url",
        "url",
        "created_at",
        "updated_at",
        "fixed_at",
        "dismissed_at",
        "dismissed_by",
        "dismissed_reason",
        "dismissed_comment",
        "tool",
    };

    /// <summary>All of a response's.</summary>
    public static IEnumerable<PullRequestAlert> In(JsonNode body) =>
        (body is JsonArray list ? list : Enumerable.Repeat<JsonNode?>(body, 1)).Select(Of).OfType<PullRequestAlert>();

    /// <summary>Leaves the alert in its place, without what the pull request has in it.</summary>
    public void Withhold()
    {
        foreach (var name in Node.Select(member => member.Key).Where(name => !Kept.Contains(name)).ToList())
        {
            Node.Remove(name);
        }

        Node["most_recent_instance"] = new JsonObject
        {
            ["ref"] = $"refs/pull/{PullRequest}/merge",
            ["message"] = new JsonObject { ["text"] = Withheld.Text },
        };
    }

    private static PullRequestAlert? Of(JsonNode? node) =>
        node is JsonObject alert
        && GuardHandler.Text(alert["most_recent_instance"], "ref") is { } reference
        && UnauthoredContent.PullRequestOf(reference) is { } number
            ? new(alert, number)
            : null;
}
