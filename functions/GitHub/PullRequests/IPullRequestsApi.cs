using GitHub.Api;
using GitHub.Commits;
using GitHub.Issues;
using GitHub.Repositories;
using Refit;

namespace GitHub.PullRequests;

/// <summary>https://docs.github.com/en/rest/pulls</summary>
internal interface IPullRequestsApi
{
    [Get("/repos/{owner}/{repo}/pulls")]
    Task<ApiResponse<List<PullRequest>>> ListAsync(
        string owner,
        string repo,
        string? state,
        string? head,
        [AliasAs("base")] string? into,
        string? sort,
        string? direction,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Get("/repos/{owner}/{repo}/pulls/{pull_number}")]
    Task<PullRequest> GetAsync(string owner, string repo, int pull_number, CancellationToken cancellationToken);

    [Get("/repos/{owner}/{repo}/pulls/{pull_number}"), Headers("Accept: application/vnd.github.diff")]
    Task<HttpContent> GetDiffAsync(string owner, string repo, int pull_number, CancellationToken cancellationToken);

    [Get("/repos/{owner}/{repo}/pulls/{pull_number}/files")]
    Task<ApiResponse<List<ChangedFile>>> ListFilesAsync(
        string owner,
        string repo,
        int pull_number,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Get("/repos/{owner}/{repo}/pulls/{pull_number}/commits")]
    Task<ApiResponse<List<Commit>>> ListCommitsAsync(
        string owner,
        string repo,
        int pull_number,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Get("/repos/{owner}/{repo}/pulls/{pull_number}/reviews")]
    Task<ApiResponse<List<Review>>> ListReviewsAsync(
        string owner,
        string repo,
        int pull_number,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Get("/repos/{owner}/{repo}/issues/{issue_number}/comments")]
    Task<ApiResponse<List<IssueComment>>> ListCommentsAsync(
        string owner,
        string repo,
        int issue_number,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Get("/repos/{owner}/{repo}/commits/{reference}/status")]
    Task<ApiResponse<CombinedStatus>> GetStatusAsync(
        string owner,
        string repo,
        string reference,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Get("/repos/{owner}/{repo}/commits/{reference}/check-runs")]
    Task<ApiResponse<CheckRunList>> ListCheckRunsAsync(
        string owner,
        string repo,
        string reference,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Get("/repos/{owner}/{repo}/commits/{reference}/check-suites")]
    Task<ApiResponse<CheckSuiteList>> ListCheckSuitesAsync(
        string owner,
        string repo,
        string reference,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Post("/repos/{owner}/{repo}/pulls")]
    Task<PullRequest> CreateAsync(
        string owner,
        string repo,
        [Body] Dictionary<string, object> pullRequest,
        CancellationToken cancellationToken
    );

    [Patch("/repos/{owner}/{repo}/pulls/{pull_number}")]
    Task<PullRequest> UpdateAsync(
        string owner,
        string repo,
        int pull_number,
        [Body] Dictionary<string, object> edit,
        CancellationToken cancellationToken
    );

    [Put("/repos/{owner}/{repo}/pulls/{pull_number}/merge")]
    Task<Merged> MergeAsync(string owner, string repo, int pull_number, [Body] Merge merge, CancellationToken cancellationToken);

    [Put("/repos/{owner}/{repo}/pulls/{pull_number}/update-branch")]
    Task<Done> UpdateBranchAsync(
        string owner,
        string repo,
        int pull_number,
        [Body] BranchUpdate update,
        CancellationToken cancellationToken
    );

    [Post("/repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers")]
    Task<PullRequest> RequestReviewersAsync(
        string owner,
        string repo,
        int pull_number,
        [Body] ReviewerRequest request,
        CancellationToken cancellationToken
    );

    [Get("/repos/{owner}/{repo}/pulls/comments/{comment_id}")]
    Task<LineComment> GetCommentAsync(string owner, string repo, long comment_id, CancellationToken cancellationToken);

    [Post("/repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies")]
    Task<PostedComment> ReplyAsync(
        string owner,
        string repo,
        int pull_number,
        long comment_id,
        [Body] CommentText reply,
        CancellationToken cancellationToken
    );

    [Post("/repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions")]
    Task ReactAsync(string owner, string repo, long comment_id, [Body] NewReaction reaction, CancellationToken cancellationToken);

    [Get("/search/issues")]
    Task<ApiResponse<SearchList<Issue>>> SearchAsync(
        string q,
        string? advanced_search,
        string? sort,
        string? order,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );
}
