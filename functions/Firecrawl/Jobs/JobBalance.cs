using System.Text.Json.Nodes;
using Firecrawl.Upstream;
using McpGateway.Text;
using McpGateway.Upstream;

namespace Firecrawl.Jobs;

/// <summary>What became of the pages that a finished job was to read: the counts add up to those asked for.</summary>
internal sealed class JobBalance
{
    private const int MostNamed = 10;
    private const int LongestNamed = 250;

    private int asked;
    private int done;
    private JsonArray failed = [];
    private JsonArray forbidden = [];

    private int Missing => asked - done - failed.Count - forbidden.Count;

    /// <summary>The balance of a job that did not read all of its pages; null where it did, or where its end is not known yet.</summary>
    /// <param name="asked">How many pages were asked for; null: those the job names.</param>
    public static async Task<JobBalance?> DrawAsync(
        PagedJob job,
        JsonObject state,
        JobPages pages,
        int? asked,
        CancellationToken cancellationToken
    )
    {
        var isRead = pages.IsAtEnd || !pages.HasMore;
        var completed = JobState.Count(state, "completed");
        var unread = isRead ? pages.Missing + Math.Max(0, completed - pages.Next.Skip - pages.Next.Within) : pages.Missing;
        var done = isRead && pages.IsFromStart ? pages.Collected.Count : completed - unread;
        var total = Math.Max(asked ?? 0, Math.Max(JobState.Count(state, "total"), completed));
        if (total == done && total > 0)
        {
            return null;
        }

        var errors = await ReadErrorsAsync(job, cancellationToken);
        var balance = new JobBalance
        {
            done = done,
            failed = errors["errors"] as JsonArray ?? [],
            forbidden = errors["robotsBlocked"] as JsonArray ?? [],
        };
        balance.asked = Math.Max(total, done + balance.failed.Count + balance.forbidden.Count);
        return balance;
    }

    public JsonObject Describe() =>
        Body.Of(
            new
            {
                asked,
                done,
                failed = failed.Count,
                forbidden = forbidden.Count,
                missing = Missing,
            }
        );

    /// <summary>The reasons, as far as they are known.</summary>
    public string Explain(bool reachesOnlyTheFirst)
    {
        var note = asked == 0 ? " No page was found: check that the URL can be reached, and includePaths, excludePaths and limit." : "";
        if (failed.Count > 0)
        {
            note += $" Failed: {Name(failed, page => $"{Shorten(page?["url"])} ({Shorten(page?["error"])})")}.";
        }

        if (forbidden.Count > 0)
        {
            note += $" robots.txt forbids: {Name(forbidden, Shorten)}.";
        }

        if (Missing > 0)
        {
            note +=
                $" {Missing} of {asked} pages are not available: they failed (firecrawl_job_errors), or are older than 24 hours."
                + (
                    reachesOnlyTheFirst
                        ? " This Firecrawl hands out the first 10 MB of a job only: ask for fewer pages, or have the operator update it."
                        : ""
                );
        }

        return note;
    }

    private static string Name(JsonArray pages, Func<JsonNode?, string> describe) =>
        string.Join(", ", pages.Take(MostNamed).Select(describe))
        + (pages.Count > MostNamed ? $" and {pages.Count - MostNamed} more (firecrawl_job_errors)" : "");

    private static string Shorten(JsonNode? text) => Cut.To($"{text}".TrimEnd('.'), LongestNamed);

    private static async Task<JsonObject> ReadErrorsAsync(PagedJob job, CancellationToken cancellationToken)
    {
        try
        {
            return await job.GetErrorsAsync(cancellationToken);
        }
        catch (UpstreamException)
        {
            // The pages that were read count more than the reasons of the others: those are missing then.
            return [];
        }
    }
}
