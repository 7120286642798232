using Refit;

namespace GitHub.Actions;

/// <summary>Endpoints that respond with a link to another host, which is what these calls return.</summary>
internal interface IDownloadsApi
{
    [Get("/repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}")]
    Task<string> GetArtifactAsync(
        string owner,
        string repo,
        string artifact_id,
        string archive_format,
        CancellationToken cancellationToken
    );

    [Get("/repos/{owner}/{repo}/actions/runs/{run_id}/logs")]
    Task<string> GetRunLogsAsync(string owner, string repo, string run_id, CancellationToken cancellationToken);

    [Get("/repos/{owner}/{repo}/actions/jobs/{job_id}/logs")]
    Task<string> GetJobLogsAsync(string owner, string repo, string job_id, CancellationToken cancellationToken);

    [Get("/repos/{owner}/{repo}/releases/assets/{asset_id}"), Headers("Accept: application/octet-stream")]
    Task<string> GetReleaseAssetAsync(string owner, string repo, long asset_id, CancellationToken cancellationToken);
}
