using GitHub.Api;
using Refit;

namespace GitHub.Issues;

/// <summary>https://docs.github.com/en/rest/issues</summary>
internal interface IIssuesApi
{
    [Get("/repos/{owner}/{repo}/issues/{issue_number}")]
    Task<Issue> GetAsync(string owner, string repo, int issue_number, CancellationToken cancellationToken);

    /// <summary>Issues and pull requests, newest first.</summary>
    [Get("/repos/{owner}/{repo}/issues")]
    Task<ApiResponse<List<Issue>>> ListAsync(string owner, string repo, string? state, int? per_page, CancellationToken cancellationToken);

    [Get("/repos/{owner}/{repo}/issues/comments/{comment_id}")]
    Task<IssueComment> GetCommentAsync(string owner, string repo, long comment_id, CancellationToken cancellationToken);

    [Post("/repos/{owner}/{repo}/issues")]
    Task<Issue> CreateAsync(string owner, string repo, [Body] Dictionary<string, object> issue, CancellationToken cancellationToken);

    [Patch("/repos/{owner}/{repo}/issues/{issue_number}")]
    Task<Issue> UpdateAsync(
        string owner,
        string repo,
        int issue_number,
        [Body] Dictionary<string, object> edit,
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

    [Post("/repos/{owner}/{repo}/issues/{issue_number}/comments")]
    Task<IssueComment> CommentAsync(
        string owner,
        string repo,
        int issue_number,
        [Body] CommentText comment,
        CancellationToken cancellationToken
    );

    [Patch("/repos/{owner}/{repo}/issues/comments/{comment_id}")]
    Task<IssueComment> UpdateCommentAsync(
        string owner,
        string repo,
        long comment_id,
        [Body] CommentText comment,
        CancellationToken cancellationToken
    );

    [Delete("/repos/{owner}/{repo}/issues/comments/{comment_id}")]
    Task DeleteCommentAsync(string owner, string repo, long comment_id, CancellationToken cancellationToken);

    [Post("/repos/{owner}/{repo}/issues/{issue_number}/reactions")]
    Task ReactAsync(string owner, string repo, int issue_number, [Body] NewReaction reaction, CancellationToken cancellationToken);

    [Post("/repos/{owner}/{repo}/issues/comments/{comment_id}/reactions")]
    Task ReactToCommentAsync(string owner, string repo, long comment_id, [Body] NewReaction reaction, CancellationToken cancellationToken);

    [Get("/repos/{owner}/{repo}/issues/{issue_number}/sub_issues")]
    Task<ApiResponse<List<Issue>>> ListSubIssuesAsync(
        string owner,
        string repo,
        int issue_number,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Post("/repos/{owner}/{repo}/issues/{issue_number}/sub_issues")]
    Task<Issue> AddSubIssueAsync(
        string owner,
        string repo,
        int issue_number,
        [Body] SubIssueMove move,
        CancellationToken cancellationToken
    );

    [Delete("/repos/{owner}/{repo}/issues/{issue_number}/sub_issue")]
    Task<Issue> RemoveSubIssueAsync(
        string owner,
        string repo,
        int issue_number,
        [Body] SubIssueMove move,
        CancellationToken cancellationToken
    );

    [Patch("/repos/{owner}/{repo}/issues/{issue_number}/sub_issues/priority")]
    Task<Issue> MoveSubIssueAsync(
        string owner,
        string repo,
        int issue_number,
        [Body] SubIssueMove move,
        CancellationToken cancellationToken
    );

    /// <summary>Issues that may say the same. It is not in the published description of the API, and not on for every repository.</summary>
    [Get("/repos/{owner}/{repo}/issues/{issue_number}/semantically_similar")]
    Task<ApiResponse<List<SimilarIssue>>> ListSimilarAsync(
        string owner,
        string repo,
        int issue_number,
        double? threshold,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Get("/repos/{owner}/{repo}/issues/{issue_number}/dependencies/blocked_by")]
    Task<ApiResponse<List<Issue>>> ListBlockedByAsync(
        string owner,
        string repo,
        int issue_number,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Get("/repos/{owner}/{repo}/issues/{issue_number}/dependencies/blocking")]
    Task<ApiResponse<List<Issue>>> ListBlockingAsync(
        string owner,
        string repo,
        int issue_number,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Post("/repos/{owner}/{repo}/issues/{issue_number}/dependencies/blocked_by")]
    Task BlockAsync(string owner, string repo, int issue_number, [Body] Blocker blocker, CancellationToken cancellationToken);

    [Delete("/repos/{owner}/{repo}/issues/{issue_number}/dependencies/blocked_by/{issue_id}")]
    Task UnblockAsync(string owner, string repo, int issue_number, long issue_id, CancellationToken cancellationToken);

    [Post("/repos/{owner}/{repo}/issues/{issue_number}/issue-field-values")]
    Task SetFieldsAsync(string owner, string repo, int issue_number, [Body] FieldWrites fields, CancellationToken cancellationToken);

    [Delete("/repos/{owner}/{repo}/issues/{issue_number}/issue-field-values/{issue_field_id}")]
    Task ClearFieldAsync(string owner, string repo, int issue_number, long issue_field_id, CancellationToken cancellationToken);

    [Get("/repos/{owner}/{repo}/issue-types")]
    Task<List<IssueType>> ListTypesAsync(string owner, string repo, CancellationToken cancellationToken);

    [Get("/orgs/{org}/issue-types")]
    Task<List<IssueType>> ListOrganizationTypesAsync(string org, CancellationToken cancellationToken);

    [Get("/search/issues")]
    Task<ApiResponse<SearchList<Issue>>> SearchAsync(
        string q,
        string? search_type,
        string? advanced_search,
        string? sort,
        string? order,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );
}

internal sealed record CommentText(string Body);

internal sealed record NewReaction(string Content);

internal sealed record SubIssueMove(long SubIssueId, bool? ReplaceParent = null, long? AfterId = null, long? BeforeId = null);

internal sealed record Blocker(long IssueId);

internal sealed record FieldWrites(IReadOnlyList<FieldWrite> IssueFieldValues);

internal sealed record FieldWrite(long FieldId, object Value);
