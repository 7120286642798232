using GitHub.Api;
using Refit;

namespace GitHub.Commits;

/// <summary>https://docs.github.com/en/rest/commits/commits</summary>
internal interface ICommitsApi
{
    [Get("/repos/{owner}/{repo}/commits")]
    Task<ApiResponse<List<Commit>>> ListAsync(
        string owner,
        string repo,
        string? sha,
        string? path,
        string? author,
        string? since,
        string? until,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Get("/repos/{owner}/{repo}/commits/{reference}")]
    Task<ApiResponse<Commit>> GetAsync(
        string owner,
        string repo,
        string reference,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Get("/repos/{owner}/{repo}/compare/{basehead}")]
    Task<ApiResponse<Comparison>> CompareAsync(
        string owner,
        string repo,
        string basehead,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Get("/search/commits")]
    Task<ApiResponse<SearchList<Commit>>> SearchAsync(
        string q,
        string? sort,
        string? order,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );
}
