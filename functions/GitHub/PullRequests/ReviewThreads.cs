using GitHub.Api;
using GitHub.Repositories;
using GitHub.Text;
using ModelContextProtocol;

namespace GitHub.PullRequests;

/// <summary>Threads of reviews by their node ids, which lead anywhere: the thread's own repository counts, whatever the caller says.</summary>
internal sealed class ReviewThreads(GraphQl graphQl)
{
    public async Task<Done> ResolveAsync(string owner, string repo, string id, bool resolved, CancellationToken cancellationToken)
    {
        if ((await FindAsync(owner, repo, id, cancellationToken)).IsResolved != resolved)
        {
            await graphQl.MutateAsync<object>(
                GraphQlScope.Of(owner, repo),
                resolved ? ReviewDocuments.Resolve : ReviewDocuments.Unresolve,
                new { id },
                cancellationToken
            );
        }

        return new(resolved ? "The thread is resolved." : "The thread is open.");
    }

    public async Task<Done> ReplyAsync(string owner, string repo, string id, string body, CancellationToken cancellationToken)
    {
        await FindAsync(owner, repo, id, cancellationToken);
        var reply = (
            await graphQl.MutateAsync<ReplyAnswer>(GraphQlScope.Of(owner, repo), ReviewDocuments.Reply, new { id, body }, cancellationToken)
        )
            .Done
            ?.Comment;
        return reply is null
                ? throw new McpException(
                    "GitHub did not say what became of the reply: look at pull_request_read get_review_comments before you try again."
                )
            // Whoever is writing a review replies in it.
            : reply.State == "PENDING"
                ? new(
                    $"Added to your pending review, so only you see it until pull_request_review_write method=submit_pending: {reply.HtmlUrl}"
                )
            : new($"Replied: {reply.HtmlUrl}");
    }

    private async Task<ThreadNode> FindAsync(string owner, string repo, string id, CancellationToken cancellationToken)
    {
        var thread = (
            await graphQl.QueryAsync<ThreadAnswer>(GraphQlScope.Of(owner, repo), ReviewDocuments.Thread, new { id }, cancellationToken)
        ).Node;
        return thread?.Repository is { } home && string.Equals(home, $"{owner}/{repo}", StringComparison.OrdinalIgnoreCase)
            ? thread
            : throw new McpException(
                $"threadId='{id}' is not a review thread of {owner}/{repo}: take it from pull_request_read get_review_comments."
            );
    }

    private sealed record ThreadAnswer(ThreadNode? Node = null);

    private sealed record ThreadNode(bool IsResolved = false, [property: RepositoryName] string? Repository = null);

    private sealed record ReplyAnswer(ReplyDone? Done = null);

    private sealed record ReplyDone(ReplyComment? Comment = null);

    private sealed record ReplyComment(string? HtmlUrl = null, string? State = null);
}
