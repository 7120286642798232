using System.Text.Json.Nodes;
using McpGateway.Upstream;

namespace Firecrawl.Jobs;

/// <summary>Reads the states of jobs.</summary>
internal static class JobState
{
    public static string Status(JsonObject state) => state["status"]?.ToString() ?? "unknown";

    public static bool IsRunning(JsonObject state) => Status(state) is "scraping" or "processing" or "queued" or "pending";

    /// <summary>Whether it ran to its end: it is not running, and nobody cancelled it.</summary>
    public static bool HasEnded(JsonObject state) => Status(state) is "completed" or "failed";

    public static int Count(JsonObject state, string member) =>
        state[member] is JsonValue value && value.TryGetValue<int>(out var count) ? count : 0;

    /// <summary>The state of a job that nobody has asked for yet.</summary>
    public static JsonObject Started(JsonObject started)
    {
        started["status"] ??= "processing";
        return started;
    }

    /// <summary>The id of a job just started.</summary>
    /// <exception cref="UpstreamException">The API named none.</exception>
    public static string Id(JsonObject started) =>
        started["id"]?.ToString() is { Length: > 0 } id
            ? id
            : throw new UpstreamException("Firecrawl accepted the job without returning its id, so it cannot be followed.");
}
