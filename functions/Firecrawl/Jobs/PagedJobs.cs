using System.Globalization;
using System.Text.Json.Nodes;
using Firecrawl.Upstream;
using ModelContextProtocol;

namespace Firecrawl.Jobs;

/// <summary>
/// Waits for crawls and batches and reads their pages as they arrive: each is downloaded once, and no more than an answer
/// holds. Where the next pages are is reckoned here: the API's own <c>next</c> links are never followed.
/// </summary>
internal sealed class PagedJobs(TimeProvider time)
{
    public const int LongestWait = 600;

    private const int PagesAtOnce = 20;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>Waits until the job ends or the time is over. A caller who gives up has the job cancelled.</summary>
    public async Task<string> RunAsync(PagedJob job, int waitSeconds, string note, IProgress<ProgressNotificationValue> progress, CancellationToken cancellationToken)
    {
        try
        {
            var pages = new JobPages(first: 0);
            var state = await WaitAsync(job, pages, TimeSpan.FromSeconds(Math.Clamp(waitSeconds, 0, LongestWait)), progress, cancellationToken);
            return Describe(job, state, pages, note);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The call's own time limit bounds it; the caller is gone.
            await job.CancelAsync(CancellationToken.None);
            throw;
        }
    }

    /// <summary>The state now, with the pages from the cursor on.</summary>
    public static async Task<string> ReadAsync(PagedJob job, string? cursor, CancellationToken cancellationToken)
    {
        var pages = new JobPages(ParseCursor(cursor));
        return Describe(job, await ReadPagesAsync(job, pages, cancellationToken), pages, note: null);
    }

    private async Task<JsonObject> WaitAsync(
        PagedJob job, JobPages pages, TimeSpan wait, IProgress<ProgressNotificationValue> progress, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var pause = FirstPause;
        while (true)
        {
            var state = await ReadPagesAsync(job, pages, cancellationToken);
            var total = JobState.Count(state, "total");
            progress.Report(new() { Progress = JobState.Count(state, "completed"), Total = total > 0 ? total : null, Message = $"{JobState.Status(state)}, {JobState.Count(state, "creditsUsed")} credits used" });
            var left = wait - time.GetElapsedTime(started);
            if (!JobState.IsRunning(state) || left <= TimeSpan.Zero)
            {
                return state;
            }

            await Task.Delay(pause < left ? pause : left, time, cancellationToken);
            pause = TimeSpan.FromTicks(Math.Min((long)(pause.Ticks * 1.5), LongestPause.Ticks));
        }
    }

    /// <summary>Takes what has arrived since the last reading; once the answer is full, only the state.</summary>
    private static async Task<JsonObject> ReadPagesAsync(PagedJob job, JobPages pages, CancellationToken cancellationToken)
    {
        while (true)
        {
            var state = await job.GetAsync(pages.IsFull ? Math.Max(pages.Next, pages.Seen) : pages.Next, pages.IsFull ? 1 : PagesAtOnce, cancellationToken);
            pages.Seen = JobState.Count(state, "completed");
            var taken = pages.IsFull ? 0 : pages.Take(state["data"] as JsonArray);
            state.Remove("data");
            if (taken == 0 || pages.IsFull || pages.Next >= pages.Seen)
            {
                return state;
            }
        }
    }

    private static string Describe(PagedJob job, JsonObject state, JobPages pages, string? note)
    {
        state.Remove("next");
        var answer = Body.Of(new { id = job.Id }).With(state);
        var isRunning = JobState.IsRunning(state);
        answer["data"] = pages.Collected;
        if (isRunning || pages.Next < pages.Seen)
        {
            answer["cursor"] = pages.Next.ToString(CultureInfo.InvariantCulture);
            note += isRunning
                ? $" Still running: ask {job.StatusTool} with this id and cursor, do not start it again; firecrawl_cancel ends it."
                : $" More pages: ask {job.StatusTool} with this id and cursor.";
        }

        if (!string.IsNullOrWhiteSpace(note))
        {
            answer["note"] = note.Trim();
        }

        answer.Remove("success");
        return answer.ToJsonString(Body.Options);
    }

    private static int ParseCursor(string? cursor) =>
        cursor is null ? 0
        : int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var first) ? first
        : throw new McpException($"cursor='{cursor}' is none: give the cursor of the last answer, or leave it out for the first pages.");
}
