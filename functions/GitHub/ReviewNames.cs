using GitHub.PullRequests;
using McpGateway.Tools.Guards;

namespace GitHub;

/// <summary>What comments and threads of reviews begin with.</summary>
internal static class ReviewNames
{
    public static async Task<string?> CommentAsync(ThingCall call)
    {
        var comment = await call.Get<IPullRequestsApi>()
            .GetCommentAsync(GitHubNames.Owner(call), GitHubNames.Repo(call), call.Number("commentId"), call.Cancellation);
        return $"{comment.User ?? "somebody"} on {comment.Path}: {GitHubNames.FirstLineOf(comment.Body?.Shown ?? "")}";
    }

    public static async Task<string?> ThreadAsync(ThingCall call)
    {
        var threads = call.Get<ReviewThreads>();
        var thread = await threads.FindAsync(call.Find("owner"), call.Find("repo"), null, call.Text("threadId"), call.Cancellation);
        return await threads.BeginningAsync(thread, call.Cancellation) is { } first
            ? $"{first.Author ?? "somebody"} on {first.Path}: {GitHubNames.FirstLineOf(first.Body?.Shown ?? "")}"
            : null;
    }
}
