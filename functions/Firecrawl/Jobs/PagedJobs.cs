using System.Globalization;
using System.Text.Json.Nodes;
using Firecrawl.Upstream;
using ModelContextProtocol;

namespace Firecrawl.Jobs;

/// <summary>
/// Reads the pages of crawls and batches as they arrive: each is downloaded once, and no more than a result holds. This class
/// computes where the next pages are: the API's own <c>next</c> links are never followed.
/// </summary>
internal sealed class PagedJobs(JobWait wait, SparePages spare)
{
    private const int PagesAtOnce = 20;

    // No job has so many pages: only the state is returned.
    private const int BeyondAllPages = 100_000_000;

    /// <summary>Waits until the job ends or the time is over. A caller who gives up has the job cancelled.</summary>
    public async Task<string> RunAsync(
        PagedJob job,
        int waitSeconds,
        string note,
        IProgress<ProgressNotificationValue> progress,
        CancellationToken cancellationToken
    )
    {
        var pages = new JobPages(first: 0);
        var state = await wait.RunAsync(
            new(job.Id, job.StatusTool, token => ReadPagesAsync(job, pages, token), job.CancelAsync),
            waitSeconds,
            progress,
            cancellationToken
        );
        return Describe(job, state, pages, note);
    }

    /// <summary>The state now, with the pages from the cursor on.</summary>
    public async Task<string> ReadAsync(PagedJob job, string? cursor, CancellationToken cancellationToken)
    {
        var pages = new JobPages(ParseCursor(cursor));
        return Describe(job, await ReadPagesAsync(job, pages, cancellationToken), pages, note: null);
    }

    /// <summary>Takes what has arrived since the last reading; once the result is full, only the state.</summary>
    private async Task<JsonObject> ReadPagesAsync(PagedJob job, JobPages pages, CancellationToken cancellationToken)
    {
        while (true)
        {
            spare.MoveTo(pages, job);
            var state = pages.IsFull
                ? await job.GetAsync(BeyondAllPages, 1, cancellationToken)
                : await job.GetAsync(pages.Next, PagesAtOnce, cancellationToken);
            pages.Seen = JobState.Count(state, "completed");
            var arrived = pages.IsFull ? null : state["data"] as JsonArray;
            var taken = pages.Take(arrived);
            spare.Keep(job, pages.Next, arrived?.OfType<JsonObject>().Skip(taken) ?? []);
            state.Remove("data");
            pages.IsAtEnd = taken == 0 && !pages.IsFull;
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
        var isCutShort = pages.IsAtEnd && pages.Next < pages.Seen;
        if (!isRunning && isCutShort)
        {
            note +=
                $" {pages.Seen - pages.Next} of {pages.Seen} pages are not available: they failed (firecrawl_job_errors), or are older than 24 hours.";
        }
        else if (isRunning || pages.Next < pages.Seen)
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
        : throw new McpException($"cursor='{cursor}' is invalid: give the cursor of the last result, or leave it out for the first pages.");
}
