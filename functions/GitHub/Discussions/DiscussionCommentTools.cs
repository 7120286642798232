using System.ComponentModel.DataAnnotations;
using GitHub.Answers;
using GitHub.Api;
using GitHub.Repositories;
using GitHub.Text;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace GitHub.Discussions;

/// <summary>Writing in discussions.</summary>
internal sealed partial class DiscussionCommentTools(GraphQl graphQl)
{
    /// <summary>Write in a discussion: add, reply, update, delete, mark_answer, unmark_answer.</summary>
    /// <param name="owner">With add and reply, as are repo and discussionNumber.</param>
    /// <param name="body">With add, reply and update.</param>
    /// <param name="commentNodeID">With all but add; for reply a top-level comment.</param>
    [McpServerTool(Name = "discussion_comment_write", Title = "Write a discussion comment", Destructive = true)]
    public async partial Task<Done> WriteAsync(
        [AllowedValues("add", "reply", "update", "delete", "mark_answer", "unmark_answer")] string method,
        string? owner = null,
        string? repo = null,
        int? discussionNumber = null,
        [OnlyWith("add", "reply", "update")] string? body = null,
        [OnlyWith("reply", "update", "delete", "mark_answer", "unmark_answer")] string? commentNodeID = null,
        CancellationToken cancellationToken = default
    )
    {
        if (method is "add" or "reply" or "update" && string.IsNullOrEmpty(body))
        {
            throw new McpException($"method='{method}' needs body.");
        }

        if (method == "add")
        {
            return await AddAsync(
                Need(owner, "owner"),
                Need(repo, "repo"),
                discussionNumber ?? throw new McpException("method='add' needs discussionNumber."),
                body!,
                cancellationToken
            );
        }

        var id = Need(commentNodeID, "commentNodeID");
        var home = await HomeOfAsync(id, owner, repo, discussionNumber, cancellationToken);
        var scope = GraphQlScope.Of(home.Owner, home.Repo);
        await (
            method switch
            {
                "reply" => graphQl.MutateAsync<object>(
                    scope,
                    DiscussionDocuments.Add,
                    new
                    {
                        discussion = home.DiscussionId,
                        body,
                        reply_to = id,
                    },
                    cancellationToken
                ),
                "update" => graphQl.MutateAsync<object>(scope, DiscussionDocuments.Update, new { id, body }, cancellationToken),
                "delete" => graphQl.MutateAsync<object>(scope, DiscussionDocuments.Delete, new { id }, cancellationToken),
                "mark_answer" => graphQl.MutateAsync<object>(scope, DiscussionDocuments.MarkAnswer, new { id }, cancellationToken),
                _ => graphQl.MutateAsync<object>(scope, DiscussionDocuments.UnmarkAnswer, new { id }, cancellationToken),
            }
        );
        return new($"Done: {method} in {home.Owner}/{home.Repo}.");

        string Need(string? value, string name) => value ?? throw new McpException($"method='{method}' needs {name}.");
    }

    private async Task<Done> AddAsync(string owner, string repo, int number, string body, CancellationToken cancellationToken)
    {
        var scope = GraphQlScope.Of(owner, repo);
        var found = await graphQl.QueryAsync<DiscussionAnswer>(
            scope,
            DiscussionDocuments.Get,
            new
            {
                owner,
                repo,
                number,
            },
            cancellationToken
        );
        var discussion = found.Repository?.Discussion?.Id ?? throw new McpException($"There is no discussion #{number} in {owner}/{repo}.");
        await graphQl.MutateAsync<object>(scope, DiscussionDocuments.Add, new { discussion, body }, cancellationToken);
        return new($"Added to discussion #{number}.");
    }

    /// <summary>The repository a comment is in, asked of GitHub: what the caller says of it is only compared.</summary>
    private async Task<(string Owner, string Repo, string DiscussionId)> HomeOfAsync(
        string id,
        string? owner,
        string? repo,
        int? number,
        CancellationToken cancellationToken
    )
    {
        var answer = await graphQl.QueryAsync<HomeAnswer>(
            GraphQlScope.Viewer,
            DiscussionDocuments.CommentHome,
            new { id },
            cancellationToken
        );
        if (
            answer.Node?.Discussion is not { Repository: { } fullName } discussion
            || fullName.Split('/') is not [var ownerFound, var repoFound]
        )
        {
            throw new McpException($"commentNodeID='{id}' is not a comment of a discussion: take it from get_discussion_comments.");
        }

        if (
            (owner ?? ownerFound) is var wanted
            && !string.Equals($"{wanted}/{repo ?? repoFound}", fullName, StringComparison.OrdinalIgnoreCase)
        )
        {
            throw new McpException(
                $"commentNodeID='{id}' is not a comment of a discussion in {wanted}/{repo ?? repoFound}: take it from get_discussion_comments."
            );
        }

        if (number is not null && number != discussion.Number)
        {
            throw new McpException(
                $"commentNodeID='{id}' is not a comment of discussionNumber={number}: give only the one that is meant. Nothing was done."
            );
        }

        return (ownerFound, repoFound, discussion.Id);
    }

    private sealed record DiscussionAnswer(DiscussionRepository? Repository = null);

    private sealed record DiscussionRepository(DiscussionId? Discussion = null);

    private sealed record DiscussionId(string Id, [property: RepositoryName] string? Repository = null, int? Number = null);

    private sealed record HomeAnswer(HomeNode? Node = null);

    private sealed record HomeNode(DiscussionId? Discussion = null);
}
