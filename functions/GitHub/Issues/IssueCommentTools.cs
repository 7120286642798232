using System.ComponentModel.DataAnnotations;
using GitHub.Repositories;
using GitHub.Text;
using GitHub.Writes;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace GitHub.Issues;

/// <summary>Comments on issues and pull requests, and reactions.</summary>
internal sealed partial class IssueCommentTools(IIssuesApi api)
{
    /// <summary>Comment on an issue or pull request, or react to it or to one of its comments.</summary>
    /// <param name="issue_number">Of the issue or pull request; required unless comment_id is given.</param>
    /// <param name="body">Required unless reaction is given.</param>
    /// <param name="comment_id">A comment to react to instead; not together with body.</param>
    [McpServerTool(Name = "add_issue_comment", Title = "Add issue comment")]
    public async partial Task<object> AddIssueCommentAsync(
        string owner,
        string repo,
        int? issue_number = null,
        string? body = null,
        long? comment_id = null,
        [AllowedValues("+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes")] string? reaction = null,
        CancellationToken cancellationToken = default
    )
    {
        if (string.IsNullOrEmpty(body) && reaction is null)
        {
            throw new McpException("Provide body, reaction, or both.");
        }

        if (comment_id is not null && (reaction is null || !string.IsNullOrEmpty(body)))
        {
            throw new McpException("comment_id is for a reaction to that comment alone: give reaction and leave body out.");
        }

        if (comment_id is null && issue_number is null)
        {
            throw new McpException("issue_number is missing: of the issue or pull request, or comment_id of the comment to react to.");
        }

        object answer = new Done($"Reacted with {reaction}.");
        return await new WriteSteps(comment_id is null ? $"#{issue_number}" : $"comment {comment_id}")
            .Add(
                reaction is not null,
                $"reaction {reaction}",
                () =>
                    comment_id is { } comment
                        ? api.ReactToCommentAsync(owner, repo, comment, new(reaction!), cancellationToken)
                        : api.ReactAsync(owner, repo, issue_number!.Value, new(reaction!), cancellationToken)
            )
            .Add(
                !string.IsNullOrEmpty(body),
                "comment",
                async () => answer = await api.CommentAsync(owner, repo, issue_number!.Value, new(body!), cancellationToken)
            )
            .RunAsync(() => Task.FromResult(answer));
    }

    /// <summary>Change a comment on an issue or pull request: all of it (body) or parts (body_edits).</summary>
    [McpServerTool(Name = "update_issue_comment", Title = "Update issue comment")]
    public async partial Task<IssueComment> UpdateIssueCommentAsync(
        string owner,
        string repo,
        long comment_id,
        string? body = null,
        BodyEdit[]? body_edits = null,
        CancellationToken cancellationToken = default
    )
    {
        var text = (body, body_edits) switch
        {
            ({ } whole, null or []) => whole,
            (null, { Length: > 0 } edits) => BodyEdits.Apply(
                (await api.GetCommentAsync(owner, repo, comment_id, cancellationToken)).Body,
                edits
            ),
            _ => throw new McpException("Give either body, which replaces the text, or body_edits. Nothing was changed."),
        };
        return await api.UpdateCommentAsync(owner, repo, comment_id, new(text), cancellationToken);
    }

    /// <summary>Delete a comment on an issue or pull request, for good.</summary>
    [McpServerTool(Name = "delete_issue_comment", Title = "Delete issue comment", Destructive = true)]
    public async partial Task<Done> DeleteIssueCommentAsync(string owner, string repo, long comment_id, CancellationToken cancellationToken)
    {
        await api.DeleteCommentAsync(owner, repo, comment_id, cancellationToken);
        return new($"Deleted comment {comment_id}.");
    }
}
