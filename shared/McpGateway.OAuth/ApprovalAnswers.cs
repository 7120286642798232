using McpGateway.Auditing;
using McpGateway.State;

namespace McpGateway.OAuth;

/// <summary>The operator's yes and no to calls that wait.</summary>
internal sealed class ApprovalAnswers(Approvals approvals, AuditLog audit)
{
    /// <summary>The page of the console where they are given.</summary>
    public const string Path = "/console/approvals";

    /// <summary>The calls that wait, the latest first.</summary>
    public Task<IReadOnlyList<WaitingCall>> ListAsync(CancellationToken cancellationToken) => approvals.ListAsync(cancellationToken);

    /// <summary>Answers a call.</summary>
    /// <returns>What that has brought about, as a sentence.</returns>
    public async Task<string> AnswerAsync(string digest, bool yes, CancellationToken cancellationToken)
    {
        if (await approvals.AnswerAsync(digest, yes, cancellationToken) is not { } call)
        {
            return "That call does not wait any more: it was answered before, or an hour has passed.";
        }

        audit.ApprovalAnswered(call, yes);
        return yes
            ? $"Allowed: {call.Title}, for {call.Caller}. It runs once, if the caller sends it within {Approvals.AnswerHolds.TotalMinutes:0} minutes."
            : $"Refused: {call.Title}, for {call.Caller}.";
    }
}
