using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GitHub.Specs.Attacks;

/// <summary>Makes of an example what it would be if an outsider had written all of it that outsiders can.</summary>
internal static partial class OutsiderText
{
    public const string Marker = "OBEY-ME";

    private const string Login = "outsider";

    /// <summary>What maintainers decide wherever it stands.</summary>
    private static readonly HashSet<string> Maintainers = new(StringComparer.Ordinal)
    {
        "labels",
        "milestone",
        "type",
        "category",
        "base",
        "repository",
        "issue_field_values",
        "dismissed_comment",
        "tool",
        "requested_teams",
    };

    /// <summary>Members that hold text of whoever wrote the item, or names that they gave.</summary>
    private static readonly HashSet<string> Texts = new(StringComparer.Ordinal)
    {
        "title",
        "body",
        "body_text",
        "body_html",
        "name",
        "full_name",
        "message",
        "description",
        "summary",
        "display_title",
        "head_branch",
        "ref",
        "label",
        "path",
        "filename",
        "previous_filename",
        "patch",
        "diff_hunk",
        "text",
        "raw",
        "html",
        "language",
        "workflow_name",
        "runner_name",
    };

    public static JsonNode? Write(JsonNode? node, bool isOutsiders) => Write(node, isOutsiders, "", "");

    private static JsonNode? Write(JsonNode? node, bool isOutsiders, string name, string parent)
    {
        switch (node)
        {
            case JsonObject members:
                var isTheirs = isOutsiders && !Maintainers.Contains(name) && !IsOwnField(members);
                return new JsonObject(
                    members.Select(member =>
                        KeyValuePair.Create(
                            isTheirs && name == "files" && members.Parent is not JsonArray ? Marker + member.Key : member.Key,
                            Write(member.Value, isTheirs, member.Key, name)
                        )
                    )
                );
            case JsonArray list:
                return new JsonArray([.. list.Select(item => Write(item, isOutsiders && !Maintainers.Contains(name), name, parent))]);
            case JsonValue value when value.TryGetValue<string>(out var text):
                return Write(text, isOutsiders, name, parent);
            default:
                return node?.DeepClone();
        }
    }

    /// <summary>A field of a project that does not repeat titles of issues.</summary>
    private static bool IsOwnField(JsonObject field) =>
        field["data_type"]?.ToString() is { } type && type is not ("title" or "linked_pull_requests" or "parent_issue" or "sub_issues");

    private static string Write(string text, bool isOutsiders, string name, string parent) =>
        name switch
        {
            "login" => Login,
            "full_name" when parent == "head_repository" || (parent == "repo" && isOutsiders) => $"{Login}/hello",
            "full_name" => "octo/hello",
            "content" => Convert.ToBase64String(Encoding.UTF8.GetBytes(isOutsiders ? Marker : "text")),
            "ref" when parent == "most_recent_instance" => "refs/pull/7/merge",
            // A project's own.
            "name" when parent == "fields" => text,
            _ when Url().IsMatch(text) => Url().Replace(text, "${host}octo/hello"),
            _ when isOutsiders && Texts.Contains(name) => Marker,
            _ => text,
        };

    [GeneratedRegex("^(?<host>https?://[^/]+/(repos/)?)[^/]+/[^/?#]+(?=/|$)", RegexOptions.ExplicitCapture)]
    private static partial Regex Url();
}
