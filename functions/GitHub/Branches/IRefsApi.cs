using GitHub.Repositories;
using Refit;

namespace GitHub.Branches;

/// <summary>https://docs.github.com/en/rest/git/refs and https://docs.github.com/en/rest/branches/branches</summary>
internal interface IRefsApi
{
    [Get("/repos/{owner}/{repo}/branches")]
    Task<ApiResponse<List<ListedBranch>>> ListBranchesAsync(
        string owner,
        string repo,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Get("/repos/{owner}/{repo}/tags")]
    Task<ApiResponse<List<ListedBranch>>> ListTagsAsync(
        string owner,
        string repo,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Get("/repos/{owner}/{repo}")]
    Task<Repository> GetRepositoryAsync(string owner, string repo, CancellationToken cancellationToken);

    [Get("/repos/{owner}/{repo}/git/ref/{**reference}")]
    Task<GitRef> GetAsync(string owner, string repo, string reference, CancellationToken cancellationToken);

    /// <summary>References whose names begin so; finding none is not an error.</summary>
    [Get("/repos/{owner}/{repo}/git/matching-refs/{**beginning}")]
    Task<List<GitRef>> ListMatchingAsync(string owner, string repo, string beginning, CancellationToken cancellationToken);

    [Get("/repos/{owner}/{repo}/git/tags/{sha}")]
    Task<TagObject> GetTagAsync(string owner, string repo, string sha, CancellationToken cancellationToken);

    [Post("/repos/{owner}/{repo}/git/refs")]
    Task<GitRef> CreateAsync(string owner, string repo, [Body] NewRef reference, CancellationToken cancellationToken);

    [Patch("/repos/{owner}/{repo}/git/refs/{**reference}")]
    Task<GitRef> MoveAsync(string owner, string repo, string reference, [Body] MovedRef target, CancellationToken cancellationToken);

    [Delete("/repos/{owner}/{repo}/git/refs/{**reference}")]
    Task DeleteAsync(string owner, string repo, string reference, CancellationToken cancellationToken);
}
