using McpGateway.Tools.Schemas;

namespace GitHub.Issues;

/// <summary>What can be wanted of each hit of a search of issues and pull requests.</summary>
/// <param name="more">What only hits of this search have.</param>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class SearchFieldsAttribute(params string[] more)
    : SubsetAttribute([
        "number",
        "title",
        "body",
        "state",
        "state_reason",
        "draft",
        "locked",
        "html_url",
        "user",
        "author_association",
        "labels",
        "assignee",
        "assignees",
        "milestone",
        "comments",
        "reactions",
        "created_at",
        "updated_at",
        "closed_at",
        "closed_by",
        "pull_request",
        "repository_url",
        .. more,
    ]);
