using System.Text.Json.Nodes;
using Firecrawl.Upstream;

namespace Firecrawl.Jobs;

/// <summary>The pages of one result, up to its size.</summary>
/// <param name="start">The first page wanted.</param>
internal sealed class JobPages(JobPosition start)
{
    // About what one answer holds. Where it is less, the answer is cut and read_more gives the rest.
    private const int MostCharacters = 60_000;

    private int characters;

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
            var size = page.ToJsonString(FirecrawlJson.Options).Length;
            if (characters + size > MostCharacters && Collected.Count > 0)
            {
                IsFull = true;
                break;
            }

            characters += size;
            taken++;
            Collected.Add(page.DeepClone());
        }

        return taken;
    }
}
