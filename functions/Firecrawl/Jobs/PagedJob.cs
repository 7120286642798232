using System.Text.Json.Nodes;

namespace Firecrawl.Jobs;

/// <summary>A crawl or a batch: pages that arrive one after the other.</summary>
/// <param name="StatusTool">The tool that asks for it again.</param>
/// <param name="GetAsync">The state, with up to so many pages from the given one on.</param>
/// <param name="GetErrorsAsync">The pages that failed, and those that robots.txt forbids.</param>
internal sealed record PagedJob(
    string Id,
    string StatusTool,
    Func<int, int, CancellationToken, Task<JsonObject>> GetAsync,
    Func<CancellationToken, Task<JsonObject>> GetErrorsAsync,
    Func<CancellationToken, Task<JsonObject>> CancelAsync
);
