using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using GitHub.Answers;
using GitHub.Api;
using GitHub.Repositories;
using GitHub.Writes;
using McpGateway.Tools.Schemas;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace GitHub.PullRequests;

/// <summary>Reviewing pull requests.</summary>
internal sealed partial class ReviewTools(IPullRequestsApi api, OwnReviews reviews, ReviewThreads threads, GraphQl graphQl)
{
    /// <summary>The side that GitHub takes where none is given.</summary>
    private const string Right = "RIGHT";

    /// <summary>
    /// Review a pull request: create (with event it is submitted at once, without it stays pending), submit_pending, delete_pending; resolve_thread,
    /// unresolve_thread and reply_to_thread.
    /// </summary>
    /// <param name="action">Required for submit_pending.</param>
    /// <param name="commitID">Commit to review; the newest if not given.</param>
    /// <param name="threadId">PRRT_… of pull_request_read get_review_comments; the thread methods need nothing else.</param>
    [McpServerTool(Name = "pull_request_review_write", Title = "Review a pull request")]
    public async partial Task<Done> WriteReviewAsync(
        [AllowedValues("create", "submit_pending", "delete_pending", "resolve_thread", "unresolve_thread", "reply_to_thread")]
            string method,
        string? owner = null,
        string? repo = null,
        int? pullNumber = null,
        [OnlyWith("create", "submit_pending", "reply_to_thread")] string? body = null,
        [OnlyWith("create", "submit_pending"), WireName("event"), AllowedValues("APPROVE", "REQUEST_CHANGES", "COMMENT")]
            string? action = null,
        [OnlyWith("create")] string? commitID = null,
        [OnlyWith("resolve_thread", "unresolve_thread", "reply_to_thread")] string? threadId = null,
        CancellationToken cancellationToken = default
    )
    {
        if (method is "resolve_thread" or "unresolve_thread" or "reply_to_thread")
        {
            var thread = await threads.FindAsync(owner, repo, pullNumber, Need(threadId, "threadId"), cancellationToken);
            return method == "reply_to_thread"
                ? await threads.ReplyAsync(thread, Need(body, "body"), cancellationToken)
                : await threads.ResolveAsync(thread, method == "resolve_thread", cancellationToken);
        }

        return await WriteAsync(Need(owner, "owner"), Need(repo, "repo"), pullNumber ?? throw Missing("pullNumber"));

        async Task<Done> WriteAsync(string owner, string repo, int number)
        {
            var scope = GraphQlScope.Of(owner, repo);
            switch (method)
            {
                case "create":
                    var pullRequest = await reviews.FindAsync(owner, repo, number, withReview: false, cancellationToken);
                    var made = new
                    {
                        id = pullRequest.Id,
                        body,
                        @event = action,
                        commit = commitID,
                    };
                    return Says(await graphQl.MutateAsync<ReviewAnswer>(scope, ReviewDocuments.Add, made, cancellationToken));
                case "submit_pending":
                    var submitted = new
                    {
                        id = await reviews.PendingAsync(owner, repo, number, cancellationToken),
                        body,
                        @event = Need(action, "event"),
                    };
                    return Says(await graphQl.MutateAsync<ReviewAnswer>(scope, ReviewDocuments.Submit, submitted, cancellationToken));
                default:
                    var deleted = new { id = await reviews.PendingAsync(owner, repo, number, cancellationToken) };
                    await graphQl.MutateAsync<object>(scope, ReviewDocuments.Delete, deleted, cancellationToken);
                    return new("Deleted the pending review.");
            }
        }

        string Need(string? value, string name) => value ?? throw Missing(name);

        McpException Missing(string name) => new($"method='{method}' needs {name}.");
    }

    /// <summary>Add a comment on a file or lines to your pending review.</summary>
    /// <param name="line">For LINE: the line in the diff; of several, the last.</param>
    /// <param name="side">LEFT: before the change, RIGHT: after it.</param>
    /// <param name="startLine">Of several lines, the first.</param>
    [McpServerTool(Name = "add_comment_to_pending_review", Title = "Add comment to pending review")]
    public async partial Task<Done> AddCommentAsync(
        string owner,
        string repo,
        int pullNumber,
        string path,
        string body,
        [AllowedValues("FILE", "LINE")] string subjectType,
        int? line = null,
        [AllowedValues("LEFT", "RIGHT")] string? side = null,
        int? startLine = null,
        [AllowedValues("LEFT", "RIGHT")] string? startSide = null,
        CancellationToken cancellationToken = default
    )
    {
        if (subjectType == "LINE" && line is null)
        {
            throw new McpException("subjectType='LINE' needs line.");
        }

        if (subjectType == "FILE" && (line ?? startLine) is { } lost)
        {
            throw new McpException(
                $"subjectType='FILE' is the file as a whole, and {(line is null ? "startLine" : "line")}={lost} is of subjectType='LINE': give one of them. "
                    + "Nothing was added."
            );
        }

        var isOnOneSide = (startSide ?? side ?? Right) == (side ?? Right);
        if (isOnOneSide && startLine > line)
        {
            throw new McpException($"startLine={startLine} is after line={line}, which is the last of several: exchange them.");
        }

        // One line has no beginning of its own, and several begin on the side where they end unless it is said otherwise: GitHub would look on the right.
        startLine = isOnOneSide && startLine == line ? null : startLine;
        startSide = startLine is null ? null : startSide ?? side;
        var (pullRequest, review) = await reviews.FindPendingAsync(owner, repo, pullNumber, cancellationToken);
        if (subjectType == "LINE" && await AddThreadAsync(subjectType, body))
        {
            return new("Added to the pending review; submit it with pull_request_review_write method=submit_pending.");
        }

        // Only lines of the diff take comments; the file always does.
        var lines =
            subjectType == "FILE" ? ""
            : startLine is null ? $"Line {line}: "
            : $"Lines {startLine} to {line}: ";
        var added =
            lines.Length == 0
                ? "Added"
                : $"Line {line} of {path} is not part of the diff, so the comment was added to the file as a whole, with the line in its text,";
        return await AddThreadAsync("FILE", lines + body)
            ? new($"{added} to the pending review; submit it with pull_request_review_write method=submit_pending.")
            : throw new McpException(
                $"GitHub added no comment: {path} is probably not among the files of #{pullNumber}. See pull_request_read get_files."
            );

        async Task<bool> AddThreadAsync(string subject, string text) => (
                await graphQl.MutateAsync<AddedThread>(
                    GraphQlScope.Of(owner, repo),
                    ReviewDocuments.AddThread,
                    new
                    {
                        pull_request = pullRequest,
                        id = review,
                        path,
                        body = text,
                        subject,
                        line = subject == "LINE" ? line : null,
                        side = subject == "LINE" ? side : null,
                        start_line = subject == "LINE" ? startLine : null,
                        start_side = subject == "LINE" ? startSide : null,
                    },
                    cancellationToken
                )
            ).AddPullRequestReviewThread?.Thread is not null;
    }

    /// <summary>Reply to a review comment, or react to it.</summary>
    /// <param name="commentId">The number in #discussion_r…, not a thread's node id.</param>
    /// <param name="body">Required, with pullNumber, unless reaction is given.</param>
    [McpServerTool(Name = "add_reply_to_pull_request_comment", Title = "Add reply to pull request comment")]
    public async partial Task<object> ReplyAsync(
        string owner,
        string repo,
        long commentId,
        int? pullNumber = null,
        string? body = null,
        [AllowedValues("+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes")] string? reaction = null,
        CancellationToken cancellationToken = default
    )
    {
        if (string.IsNullOrEmpty(body) && reaction is null)
        {
            throw new McpException("Provide body, reaction, or both.");
        }

        if (!string.IsNullOrEmpty(body) && pullNumber is null)
        {
            throw new McpException("A reply (body) needs pullNumber.");
        }

        object answer = new Done($"Reacted with {reaction}.");
        return await new WriteSteps($"comment {commentId}")
            .Add(
                reaction is not null,
                $"reaction {reaction}",
                () => api.ReactAsync(owner, repo, commentId, new(reaction!), cancellationToken)
            )
            .Add(
                !string.IsNullOrEmpty(body),
                "reply",
                async () => answer = await api.ReplyAsync(owner, repo, pullNumber!.Value, commentId, new(body!), cancellationToken)
            )
            .RunAsync(() => Task.FromResult(answer));
    }

    private static Done Says(ReviewAnswer answer) =>
        answer.Done?.Review is { } review
            ? new($"The review is {review.State.ToLowerInvariant()}: {review.Url}")
            : throw new McpException(
                "GitHub did not say what became of the review: look at pull_request_read get_reviews before you try again."
            );

    private sealed record ReviewAnswer(ReviewDone? Done = null);

    private sealed record ReviewDone(OwnReview? Review = null);

    private sealed record AddedThread(
        [property: JsonPropertyName("addPullRequestReviewThread")] AddedThreadPayload? AddPullRequestReviewThread = null
    );

    private sealed record AddedThreadPayload(AddedThreadNode? Thread = null);

    private sealed record AddedThreadNode(string Id);
}
