using GitHub.PullRequests;
using GitHub.Repositories;
using ModelContextProtocol.Server;

namespace GitHub.Copilot;

/// <summary>Work for Copilot.</summary>
internal sealed partial class CopilotTools(CopilotAssignment assignment, IPullRequestsApi pullRequests)
{
    private const string Reviewer = "copilot-pull-request-reviewer[bot]";

    /// <summary>Hand an issue to the Copilot coding agent, which opens a pull request for it some time later.</summary>
    /// <param name="base_ref">Branch to start from; the default branch if not given.</param>
    /// <param name="custom_instructions">What the issue does not say.</param>
    [McpServerTool(Name = "assign_copilot_to_issue", Idempotent = true)]
    public async partial Task<Done> AssignAsync(
        string owner, string repo, int issue_number, string? base_ref = null, string? custom_instructions = null, CancellationToken cancellationToken = default)
    {
        await assignment.AssignAsync(owner, repo, issue_number, new(base_ref, custom_instructions), null, cancellationToken);
        return new($"Copilot is assigned to #{issue_number}; its pull request will be linked to the issue (issue_read get).");
    }

    /// <summary>Ask Copilot to review a pull request.</summary>
    [McpServerTool(Name = "request_copilot_review")]
    public async partial Task<Done> RequestReviewAsync(string owner, string repo, int pullNumber, CancellationToken cancellationToken)
    {
        await pullRequests.RequestReviewersAsync(owner, repo, pullNumber, new([Reviewer], null), cancellationToken);
        return new($"Copilot will review #{pullNumber}.");
    }
}
