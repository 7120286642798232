using System.ComponentModel.DataAnnotations;
using GitHub.Api;
using GitHub.Branches;
using GitHub.Issues;
using McpGateway.Tools.Schemas;
using ModelContextProtocol.Server;

namespace GitHub.PullRequests;

/// <summary>Finding pull requests.</summary>
internal sealed partial class PullRequestListTools(IPullRequestsApi api)
{
    /// <summary>Pull requests of a repository. To find them by author or text use search_pull_requests.</summary>
    /// <param name="head">Branch they come from; user:branch for a fork's.</param>
    /// <param name="into">Branch they go to.</param>
    /// <param name="fields">Return only these of each.</param>
    [McpServerTool(Name = "list_pull_requests", Title = "List pull requests", ReadOnly = true)]
    public async partial Task<Page<PullRequest>> ListPullRequestsAsync(
        string owner,
        string repo,
        [AllowedValues("open", "closed", "all")] string? state = null,
        string? head = null,
        [WireName("base")] string? into = null,
        [AllowedValues("created", "updated", "popularity", "long-running")] string? sort = null,
        [AllowedValues("asc", "desc")] string? direction = null,
        [Subset(
            "number",
            "title",
            "body",
            "state",
            "draft",
            "merged",
            "mergeable_state",
            "html_url",
            "user",
            "labels",
            "assignees",
            "requested_reviewers",
            "merged_by",
            "head",
            "base",
            "additions",
            "deletions",
            "changed_files",
            "commits",
            "comments",
            "created_at",
            "updated_at",
            "closed_at",
            "merged_at",
            "milestone"
        )]
            string[]? fields = null,
        int? page = null,
        int? perPage = null,
        CancellationToken cancellationToken = default
    ) =>
        // GitHub takes no notice of a branch without its owner.
        await api.ListAsync(
                owner,
                repo,
                state,
                head is null ? null
                    : head.Contains(':', StringComparison.Ordinal) ? head
                    : $"{owner}:{BranchName.Of(head)}",
                BranchName.Of(into),
                sort,
                direction,
                page,
                perPage,
                cancellationToken
            )
            .ToPageAsync();

    /// <summary>Search pull requests; is:pr is implied.</summary>
    /// <param name="query">GitHub search, such as 'is:open author:octocat review:required'.</param>
    /// <param name="owner">With repo: only pull requests there, unless query has a repo: of its own.</param>
    /// <param name="fields">Return only these of each.</param>
    [McpServerTool(Name = "search_pull_requests", Title = "Search pull requests", ReadOnly = true)]
    public async partial Task<Page<Issue>> SearchPullRequestsAsync(
        [EmptyClears] string query,
        string? owner = null,
        string? repo = null,
        [SearchOrder] string? sort = null,
        [AllowedValues("asc", "desc")] string? order = null,
        [SearchFields] string[]? fields = null,
        int? page = null,
        int? perPage = null,
        CancellationToken cancellationToken = default
    )
    {
        var found = await api.SearchAsync(
                IssueQuery.Of(query, "is:pr", owner, repo),
                IssueQuery.NamesFields(query) ? "true" : null,
                sort,
                order,
                page,
                perPage,
                cancellationToken
            )
            .ToPageAsync()
            .SortedAsync(sort, order);
        return found with { Items = [.. found.Items.Select(pullRequest => pullRequest.ToAnswer())] };
    }
}
