using Refit;

namespace GitHub.Releases;

/// <summary>https://docs.github.com/en/rest/releases/releases</summary>
internal interface IReleasesApi
{
    [Get("/repos/{owner}/{repo}/releases")]
    Task<ApiResponse<List<Release>>> ListAsync(string owner, string repo, int? page, int? per_page, CancellationToken cancellationToken);

    [Get("/repos/{owner}/{repo}/releases/{release_id}")]
    Task<Release> GetAsync(string owner, string repo, long release_id, CancellationToken cancellationToken);

    [Get("/repos/{owner}/{repo}/releases/latest")]
    Task<Release> GetLatestAsync(string owner, string repo, CancellationToken cancellationToken);

    [Get("/repos/{owner}/{repo}/releases/tags/{tag}")]
    Task<Release> GetByTagAsync(string owner, string repo, string tag, CancellationToken cancellationToken);

    [Post("/repos/{owner}/{repo}/releases")]
    Task<Release> CreateAsync(string owner, string repo, [Body] ReleaseEdit release, CancellationToken cancellationToken);

    [Patch("/repos/{owner}/{repo}/releases/{release_id}")]
    Task<Release> UpdateAsync(
        string owner,
        string repo,
        long release_id,
        [Body] Dictionary<string, object> edit,
        CancellationToken cancellationToken
    );
}
