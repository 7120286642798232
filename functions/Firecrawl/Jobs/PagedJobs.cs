using System.Text.Json.Nodes;
using Firecrawl.Answers;
using Firecrawl.Upstream;
using McpGateway.Tools;
using Microsoft.Extensions.Options;
using ModelContextProtocol;

namespace Firecrawl.Jobs;

/// <summary>
/// Reads the pages of crawls and batches as they arrive: each is downloaded once, and no more than a result holds. The API's own
/// <c>next</c> links are never followed; only how far they skip is read from them.
/// </summary>
internal sealed class PagedJobs(JobWait wait, JobSlices slices, SparePages spare, IOptions<McpOptions> options)
{
    private const int PagesAtOnce = 20;

    // No job has so many pages: only the state is returned.
    private const int BeyondAllPages = 100_000_000;

    /// <summary>Waits until the job ends or the time is over. A caller who gives up has the job cancelled.</summary>
    /// <param name="asked">How many pages were asked for, where that is known.</param>
    public async Task<string> RunAsync(
        PagedJob job,
        int waitSeconds,
        string note,
        int? asked,
        IProgress<ProgressNotificationValue> progress,
        CancellationToken cancellationToken
    )
    {
        var pages = new JobPages(default, options.Value.AnswerTokens);
        var state = await wait.RunAsync(
            new(job.Id, job.StatusTool, token => ReadPagesAsync(job, pages, token), job.CancelAsync),
            waitSeconds,
            progress,
            cancellationToken
        );
        return await DescribeAsync(job, state, pages, note, asked, cancellationToken);
    }

    /// <summary>The state now, with the pages from the cursor on.</summary>
    public async Task<string> ReadAsync(PagedJob job, string? cursor, CancellationToken cancellationToken)
    {
        var pages = new JobPages(JobPosition.Parse(cursor), options.Value.AnswerTokens);
        return await DescribeAsync(
            job,
            await ReadPagesAsync(job, pages, cancellationToken),
            pages,
            note: null,
            asked: null,
            cancellationToken
        );
    }

    /// <summary>Takes what has arrived since the last reading; once the result is full, only the state.</summary>
    private async Task<JsonObject> ReadPagesAsync(PagedJob job, JobPages pages, CancellationToken cancellationToken)
    {
        while (true)
        {
            spare.MoveTo(pages, job);
            var first = pages.IsFromStart ? pages.Collected.FirstOrDefault() : null;
            var (skip, limit) = pages.IsFull ? (BeyondAllPages, 1) : (pages.Next.Skip, PagesAtOnce);
            var state = await slices.ReadAsync(job, skip, limit, first, cancellationToken);
            // A job that runs links on whether or not there is more; one that has ended only where there is.
            var linked = !JobState.IsRunning(state) && JobState.Next(state) is { } more ? more + 1 : 0;
            pages.Seen = Math.Max(pages.Seen, Math.Max(JobState.Count(state, "completed"), linked));
            var isLast = pages.IsFull || !TakeFrom(state, pages, job);
            state.Remove("data");
            if (isLast || pages.IsFull || !pages.HasMore)
            {
                return state;
            }
        }
    }

    /// <returns>Whether this went further.</returns>
    private bool TakeFrom(JsonObject state, JobPages pages, PagedJob job)
    {
        var (skip, within) = pages.Next;
        var part = JobState.Pages(state)?.OfType<JsonObject>().ToList() ?? [];
        var end = EndOf(state, skip, part.Count, pages.Seen);
        var missing = end - skip - part.Count;
        var arrived = part.Skip(within).ToList();
        var taken = pages.Take(arrived);
        if (taken == arrived.Count)
        {
            pages.Next = new(end);
            pages.Missing += missing;
        }
        else if (missing == 0)
        {
            pages.Next = new(skip + within + taken);
            spare.Keep(job, pages.Next.Skip, arrived.Skip(taken));
        }
        else
        {
            // Which of the part's pages are missing is not told: only the part as a whole has a place in the API's count.
            pages.Next = new(skip, within + taken);
        }

        var goesOn = pages.Next != new JobPosition(skip, within);
        pages.IsAtEnd = !goesOn && !pages.IsFull;
        return goesOn;
    }

    /// <summary>Where the part ends as the API counts: by its link, which also counts pages it lost, else by the pages given.</summary>
    private static int EndOf(JsonObject state, int skip, int count, int seen) =>
        JobState.Next(state) is { } end && end <= seen ? Math.Max(end, skip + count) : skip + count;

    private async Task<string> DescribeAsync(
        PagedJob job,
        JsonObject state,
        JobPages pages,
        string? note,
        int? asked,
        CancellationToken cancellationToken
    )
    {
        state.Remove("next");
        state.Remove("success");
        if (JobState.Count(state, "creditsUsed") < 0)
        {
            // A self-hosted server that does not count them says -1.
            state.Remove("creditsUsed");
        }

        var answer = Body.Of(new { id = job.Id }).With(state);
        answer["data"] = pages.Collected;
        var isRunning = JobState.IsRunning(state);
        if (isRunning || (pages.HasMore && !pages.IsAtEnd))
        {
            answer["cursor"] = pages.Next.ToString();
            note += isRunning
                ? $" Still running: ask {job.StatusTool} with this id and cursor, do not start it again; firecrawl_cancel ends it."
                : $" More pages: ask {job.StatusTool} with this id and cursor.";
        }

        if (JobState.HasEnded(state) && await JobBalance.DrawAsync(job, state, pages, asked, cancellationToken) is { } balance)
        {
            answer["pages"] = balance.Describe();
            note += balance.Explain(slices.ReachesOnlyTheFirst);
        }

        note += ErrorPages.Describe(pages.Collected.OfType<JsonObject>()) is { } errors ? $" {errors}" : "";
        if (!string.IsNullOrWhiteSpace(note))
        {
            answer["note"] = note.Trim();
        }

        return answer.ToJsonString(FirecrawlJson.Options);
    }
}
