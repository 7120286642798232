using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using GitHub.Api;
using GitHub.Repositories;
using McpGateway.Tools.Answers;
using McpGateway.Tools.Schemas;
using McpGateway.Upstream;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace GitHub.Actions;

/// <summary>GitHub Actions: workflows, their runs and jobs.</summary>
internal sealed partial class ActionsTools(IActionsApi api, IDownloadsApi downloads, JobLogs logs)
{
    private const int MostLogs = 20;
    private const int MostAtOnce = 4;
    private const int MostPagesOfJobs = 10;
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
        string? resource_id = null,
        RunsFilter? workflow_runs_filter = null,
        JobsFilter? workflow_jobs_filter = null,
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
            "list_workflow_runs" when resource_id is null => await api.ListRunsAsync(
                    owner,
                    repo,
                    runs.Actor,
                    runs.Branch,
                    runs.Event,
                    runs.Status,
                    page,
                    per_page,
                    cancellationToken
                )
                .ToPageAsync(list => list.WorkflowRuns, list => list.TotalCount),
            "list_workflow_runs" => await api.ListRunsOfAsync(
                    owner,
                    repo,
                    resource_id,
                    runs.Actor,
                    runs.Branch,
                    runs.Event,
                    runs.Status,
                    page,
                    per_page,
                    cancellationToken
                )
                .ToPageAsync(list => list.WorkflowRuns, list => list.TotalCount),
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
    }

    /// <summary>Read one workflow, run or job, a run's billed time, or a link to download an artifact or a run's logs.</summary>
    /// <param name="resource_id">get_workflow: id or file name. get_workflow_job: job id. download_workflow_run_artifact: artifact id. The others: run id.</param>
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
        string? workflow_id = null,
        [WireName("ref")] string? gitRef = null,
        JsonObject? inputs = null,
        long? run_id = null,
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

    /// <summary>The log of a job, or of a run's jobs: the first error with what led to it, then the last lines.</summary>
    /// <param name="run_id">All of its jobs; with failed_only those that failed.</param>
    /// <param name="job_name">Ours: with run_id, only jobs with this name, or a part of it.</param>
    /// <param name="return_content">false: only links.</param>
    [TextMembers("*.first_error", "*.logs")]
    [McpServerTool(Name = "get_job_logs", Title = "Get job logs", ReadOnly = true)]
    public async partial Task<JobLogList> GetJobLogsAsync(
        string owner,
        string repo,
        long? job_id = null,
        long? run_id = null,
        string? job_name = null,
        bool? failed_only = null,
        bool? return_content = null,
        int tail_lines = 500,
        CancellationToken cancellationToken = default
    )
    {
        if (job_id is { } id && failed_only != true)
        {
            var job = await api.GetJobAsync(owner, repo, $"{id}", cancellationToken);
            return new([await LogOfAsync(owner, repo, job, return_content, tail_lines, cancellationToken)]);
        }

        var run = run_id ?? throw new McpException(failed_only == true ? "failed_only needs run_id." : "Give job_id, or run_id.");
        var jobs = (await AllJobsAsync(owner, repo, run, cancellationToken))
            .Where(job => job_name is null || job.Name.Contains(job_name, StringComparison.OrdinalIgnoreCase))
            .ToList();
        var wanted = jobs.Where(job => failed_only != true || Failed(job)).ToList();
        var read = new JobLog[Math.Min(wanted.Count, MostLogs)];
        await Parallel.ForAsync(
            0,
            read.Length,
            new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = cancellationToken },
            async (i, token) => read[i] = await TryLogOfAsync(owner, repo, wanted[i], return_content, tail_lines, token)
        );
        return new(read, Describe(run, jobs, wanted, job_name));
    }

    /// <summary>A job that did not do what it should; one that is not done has no conclusion.</summary>
    private static bool Failed(WorkflowJob job) => job.Conclusion is not (null or "success" or "skipped" or "neutral");

    private static string? Describe(long run, List<WorkflowJob> jobs, List<WorkflowJob> wanted, string? name)
    {
        var undone = jobs.Count(job => job.Conclusion is null);
        return jobs.Count == 0 && name is not null ? $"Run {run} has no job with '{name}' in its name: see actions_list list_workflow_jobs."
            : jobs.Count == 0 ? $"Run {run} has no jobs: if it failed, its workflow file is probably not valid."
            : wanted.Count > MostLogs
                ? $"These are the first {MostLogs} of {wanted.Count} jobs. The others, for job_id: {string.Join(", ", wanted.Skip(MostLogs).Select(job => $"{job.Id} ({job.Name})"))}."
            : wanted.Count > 0 ? (undone > 0 ? $"{undone} of the run's jobs are not done yet." : null)
            : undone > 0 ? $"No job of this run failed so far; {undone} of {jobs.Count} are not done yet."
            : "No job of this run failed.";
    }

    private async Task<List<WorkflowJob>> AllJobsAsync(string owner, string repo, long run, CancellationToken cancellationToken)
    {
        var all = new List<WorkflowJob>();
        for (int? page = 1; page is { } wanted and <= MostPagesOfJobs; )
        {
            var found = await api.ListJobsAsync(owner, repo, $"{run}", "latest", wanted == 1 ? null : wanted, 100, cancellationToken)
                .ToPageAsync(list => list.Jobs, list => list.TotalCount);
            all.AddRange(found.Items);
            page = found.NextPage;
        }

        return all;
    }

    private async Task<JobLog> LogOfAsync(
        string owner,
        string repo,
        WorkflowJob job,
        bool? content,
        int tailLines,
        CancellationToken cancellationToken
    ) =>
        content == false
            ? new(job.Id, job.Name, job.Conclusion, null, LogsUrl: await logs.LinkAsync(owner, repo, job.Id, cancellationToken))
            : await logs.ReadAsync(owner, repo, job, tailLines, cancellationToken);

    /// <summary>One log of several that cannot be had does not take the others with it.</summary>
    private async Task<JobLog> TryLogOfAsync(
        string owner,
        string repo,
        WorkflowJob job,
        bool? content,
        int tailLines,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await LogOfAsync(owner, repo, job, content, tailLines, cancellationToken);
        }
        catch (UpstreamException e) when (e is not UpstreamNotAskedException)
        {
            return new(job.Id, job.Name, job.Conclusion, null, Problem: e.Message);
        }
    }

    private static string RunOf(string? resourceId, string method) =>
        resourceId ?? throw new McpException($"method='{method}' needs resource_id: the id of a run.");
}
