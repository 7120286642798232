using System.ComponentModel.DataAnnotations;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace GitHub.Copilot;

/// <summary>Work for Copilot, with the reason for it.</summary>
internal sealed partial class CopilotIntentTools(CopilotAssignment assignment)
{
    private const int LongestRationale = 280;

    /// <summary>Hand an issue to the Copilot coding agent and say why, or suggest it for approval.</summary>
    /// <param name="rationale">One sentence, at most 280 characters: what about the issue speaks for Copilot.</param>
    /// <param name="is_suggestion">true only records the suggestion; base_ref and custom_instructions are then ignored.</param>
    [McpServerTool(Name = "assign_copilot_to_issue_with_intent", Title = "Assign Copilot with an intent", Idempotent = true)]
    public async partial Task<CopilotAssigned> AssignWithIntentAsync(
        string owner,
        string repo,
        int issue_number,
        string rationale,
        [AllowedValues("LOW", "MEDIUM", "HIGH")] string confidence,
        bool is_suggestion,
        IProgress<ProgressNotificationValue> progress,
        string? base_ref = null,
        string? custom_instructions = null,
        CancellationToken cancellationToken = default
    )
    {
        if (rationale.Length > LongestRationale)
        {
            throw new McpException($"rationale has {rationale.Length} characters; {LongestRationale} are allowed.");
        }

        var intent = new AgentIntent(rationale, confidence, is_suggestion ? true : null);
        if (!is_suggestion)
        {
            return await assignment.StartAsync(
                owner,
                repo,
                issue_number,
                new(base_ref, custom_instructions),
                intent,
                progress,
                cancellationToken
            );
        }

        await assignment.SuggestAsync(owner, repo, issue_number, intent, cancellationToken);
        return new($"Suggested Copilot for #{issue_number}.");
    }
}
