using System.Text.Json.Nodes;
using Firecrawl.Upstream;
using McpGateway.Tools.Tokens;

namespace Firecrawl.Jobs;

/// <summary>The pages of one result, up to its size.</summary>
/// <param name="start">The first page wanted.</param>
/// <param name="budget">The most tokens of the result.</param>
internal sealed class JobPages(JobPosition start, int budget)
{
    // The job's state, what became of the pages that failed, and the note.
    private const int Frame = 2_000;

    private int room = budget - Frame;

    public JsonArray Collected { get; } = [];

    /// <summary>The first page that is not collected.</summary>
    public JobPosition Next { get; set; } = start;

    /// <summary>Whether the result begins with the job's first page.</summary>
    public bool IsFromStart { get; } = start == default;

    /// <summary>How many pages the job had when last seen.</summary>
    public int Seen { get; set; }

    /// <summary>Pages that the API counted and did not return.</summary>
    public int Missing { get; set; }

    public bool IsFull { get; private set; }

    /// <summary>Whether the last look found no further page.</summary>
    public bool IsAtEnd { get; set; }

    /// <summary>Whether there may be pages after these.</summary>
    public bool HasMore => Next.Skip + Next.Within < Seen;

    /// <summary>Takes pages while they fit; one that is too large for any result comes alone, to be cut as any result is.</summary>
    /// <returns>How many were taken.</returns>
    public int Take(IEnumerable<JsonObject> pages)
    {
        var taken = 0;
        foreach (var page in pages)
        {
            var size = TokenCounter.Count(page.ToJsonString(FirecrawlJson.Options)) + 1;
            if (size > room && Collected.Count > 0)
            {
                IsFull = true;
                break;
            }

            room -= size;
            taken++;
            Collected.Add(page.DeepClone());
        }

        return taken;
    }
}
