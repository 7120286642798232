using System.Text.Json.Nodes;

namespace Firecrawl.Jobs;

/// <summary>A job that runs at Firecrawl.</summary>
/// <param name="StatusTool">The tool that asks for it again.</param>
/// <param name="ReadAsync">Its state.</param>
/// <param name="CancelAsync">Ends it; null where the API cannot.</param>
internal sealed record Job(
    string Id,
    string StatusTool,
    Func<CancellationToken, Task<JsonObject>> ReadAsync,
    Func<CancellationToken, Task<JsonObject>>? CancelAsync
);
