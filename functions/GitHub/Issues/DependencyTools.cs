using System.ComponentModel.DataAnnotations;
using GitHub.Api;
using GitHub.Repositories;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace GitHub.Issues;

/// <summary>Which issues wait for which.</summary>
internal sealed partial class DependencyTools(IIssuesApi api)
{
    /// <summary>Issues that block an issue, or that it blocks.</summary>
    [McpServerTool(Name = "issue_dependency_read", Title = "Read issue dependencies", ReadOnly = true)]
    public async partial Task<Page<Issue>> ReadDependenciesAsync(
        [AllowedValues("get_blocked_by", "get_blocking")] string method,
        string owner,
        string repo,
        int issue_number,
        int? page = null,
        int? perPage = null,
        CancellationToken cancellationToken = default
    )
    {
        var found = await (
            method == "get_blocking"
                ? api.ListBlockingAsync(owner, repo, issue_number, page, perPage, cancellationToken)
                : api.ListBlockedByAsync(owner, repo, issue_number, page, perPage, cancellationToken)
        ).ToPageAsync();
        return found with { Items = [.. found.Items.Select(issue => issue.ToAnswer())] };
    }

    /// <summary>Add or remove a dependency: an issue is blocked by another, or blocks it.</summary>
    /// <param name="related_owner">Of the other issue; the same repository if not given.</param>
    [McpServerTool(Name = "issue_dependency_write", Title = "Change issue dependencies")]
    public async partial Task<Done> WriteDependencyAsync(
        [AllowedValues("add", "remove")] string method,
        string owner,
        string repo,
        [AllowedValues("blocked_by", "blocking")] string type,
        int issue_number,
        int related_issue_number,
        string? related_owner = null,
        string? related_repo = null,
        CancellationToken cancellationToken = default
    )
    {
        var issue = new IssueAddress(owner, repo, issue_number);
        var related = new IssueAddress(related_owner ?? owner, related_repo ?? repo, related_issue_number);
        var (blocked, blocking) = type == "blocked_by" ? (issue, related) : (related, issue);
        var id =
            (await api.GetAsync(blocking.Owner, blocking.Repo, blocking.Number, cancellationToken)).Id
            ?? throw new McpException($"GitHub gives no id of {blocking}, by which it could be named.");
        await (
            method == "add"
                ? api.BlockAsync(blocked.Owner, blocked.Repo, blocked.Number, new(id), cancellationToken)
                : api.UnblockAsync(blocked.Owner, blocked.Repo, blocked.Number, id, cancellationToken)
        );
        return new($"{blocked} is {(method == "add" ? "" : "no longer ")}blocked by {blocking}.");
    }

    private sealed record IssueAddress(string Owner, string Repo, int Number)
    {
        public override string ToString() => $"{Owner}/{Repo}#{Number}";
    }
}
