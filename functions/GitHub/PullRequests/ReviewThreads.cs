using GitHub.Api;
using GitHub.Repositories;
using GitHub.Text;
using ModelContextProtocol;

namespace GitHub.PullRequests;

/// <summary>Threads of reviews by their node ids, which lead anywhere: the thread's own repository counts, whatever the caller says.</summary>
internal sealed class ReviewThreads(GraphQl graphQl)
{
    /// <param name="owner">Where the caller takes it to be, as is the repository; null where only the id is given.</param>
    /// <param name="number">The pull request that the caller takes it to be of; null where only the id is given.</param>
    public async Task<KnownThread> FindAsync(string? owner, string? repo, int? number, string id, CancellationToken cancellationToken)
    {
        var scope = owner is null || repo is null ? GraphQlScope.Viewer : GraphQlScope.Of(owner, repo);
        var thread = (await graphQl.QueryAsync<ThreadAnswer>(scope, ReviewDocuments.Thread, new { id }, cancellationToken)).Node;
        return
            thread?.Repository?.Split('/') is [var ownerFound, var repoFound]
            && IsMeant(owner, ownerFound)
            && IsMeant(repo, repoFound)
            && (number is null || number == thread.PullRequest?.Number)
            ? new(GraphQlScope.Of(ownerFound, repoFound), id, thread.IsResolved)
            : throw new McpException(
                $"threadId='{id}' is not a review thread{(owner is null ? "" : $" of {owner}/{repo}")}"
                    + $"{(number is null ? "" : $" of pull request {number}")}: take it from pull_request_read "
                    + "get_review_comments."
            );
    }

    /// <summary>The comment that a thread begins with.</summary>
    public async Task<ReviewComment?> BeginningAsync(KnownThread thread, CancellationToken cancellationToken)
    {
        var answer = await graphQl.QueryAsync<BeginningAnswer>(
            thread.Home,
            ReviewDocuments.ThreadBeginning,
            new { id = thread.Id },
            cancellationToken
        );
        return answer.Node?.Comments?.Nodes is [var beginning, ..] ? beginning : null;
    }

    public async Task<Done> ResolveAsync(KnownThread thread, bool resolved, CancellationToken cancellationToken)
    {
        if (thread.IsResolved != resolved)
        {
            var document = resolved ? ReviewDocuments.Resolve : ReviewDocuments.Unresolve;
            await graphQl.MutateAsync<object>(thread.Home, document, new { id = thread.Id }, cancellationToken);
        }

        return new(resolved ? "The thread is resolved." : "The thread is open.");
    }

    public async Task<Done> ReplyAsync(KnownThread thread, string body, CancellationToken cancellationToken)
    {
        var reply = (
            await graphQl.MutateAsync<ReplyAnswer>(thread.Home, ReviewDocuments.Reply, new { id = thread.Id, body }, cancellationToken)
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

    private static bool IsMeant(string? given, string found) => given is null || given.Equals(found, StringComparison.OrdinalIgnoreCase);

    private sealed record ThreadAnswer(ThreadNode? Node = null);

    private sealed record ThreadNode(
        bool IsResolved = false,
        [property: RepositoryName] string? Repository = null,
        ThreadHome? PullRequest = null
    );

    private sealed record ThreadHome(int Number);

    private sealed record BeginningAnswer(BeginningNode? Node = null);

    private sealed record BeginningNode(Connection<ReviewComment>? Comments = null);

    private sealed record ReplyAnswer(ReplyDone? Done = null);

    private sealed record ReplyDone(ReplyComment? Comment = null);

    private sealed record ReplyComment(string? HtmlUrl = null, string? State = null);
}

/// <summary>A thread, and the repository that GitHub says it is in.</summary>
internal sealed record KnownThread(GraphQlScope Home, string Id, bool IsResolved);
