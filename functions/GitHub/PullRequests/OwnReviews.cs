using GitHub.Api;
using ModelContextProtocol;

namespace GitHub.PullRequests;

/// <summary>The review the token's user is writing on a pull request.</summary>
internal sealed class OwnReviews(GraphQl graphQl)
{
    /// <summary>The pull request, with the user's pending review if asked for.</summary>
    public async Task<ReviewedPullRequest> FindAsync(
        string owner,
        string repo,
        int number,
        bool withReview,
        CancellationToken cancellationToken
    )
    {
        var author = withReview
            ? (await graphQl.QueryAsync<ViewerAnswer>(GraphQlScope.Of(owner, repo), ReviewDocuments.Viewer, new { }, cancellationToken))
                .Viewer
                .Login
            : null;
        var answer = await graphQl.QueryAsync<Answer>(
            GraphQlScope.Of(owner, repo),
            ReviewDocuments.OwnReview,
            new
            {
                owner,
                repo,
                number,
                author,
            },
            cancellationToken
        );
        return answer.Repository?.PullRequest
            ?? throw new McpException($"There is no pull request #{number} in {owner}/{repo} that the gateway's token can see.");
    }

    /// <summary>The node id of the pending review.</summary>
    public async Task<string> PendingAsync(string owner, string repo, int number, CancellationToken cancellationToken) =>
        (await FindPendingAsync(owner, repo, number, cancellationToken)).Review;

    /// <summary>The node ids of the pull request and of the pending review.</summary>
    public async Task<(string PullRequest, string Review)> FindPendingAsync(
        string owner,
        string repo,
        int number,
        CancellationToken cancellationToken
    )
    {
        var found = await FindAsync(owner, repo, number, withReview: true, cancellationToken);
        return found.Reviews.Nodes is [{ State: "PENDING" } pending]
            ? (found.Id, pending.Id)
            : throw new McpException(
                $"You have no pending review on #{number}: make one with pull_request_review_write method=create without event."
            );
    }

    private sealed record ViewerAnswer(ViewerNode Viewer);

    private sealed record ViewerNode(string Login);

    private sealed record Answer(AnswerRepository? Repository = null);

    private sealed record AnswerRepository(ReviewedPullRequest? PullRequest = null);
}

internal sealed record ReviewedPullRequest(string Id, bool IsDraft, Connection<OwnReview> Reviews);

internal sealed record OwnReview(string Id, string State, string? Url = null);
