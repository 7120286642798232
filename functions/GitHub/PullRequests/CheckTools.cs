using GitHub.Api;
using McpGateway.Tools.Schemas;
using McpGateway.Upstream.Calls;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace GitHub.PullRequests;

/// <summary>Waiting for checks.</summary>
internal sealed partial class CheckTools(IPullRequestsApi api, Pause pause, TimeProvider time)
{
    private const int MostSeconds = 900;
    private const int MostPages = 10;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(10);

    /// <summary>How long checks may take to show up before there are none.</summary>
    private static readonly TimeSpan UntilThereAreNone = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Wait until the checks and commit statuses of a pull request or commit are done, and report how they ended: success,
    /// failure, pending (time is up) or none.
    /// </summary>
    /// <param name="reference">Branch, tag or commit, instead of pullNumber.</param>
    /// <param name="timeout_seconds">At most 900. Call again while it is pending.</param>
    [McpServerTool(Name = "wait_for_checks", Title = "Wait for checks", ReadOnly = true)]
    public async partial Task<ChecksOutcome> WaitForChecksAsync(
        string owner,
        string repo,
        IProgress<ProgressNotificationValue> progress,
        int? pullNumber = null,
        [WireName("ref")] string? reference = null,
        [AtLeast(0)] int timeout_seconds = 240,
        CancellationToken cancellationToken = default
    )
    {
        if ((pullNumber is null) == (reference is null) || timeout_seconds > MostSeconds)
        {
            throw new McpException(
                timeout_seconds > MostSeconds
                    ? $"timeout_seconds={timeout_seconds} is not between 0 and {MostSeconds}."
                    : "Give either pullNumber or ref."
            );
        }

        var commit = pullNumber is { } number ? (await api.GetAsync(owner, repo, number, cancellationToken)).HeadSha : reference!;
        var start = time.GetUtcNow();
        while (true)
        {
            var (checks, isWhole) = await ReadAsync(owner, repo, commit, cancellationToken);
            var waited = time.GetUtcNow() - start;
            var pending = checks.Count(check => check.Outcome is null);
            var mayStillCome = checks.Count == 0 && waited < UntilThereAreNone;
            if ((pending == 0 && !mayStillCome) || waited + BetweenLooks > TimeSpan.FromSeconds(timeout_seconds))
            {
                return Describe(commit, checks, isWhole);
            }

            progress.Report(
                new()
                {
                    Progress = (float)waited.TotalSeconds,
                    Total = timeout_seconds,
                    Message = $"{checks.Count - pending} of {checks.Count} checks are done",
                }
            );
            if (!await pause.WaitAsync(BetweenLooks, cancellationToken))
            {
                // Where there are no checks yet, there may still be some.
                return Describe(commit, checks, isWhole) is var soFar && soFar.State == "none" ? soFar with { State = "pending" } : soFar;
            }
        }
    }

    private static ChecksOutcome Describe(string commit, List<Check> checks, bool isWhole)
    {
        var failed = checks.Where(check => check.Outcome is not (null or "success" or "neutral" or "skipped")).ToList();
        var state =
            failed.Count > 0 ? "failure"
            : checks.Exists(check => check.Outcome is null) ? "pending"
            : checks.Count > 0 ? "success"
            : "none";
        return new(
            state,
            commit,
            checks.Count,
            checks.Count(check => check.Outcome is null),
            failed.Count > 0 ? failed : null,
            checks.Where(check => check.Outcome is null).Select(check => check.Name).ToList() is { Count: > 0 } undone ? undone : null,
            isWhole ? null : $"There are more than these {checks.Count}, which were not looked at: see pull_request_read get_check_runs."
        );
    }

    private async Task<(List<Check> Checks, bool IsWhole)> ReadAsync(
        string owner,
        string repo,
        string commit,
        CancellationToken cancellationToken
    )
    {
        var (runs, hasAllRuns) = await Paging.AllAsync(
            page =>
                api.ListCheckRunsAsync(owner, repo, commit, page, 100, cancellationToken)
                    .ToPageAsync(list => list.CheckRuns, list => list.TotalCount),
            MostPages
        );
        var (statuses, hasAllStatuses) = await Paging.AllAsync(
            page =>
                api.GetStatusAsync(owner, repo, commit, page, 100, cancellationToken)
                    .ToPageAsync(status => status.Statuses, status => status.TotalCount),
            MostPages
        );
        List<Check> checks =
        [
            .. runs.Select(run => new Check(run.Name, run.Status == "completed" ? run.Conclusion : null, run.HtmlUrl)),
            .. statuses.Select(status => new Check(status.Context, status.State == "pending" ? null : status.State, status.TargetUrl)),
        ];
        if (checks.TrueForAll(check => check.Outcome is not null))
        {
            checks.AddRange(await ReadOpenAsync(owner, repo, commit, cancellationToken));
        }

        return (checks, hasAllRuns && hasAllStatuses);
    }

    /// <summary>What has begun no check yet, or is between two.</summary>
    private async Task<IEnumerable<Check>> ReadOpenAsync(string owner, string repo, string commit, CancellationToken cancellationToken)
    {
        var (suites, _) = await Paging.AllAsync(
            page =>
                api.ListCheckSuitesAsync(owner, repo, commit, page, 100, cancellationToken)
                    .ToPageAsync(list => list.CheckSuites, list => list.TotalCount),
            MostPages
        );
        return suites
            .Where(suite => suite.IsToGoOn)
            .Select(suite => new Check($"{suite.App?.Name ?? "An app"} ({suite.Status}): checks that have not begun", null, null));
    }
}

/// <param name="Outcome">Null while it is not done.</param>
internal sealed record Check(string Name, string? Outcome, string? Url);

/// <param name="State">success, failure, pending or none.</param>
internal sealed record ChecksOutcome(
    string State,
    string Commit,
    int Total,
    int Pending,
    IReadOnlyList<Check>? Failed = null,
    IReadOnlyList<string>? Undone = null,
    string? Note = null
);
