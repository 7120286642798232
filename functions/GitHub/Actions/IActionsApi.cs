using Refit;

namespace GitHub.Actions;

/// <summary>https://docs.github.com/en/rest/actions</summary>
internal interface IActionsApi
{
    [Get("/repos/{owner}/{repo}/actions/workflows")]
    Task<ApiResponse<WorkflowList>> ListWorkflowsAsync(
        string owner,
        string repo,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Get("/repos/{owner}/{repo}/actions/workflows/{workflow_id}")]
    Task<Workflow> GetWorkflowAsync(string owner, string repo, string workflow_id, CancellationToken cancellationToken);

    [Get("/repos/{owner}/{repo}/actions/runs")]
    Task<ApiResponse<WorkflowRunList>> ListRunsAsync(
        string owner,
        string repo,
        string? actor,
        string? branch,
        [AliasAs("event")] string? trigger,
        string? status,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Get("/repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs")]
    Task<ApiResponse<WorkflowRunList>> ListRunsOfAsync(
        string owner,
        string repo,
        string workflow_id,
        string? actor,
        string? branch,
        [AliasAs("event")] string? trigger,
        string? status,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Get("/repos/{owner}/{repo}/actions/runs/{run_id}")]
    Task<WorkflowRun> GetRunAsync(string owner, string repo, string run_id, CancellationToken cancellationToken);

    [Get("/repos/{owner}/{repo}/actions/runs/{run_id}/jobs")]
    Task<ApiResponse<WorkflowJobList>> ListJobsAsync(
        string owner,
        string repo,
        string run_id,
        string? filter,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Get("/repos/{owner}/{repo}/actions/jobs/{job_id}")]
    Task<WorkflowJob> GetJobAsync(string owner, string repo, string job_id, CancellationToken cancellationToken);

    [Get("/repos/{owner}/{repo}/actions/runs/{run_id}/artifacts")]
    Task<ApiResponse<ArtifactList>> ListArtifactsAsync(
        string owner,
        string repo,
        string run_id,
        int? page,
        int? per_page,
        CancellationToken cancellationToken
    );

    [Get("/repos/{owner}/{repo}/actions/runs/{run_id}/timing")]
    Task<RunUsage> GetUsageAsync(string owner, string repo, string run_id, CancellationToken cancellationToken);

    [Post("/repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches")]
    Task RunAsync(string owner, string repo, string workflow_id, [Body] Dispatch dispatch, CancellationToken cancellationToken);

    [Post("/repos/{owner}/{repo}/actions/runs/{run_id}/rerun")]
    Task RerunAsync(string owner, string repo, long run_id, CancellationToken cancellationToken);

    [Post("/repos/{owner}/{repo}/actions/runs/{run_id}/rerun-failed-jobs")]
    Task RerunFailedAsync(string owner, string repo, long run_id, CancellationToken cancellationToken);

    [Post("/repos/{owner}/{repo}/actions/runs/{run_id}/cancel")]
    Task CancelAsync(string owner, string repo, long run_id, CancellationToken cancellationToken);

    [Delete("/repos/{owner}/{repo}/actions/runs/{run_id}/logs")]
    Task DeleteLogsAsync(string owner, string repo, long run_id, CancellationToken cancellationToken);
}
