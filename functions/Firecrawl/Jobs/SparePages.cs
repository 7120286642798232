using System.Text.Json;
using System.Text.Json.Nodes;
using Firecrawl.Upstream;
using Microsoft.Extensions.Caching.Memory;

namespace Firecrawl.Jobs;

/// <summary>
/// Pages that were downloaded with others and did not fit into the answer, kept a while for the next one. Bounded, and a
/// saving only: what is not here is downloaded again.
/// </summary>
internal sealed class SparePages : IDisposable
{
    private const long MostBytes = 16_000_000;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = MostBytes });

    /// <param name="first">The number of the first of them, from 0.</param>
    public void Keep(PagedJob job, int first, IEnumerable<JsonObject> pages)
    {
        foreach (var (page, offset) in pages.Select((page, offset) => (page, offset)))
        {
            var text = JsonSerializer.SerializeToUtf8Bytes(page, Body.Options);
            cache.Set(KeyOf(job, first + offset), text, new MemoryCacheEntryOptions { Size = text.Length, AbsoluteExpirationRelativeToNow = Kept });
        }
    }

    /// <summary>Moves the pages that come next into an answer, while they are here and fit.</summary>
    public void MoveTo(JobPages pages, PagedJob job)
    {
        while (!pages.IsFull && cache.TryGetValue<byte[]>(KeyOf(job, pages.Next), out var text))
        {
            var number = pages.Next;
            if (pages.Take([JsonNode.Parse(text)]) > 0)
            {
                cache.Remove(KeyOf(job, number));
            }
        }
    }

    public void Dispose() => cache.Dispose();

    private static (string Tool, string Id, int Page) KeyOf(PagedJob job, int page) => (job.StatusTool, job.Id, page);
}
