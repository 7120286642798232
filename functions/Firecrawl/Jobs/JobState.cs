using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Web;
using Firecrawl.Answers;
using McpGateway.Upstream;

namespace Firecrawl.Jobs;

/// <summary>Reads the states of jobs.</summary>
internal static class JobState
{
    public static string Status(JsonObject state) => state["status"]?.ToString() ?? "unknown";

    /// <summary>The state, if it is one.</summary>
    /// <exception cref="UpstreamException">It says no status; what a job without one has read is not known.</exception>
    public static JsonObject Check(JsonObject state) =>
        state["status"]?.GetValueKind() == JsonValueKind.String ? state
        : state["success"]?.GetValueKind() == JsonValueKind.False
        && ErrorBody.ReadMessage(JsonSerializer.SerializeToElement(state)) is { } said
            ? throw new UpstreamException($"Firecrawl returned 200, but says that it failed: {said}", HttpStatusCode.OK)
        : throw Answer.Unreadable("JSON without a job's status");

    /// <summary>The pages that a state brings, none where it brings no list for there are none yet.</summary>
    /// <exception cref="UpstreamException">There should be pages, or there is something else in their place.</exception>
    public static JsonArray? Pages(JsonObject state) =>
        Check(state)["data"] is JsonArray pages ? pages
        : state["data"] is null && Status(state) != "completed" && Count(state, "completed") == 0 ? null
        : throw Answer.Unreadable("JSON without a list of pages");

    public static bool IsRunning(JsonObject state) => Status(state) is "scraping" or "processing" or "queued" or "pending";

    /// <summary>Whether it ran to its end: it is not running, and nobody cancelled it.</summary>
    public static bool HasEnded(JsonObject state) => Status(state) is "completed" or "failed";

    /// <summary>A count, however it is written: 3, 3.0 or "3".</summary>
    public static int Count(JsonObject state, string member) =>
        state[member] is JsonValue value
        && double.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var count)
        && Math.Abs(count) <= int.MaxValue
            ? (int)count
            : 0;

    /// <summary>Where the pages of the next part begin, by the API's own link; null without one.</summary>
    public static int? Next(JsonObject state) =>
        Uri.TryCreate(state["next"]?.ToString(), UriKind.Absolute, out var next)
        && int.TryParse(HttpUtility.ParseQueryString(next.Query)["skip"], NumberStyles.None, CultureInfo.InvariantCulture, out var skip)
            ? skip
            : null;

    /// <summary>The state of a job that nobody has asked for yet.</summary>
    public static JsonObject Started(JsonObject started)
    {
        started["status"] ??= "processing";
        return started;
    }

    /// <summary>The id of a job just started.</summary>
    /// <exception cref="UpstreamException">The API named none.</exception>
    public static string Id(JsonObject started) =>
        started["id"] is JsonValue value && value.ToString() is { Length: > 0 } id
            ? id
            : throw Answer.Unreadable("no id of the job, which cannot be followed");
}
