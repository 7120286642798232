using System.Text.Json.Nodes;
using Firecrawl.Upstream;

namespace Firecrawl.Jobs;

/// <summary>Parts of a job's pages, also from a server that always returns the first ones.</summary>
internal sealed class JobSlices(FirecrawlServer server)
{
    /// <summary>Whether pages beyond the server's largest response (10 MB) are out of reach.</summary>
    public bool ReachesOnlyTheFirst => server.IgnoresSkip == true;

    /// <summary>The state, with pages from <paramref name="skip"/> on.</summary>
    /// <param name="first">The job's first page, where it is at hand.</param>
    public async Task<JsonObject> ReadAsync(PagedJob job, int skip, int limit, JsonNode? first, CancellationToken cancellationToken)
    {
        var state = await job.GetAsync(skip, limit, cancellationToken);
        if (skip == 0 || server.IsCloud || state["data"] is not JsonArray { Count: > 0 } data)
        {
            return state;
        }

        if (server.IgnoresSkip is null && IdentityOf(data[0]) is { } here)
        {
            first ??= ((await job.GetAsync(0, 1, cancellationToken))["data"] as JsonArray)?.FirstOrDefault();
            server.IgnoresSkip = IdentityOf(first) == here;
        }

        if (server.IgnoresSkip == true)
        {
            state["data"] = new JsonArray([.. data.Skip(skip).Select(page => page?.DeepClone())]);
            // It counts from what was asked for, not from what was given.
            state.Remove("next");
        }

        return state;
    }

    /// <summary>By what a page is known again; null: it says nothing of itself.</summary>
    private static string? IdentityOf(JsonNode? page) =>
        page?["metadata"]?["scrapeId"]?.ToString() ?? (page?["metadata"]?["sourceURL"] is null ? null : page.ToJsonString());
}
