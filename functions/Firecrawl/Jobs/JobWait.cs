using System.Text.Json.Nodes;
using Firecrawl.Answers;
using Firecrawl.Upstream;
using McpGateway.Upstream;
using McpGateway.Upstream.Calls;
using Microsoft.Extensions.Hosting;
using ModelContextProtocol;

namespace Firecrawl.Jobs;

/// <summary>
/// Waits for jobs, tells how far they are, and cancels those whose caller gives up. A gateway that stops lets them run: the callers get
/// what there is, with the id to go on with.
/// </summary>
internal sealed class JobWait(Pause pause, TimeProvider time, IHostApplicationLifetime lifetime)
{
    public const int LongestWait = 600;

    // MCP wants each notification to be beyond the one before, and clients take one for a sign of life.
    private const float SmallestStep = 0.01f;

    // The end is noticed within it.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    /// <summary>Waits until the job ends or the time is over.</summary>
    /// <returns>The last state.</returns>
    /// <exception cref="UpstreamException">The state could not be read; the message says how to go on, for the job runs.</exception>
    public async Task<JsonObject> RunAsync(
        Job job,
        int waitSeconds,
        IProgress<ProgressNotificationValue> progress,
        CancellationToken cancellationToken
    )
    {
        Patience.AllowSeconds(Math.Min(waitSeconds, LongestWait));
        try
        {
            return await PollAsync(job, TimeSpan.FromSeconds(Math.Clamp(waitSeconds, 0, LongestWait)), progress, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            if (job.CancelAsync is not null && !lifetime.ApplicationStopping.IsCancellationRequested)
            {
                // The caller is gone, and with it the call's time.
                Patience.AllowSeconds(1);
                await job.CancelAsync(CancellationToken.None);
            }

            throw;
        }
        catch (UpstreamException e)
        {
            throw new UpstreamException(
                $"{e.Message} The job itself was started, as id='{job.Id}': ask {job.StatusTool}, do not start it again.",
                e.Status,
                e
            )
            {
                Code = e.Code,
            };
        }
    }

    /// <summary>The result of a job without pages.</summary>
    public static string Describe(Job job, JsonObject state)
    {
        var answer = Body.Of(new { id = job.Id }).With(state);
        if (JobState.IsRunning(state))
        {
            answer["note"] =
                $"Still running: ask {job.StatusTool} with this id in 15 to 30 s, do not start it "
                + $"again{(job.CancelAsync is null ? "" : "; firecrawl_cancel ends it")}.";
        }

        return Answer.Of(answer);
    }

    private async Task<JsonObject> PollAsync(
        Job job,
        TimeSpan wait,
        IProgress<ProgressNotificationValue> progress,
        CancellationToken cancellationToken
    )
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var started = time.GetTimestamp();
        var told = SmallestStep;
        JsonObject? state = null;
        progress.Report(new() { Progress = told, Message = $"Started as id='{job.Id}'; {job.StatusTool} asks for it again" });
        try
        {
            while (true)
            {
                state = JobState.Check(await job.ReadAsync(ending.Token));
                var left = wait - time.GetElapsedTime(started);
                told = Math.Max(
                    told + SmallestStep,
                    state.ContainsKey("total") ? JobState.Count(state, "completed") : (float)(wait - left).TotalSeconds
                );
                progress.Report(Tell(state, told));
                if (
                    !JobState.IsRunning(state)
                    || left <= TimeSpan.Zero
                    || !await pause.WaitAsync(BetweenLooks < left ? BetweenLooks : left, cancellationToken)
                )
                {
                    return state;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && ending.IsCancellationRequested)
        {
            return state ?? JobState.Started([]);
        }
    }

    private static ProgressNotificationValue Tell(JsonObject state, float progress) =>
        new()
        {
            Progress = progress,
            Total = JobState.Count(state, "total") is > 0 and var total ? total : null,
            Message =
                JobState.Status(state)
                // A self-hosted server that does not count them says -1.
                + (
                    state.ContainsKey("creditsUsed") && JobState.Count(state, "creditsUsed") is >= 0 and var used
                        ? $", {used} credits used"
                        : ""
                ),
        };
}
