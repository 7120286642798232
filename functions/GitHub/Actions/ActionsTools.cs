using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using GitHub.Answers;
using GitHub.Api;
using GitHub.Branches;
using GitHub.Repositories;
using McpGateway.Tools.Schemas;
using ModelContextProtocol;
using ModelContextProtocol.Server;
using Refit;

namespace GitHub.Actions;

/// <summary>Workflows, their runs and jobs.</summary>
internal sealed partial class ActionsTools(IActionsApi api, IDownloadsApi downloads)
{
    private const string SoonGone = "The link needs no token; it works for about a minute.";

    /// <summary>List workflows, their runs, a run's jobs or its artifacts.</summary>
    /// <param name="resource_id">list_workflows: none. list_workflow_runs: a workflow's id or file name, or none for all. The others: a run's id.</param>
    /// <param name="workflow_runs_filter">Only with list_workflow_runs.</param>
    /// <param name="workflow_jobs_filter">Only with list_workflow_jobs.</param>
    [McpServerTool(Name = "actions_list", Title = "List workflows, runs and jobs", ReadOnly = true)]
    public async partial Task<object> ListAsync(
        [AllowedValues("list_workflows", "list_workflow_runs", "list_workflow_jobs", "list_workflow_run_artifacts")] string method,
        string owner,
        string repo,
        [OnlyWith("list_workflow_runs", "list_workflow_jobs", "list_workflow_run_artifacts")] string? resource_id = null,
        [OnlyWith("list_workflow_runs")] RunsFilter? workflow_runs_filter = null,
        [OnlyWith("list_workflow_jobs")] JobsFilter? workflow_jobs_filter = null,
        int? page = null,
        int? per_page = null,
        CancellationToken cancellationToken = default
    )
    {
        var runs = workflow_runs_filter ?? new();
        return method switch
        {
            "list_workflows" => await api.ListWorkflowsAsync(owner, repo, page, per_page, cancellationToken)
                .ToPageAsync(list => list.Workflows, list => list.TotalCount),
            "list_workflow_runs" => OfSearch(await ListRunsAsync().ToPageAsync(list => list.WorkflowRuns, list => list.TotalCount)),
            "list_workflow_jobs" => await api.ListJobsAsync(
                    owner,
                    repo,
                    RunOf(resource_id, method),
                    workflow_jobs_filter?.Filter,
                    page,
                    per_page,
                    cancellationToken
                )
                .ToPageAsync(list => list.Jobs, list => list.TotalCount),
            _ => await api.ListArtifactsAsync(owner, repo, RunOf(resource_id, method), page, per_page, cancellationToken)
                .ToPageAsync(list => list.Artifacts, list => list.TotalCount),
        };

        Task<ApiResponse<WorkflowRunList>> ListRunsAsync()
        {
            var branch = BranchName.Of(runs.Branch);
            return resource_id is null
                ? api.ListRunsAsync(owner, repo, runs.Actor, branch, runs.Event, runs.Status, page, per_page, cancellationToken)
                : api.ListRunsOfAsync(
                    owner,
                    repo,
                    resource_id,
                    runs.Actor,
                    branch,
                    runs.Event,
                    runs.Status,
                    page,
                    per_page,
                    cancellationToken
                );
        }

        // With a filter GitHub searches.
        Page<WorkflowRun> OfSearch(Page<WorkflowRun> found) => runs == new RunsFilter() ? found : found.OfSearch();
    }

    /// <summary>Read one workflow, run or job, a run's billed time, or a link to download an artifact or a run's logs.</summary>
    /// <param name="resource_id">get_workflow: id or file name. get_workflow_job: job id. download_workflow_run_artifact: artifact id.
    /// The others: run id.</param>
    [McpServerTool(Name = "actions_get", Title = "Get details of Actions", ReadOnly = true)]
    public async partial Task<object> GetAsync(
        [AllowedValues(
            "get_workflow",
            "get_workflow_run",
            "get_workflow_job",
            "download_workflow_run_artifact",
            "get_workflow_run_usage",
            "get_workflow_run_logs_url"
        )]
            string method,
        string owner,
        string repo,
        string resource_id,
        CancellationToken cancellationToken
    ) =>
        method switch
        {
            "get_workflow" => await api.GetWorkflowAsync(owner, repo, resource_id, cancellationToken),
            "get_workflow_run" => await api.GetRunAsync(owner, repo, resource_id, cancellationToken),
            "get_workflow_job" => await api.GetJobAsync(owner, repo, resource_id, cancellationToken),
            "get_workflow_run_usage" => await api.GetUsageAsync(owner, repo, resource_id, cancellationToken),
            "download_workflow_run_artifact" => new Download(
                await downloads.GetArtifactAsync(owner, repo, resource_id, "zip", cancellationToken),
                SoonGone
            ),
            _ => new Download(await downloads.GetRunLogsAsync(owner, repo, resource_id, cancellationToken), SoonGone),
        };

    /// <summary>Run a workflow; rerun, cancel or delete the logs of a run.</summary>
    /// <param name="workflow_id">Id or file name; with run_workflow.</param>
    /// <param name="gitRef">Branch or tag; with run_workflow.</param>
    /// <param name="inputs">What the workflow asks for; with run_workflow.</param>
    /// <param name="run_id">With all but run_workflow.</param>
    [McpServerTool(Name = "actions_run_trigger", Title = "Run, rerun or cancel a workflow", Destructive = true)]
    public async partial Task<Done> TriggerAsync(
        [AllowedValues("run_workflow", "rerun_workflow_run", "rerun_failed_jobs", "cancel_workflow_run", "delete_workflow_run_logs")]
            string method,
        string owner,
        string repo,
        [OnlyWith("run_workflow")] string? workflow_id = null,
        [OnlyWith("run_workflow"), WireName("ref")] string? gitRef = null,
        [OnlyWith("run_workflow")] JsonObject? inputs = null,
        [OnlyWith("rerun_workflow_run", "rerun_failed_jobs", "cancel_workflow_run", "delete_workflow_run_logs")] long? run_id = null,
        CancellationToken cancellationToken = default
    )
    {
        if (method == "run_workflow")
        {
            var workflow = workflow_id ?? throw new McpException("method='run_workflow' needs workflow_id: its id or file name.");
            await api.RunAsync(
                owner,
                repo,
                workflow,
                new(gitRef ?? throw new McpException("method='run_workflow' needs ref: a branch or tag."), inputs),
                cancellationToken
            );
            return new($"{workflow} is queued on {gitRef}; see actions_list list_workflow_runs.");
        }

        var run = run_id ?? throw new McpException($"method='{method}' needs run_id.");
        await (
            method switch
            {
                "rerun_workflow_run" => api.RerunAsync(owner, repo, run, cancellationToken),
                "rerun_failed_jobs" => api.RerunFailedAsync(owner, repo, run, cancellationToken),
                "cancel_workflow_run" => api.CancelAsync(owner, repo, run, cancellationToken),
                _ => api.DeleteLogsAsync(owner, repo, run, cancellationToken),
            }
        );
        return new($"Done: {method} for run {run}.");
    }

    private static string RunOf(string? resourceId, string method) =>
        resourceId ?? throw new McpException($"method='{method}' needs resource_id: the id of a run.");
}
