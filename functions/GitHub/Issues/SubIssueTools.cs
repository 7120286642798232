using System.ComponentModel.DataAnnotations;
using GitHub.Answers;
using McpGateway.Tools.Schemas;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace GitHub.Issues;

/// <summary>The sub-issues of an issue.</summary>
internal sealed partial class SubIssueTools(IIssuesApi api)
{
    /// <summary>Change an issue's sub-issues: add, remove or reprioritize.</summary>
    /// <param name="method">add, remove or reprioritize.</param>
    /// <param name="issue_number">The parent's number.</param>
    /// <param name="sub_issue_id">The sub-issue's id, not its number: see 'id' in issue_read.</param>
    /// <param name="replace_parent">With add: take it from its present parent.</param>
    /// <param name="after_id">With reprioritize: id of the sub-issue to come after; or give before_id.</param>
    [McpServerTool(Name = "sub_issue_write", Title = "Change sub-issues")]
    public async partial Task<Issue> WriteSubIssueAsync(
        [Brief, AllowedValues("add", "remove", "reprioritize")] string method,
        string owner,
        string repo,
        int issue_number,
        long sub_issue_id,
        [OnlyWith("add")] bool? replace_parent = null,
        [OnlyWith("reprioritize")] long? after_id = null,
        [OnlyWith("reprioritize")] long? before_id = null,
        CancellationToken cancellationToken = default
    )
    {
        switch (method)
        {
            case "add":
                return (
                    await api.AddSubIssueAsync(owner, repo, issue_number, new(sub_issue_id, replace_parent), cancellationToken)
                ).ToAnswer();
            case "remove":
                return (await api.RemoveSubIssueAsync(owner, repo, issue_number, new(sub_issue_id), cancellationToken)).ToAnswer();
            default:
                if ((after_id is null) == (before_id is null))
                {
                    throw new McpException("method='reprioritize' needs exactly one of after_id and before_id.");
                }

                return (
                    await api.MoveSubIssueAsync(
                        owner,
                        repo,
                        issue_number,
                        new(sub_issue_id, AfterId: after_id, BeforeId: before_id),
                        cancellationToken
                    )
                ).ToAnswer();
        }
    }
}
