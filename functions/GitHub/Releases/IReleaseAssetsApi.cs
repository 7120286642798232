using Refit;

namespace GitHub.Releases;

/// <summary>https://docs.github.com/en/rest/releases/assets</summary>
internal interface IReleaseAssetsApi
{
    [Get("/repos/{owner}/{repo}/releases/{release_id}/assets")]
    Task<ApiResponse<List<ReleaseAsset>>> ListAsync(
        string owner,
        string repo,
        long release_id,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Get("/repos/{owner}/{repo}/releases/assets/{asset_id}")]
    Task<ReleaseAsset> GetAsync(string owner, string repo, long asset_id, CancellationToken cancellationToken);

    [Delete("/repos/{owner}/{repo}/releases/assets/{asset_id}")]
    Task DeleteAsync(string owner, string repo, long asset_id, CancellationToken cancellationToken);
}

/// <summary>The one call that goes to the host for uploads.</summary>
internal interface IUploadsApi
{
    [Post("/repos/{owner}/{repo}/releases/{release_id}/assets")]
    Task<ReleaseAsset> UploadAsync(
        string owner,
        string repo,
        long release_id,
        string name,
        string? label,
        [Body] HttpContent file,
        CancellationToken cancellationToken
    );
}
