using GitHub.PullRequests;
using GitHub.Repositories;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace GitHub.Copilot;

/// <summary>Work for Copilot.</summary>
internal sealed partial class CopilotTools(CopilotAssignment assignment, IPullRequestsApi pullRequests)
{
    private const string Reviewer = "copilot-pull-request-reviewer[bot]";

    /// <summary>Hand an issue to the Copilot coding agent, and wait a few seconds for the pull request it opens; that may come later.</summary>
    /// <param name="base_ref">Branch to start from; the default branch if not given.</param>
    /// <param name="custom_instructions">What the issue does not say.</param>
    [McpServerTool(Name = "assign_copilot_to_issue", Title = "Assign Copilot to an issue", Idempotent = true)]
    public async partial Task<CopilotAssigned> AssignAsync(
        string owner,
        string repo,
        int issue_number,
        IProgress<ProgressNotificationValue> progress,
        string? base_ref = null,
        string? custom_instructions = null,
        CancellationToken cancellationToken = default
    ) => await assignment.StartAsync(owner, repo, issue_number, new(base_ref, custom_instructions), null, progress, cancellationToken);

    /// <summary>Ask Copilot to review a pull request.</summary>
    [McpServerTool(Name = "request_copilot_review", Title = "Request a Copilot review")]
    public async partial Task<Done> RequestReviewAsync(string owner, string repo, int pullNumber, CancellationToken cancellationToken)
    {
        var asked = await pullRequests.RequestReviewersAsync(owner, repo, pullNumber, new([Reviewer], null), cancellationToken);
        return asked.Asked([Reviewer]).Note is null
            ? new($"Copilot will review #{pullNumber}.")
            : new(
                $"GitHub took the request without a word, and does not list Copilot among those who are asked to review #{pullNumber}: if "
                    + $"pull_request_read get_reviews has nothing of it in some minutes, it is not turned on for {owner}/{repo}."
            );
    }
}
