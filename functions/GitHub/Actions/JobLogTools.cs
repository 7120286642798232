using System.Security.Claims;
using GitHub.Api;
using McpGateway.Authentication;
using McpGateway.Tools.Answers;
using McpGateway.Upstream;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace GitHub.Actions;

/// <summary>The logs of jobs.</summary>
internal sealed partial class JobLogTools(IActionsApi api, JobLogs logs, LongAnswers answers)
{
    private const string LogsName = "get_job_logs";
    private const int MostLogs = 20;
    private const int MostAtOnce = 4;
    private const int MostPagesOfJobs = 10;

    /// <summary>
    /// The log of a job, or of a run's jobs: the first error with what led to it, then the last lines. moreCursor is for read_more, which
    /// finds words in all of it.
    /// </summary>
    /// <param name="run_id">All of its jobs; with failed_only those that failed.</param>
    /// <param name="job_name">With run_id, only jobs with this name, or a part of it.</param>
    /// <param name="return_content">false: only links.</param>
    [TextMembers("*.first_error", "*.logs")]
    [McpServerTool(Name = LogsName, Title = "Get job logs", ReadOnly = true)]
    public async partial Task<JobLogList> GetJobLogsAsync(
        string owner,
        string repo,
        long? job_id = null,
        long? run_id = null,
        string? job_name = null,
        bool? failed_only = null,
        bool? return_content = null,
        int tail_lines = 500,
        ClaimsPrincipal? user = null,
        CancellationToken cancellationToken = default
    )
    {
        if (job_id is not null && failed_only == true)
        {
            throw new McpException($"job_id={job_id} is one job, and failed_only asks for those of a run that failed: give one of them.");
        }

        if (job_id is { } id)
        {
            var job = await api.GetJobAsync(owner, repo, $"{id}", cancellationToken);
            if ((run_id ?? job.RunId) != job.RunId || !IsNamed(job, job_name))
            {
                throw new McpException(
                    $"job_id={id} is the job {job.Name} of run {job.RunId}, which is not what run_id or job_name says: give job_id alone, or leave it out."
                );
            }

            var log = await LogOfAsync(owner, repo, job, return_content, tail_lines, cancellationToken);
            return new([await KeepAsync(log, user, cancellationToken)]);
        }

        var run = run_id ?? throw new McpException(failed_only == true ? "failed_only needs run_id." : "Give job_id, or run_id.");
        var (all, isWhole) = await Paging.AllAsync(
            page =>
                api.ListJobsAsync(owner, repo, $"{run}", "latest", page == 1 ? null : page, 100, cancellationToken)
                    .ToPageAsync(list => list.Jobs, list => list.TotalCount),
            MostPagesOfJobs
        );
        var jobs = all.Where(job => IsNamed(job, job_name)).ToList();
        var wanted = jobs.Where(job => failed_only != true || Failed(job)).ToList();
        var read = new JobLog[Math.Min(wanted.Count, MostLogs)];
        await Parallel.ForAsync(
            0,
            read.Length,
            new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = cancellationToken },
            async (i, token) => read[i] = await TryLogOfAsync(owner, repo, wanted[i], return_content, tail_lines, token)
        );
        for (var i = 0; i < read.Length; i++)
        {
            read[i] = await KeepAsync(read[i], user, cancellationToken);
        }

        var note = Describe(run, jobs, wanted, job_name);
        return new(
            read,
            isWhole
                ? note
                : $"Only the run's first {all.Count} jobs were looked at: actions_list list_workflow_jobs has all. {note}".TrimEnd()
        );
    }

    private async Task<JobLog> KeepAsync(JobLog log, ClaimsPrincipal? user, CancellationToken cancellationToken) =>
        log.Searchable is { } text
            ? log with
            {
                MoreCursor = await answers.KeepAsync(text, 0, LogsName, user?.CallerName(), cancellationToken),
            }
            : log;

    private static bool IsNamed(WorkflowJob job, string? name) =>
        name is null || job.Name.Contains(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>A job that did not do what it should; one that is not done has no conclusion.</summary>
    private static bool Failed(WorkflowJob job) => job.Conclusion is not (null or "success" or "skipped" or "neutral");

    private static string? Describe(long run, List<WorkflowJob> jobs, List<WorkflowJob> wanted, string? name)
    {
        var undone = jobs.Count(job => job.Conclusion is null);
        return jobs.Count == 0 && name is not null ? $"Run {run} has no job with '{name}' in its name: see actions_list list_workflow_jobs."
            : jobs.Count == 0 ? $"Run {run} has no jobs: if it failed, its workflow file is probably not valid."
            : wanted.Count > MostLogs
                ? $"These are the first {MostLogs} of {wanted.Count} jobs. The others, for job_id: "
                    + $"{string.Join(", ", wanted.Skip(MostLogs).Select(job => $"{job.Id} ({job.Name})"))}."
            : wanted.Count > 0 ? (undone > 0 ? $"{undone} of the run's jobs are not done yet." : null)
            : undone > 0 ? $"No job of this run failed so far; {undone} of {jobs.Count} are not done yet."
            : "No job of this run failed.";
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
}
