using System.Text.Json;
using System.Text.Json.Nodes;
using Firecrawl.Upstream;
using McpGateway.Tools.Answers;
using Microsoft.Extensions.Caching.Memory;

namespace Firecrawl.Jobs;

/// <summary>
/// Pages that were downloaded with others and did not fit into the answer, kept for the next one. A saving only: what is not here is
/// downloaded again.
/// </summary>
internal sealed class SparePages(AnswerStore cache)
{
    /// <param name="first">The number of the first of them, from 0.</param>
    public void Keep(PagedJob job, int first, IEnumerable<JsonObject> pages)
    {
        foreach (var (page, offset) in pages.Select((page, offset) => (page, offset)))
        {
            var text = JsonSerializer.SerializeToUtf8Bytes(page, FirecrawlJson.Options);
            cache.Keep(KeyOf(job, first + offset), text, text.Length, CacheItemPriority.Low);
        }
    }

    /// <summary>Moves the pages that come next into an answer, while they are here and fit.</summary>
    public void MoveTo(JobPages pages, PagedJob job)
    {
        while (!pages.IsFull && pages.Next is { Skip: var number, Within: 0 } && cache.Find<byte[]>(KeyOf(job, number)) is { } text)
        {
            if (pages.Take([JsonNode.Parse(text)!.AsObject()]) > 0)
            {
                pages.Next = new(number + 1);
                cache.Remove(KeyOf(job, number));
            }
        }
    }

    private static (string Tool, string Id, int Page) KeyOf(PagedJob job, int page) => (job.StatusTool, job.Id, page);
}
