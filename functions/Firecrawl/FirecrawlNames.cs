using System.Globalization;
using System.Text.Json.Nodes;
using Firecrawl.Batches;
using Firecrawl.Crawling;
using Firecrawl.Interaction;
using Firecrawl.Jobs;
using Firecrawl.Monitors;
using Firecrawl.Team;
using McpGateway.Tools.Guards;

namespace Firecrawl;

/// <summary>What the jobs, browsers and monitors are about that arguments name by id.</summary>
internal static class FirecrawlNames
{
    private const int MostActivity = 100;

    public static ThingNames All { get; } =
        new ThingNames()
            .Add(
                "id",
                call =>
                    call.Tool switch
                    {
                        "firecrawl_cancel" => JobAsync(call),
                        "firecrawl_browser_delete" or "firecrawl_browser_execute" => BrowserAsync(call),
                        _ when call.Tool.StartsWith("firecrawl_monitor_", StringComparison.Ordinal) => MonitorAsync(call),
                        _ => Task.FromResult<string?>(null),
                    }
            )
            .Add("scrapeId", call => DoneAsync(call, call.Text("scrapeId")))
            .Add("threadId", call => DoneAsync(call, call.Text("threadId")))
            .Add("searchId", call => DoneAsync(call, call.Text("searchId")))
            .Add("jobId", call => DoneAsync(call, call.Text("jobId")))
            .Add(
                "appendToId",
                async call => Describe(await call.Get<IBatchApi>().GetAsync(call.Text("appendToId"), 0, 1, call.Cancellation), null)
            );

    private static async Task<string?> JobAsync(ThingCall call)
    {
        var id = call.Text("id");
        switch (call.Text("kind"))
        {
            case "crawl":
                var state = await call.Get<ICrawlApi>().GetAsync(id, 0, 1, call.Cancellation);
                var active = await call.Get<ICrawlApi>().GetActiveAsync(call.Cancellation);
                var crawl = (active["crawls"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(one => one["id"]?.ToString() == id);
                return Describe(state, crawl?["url"]?.ToString());
            case "batch":
                return Describe(await call.Get<IBatchApi>().GetAsync(id, 0, 1, call.Cancellation), null);
            default:
                return await DoneAsync(call, id);
        }
    }

    // What the account did within the last day, as its activity tells it: a page, a search, what an agent was asked.
    private static async Task<string?> DoneAsync(ThingCall call, string id)
    {
        var activity = await call.Get<ITeamApi>().GetActivityAsync(null, MostActivity, null, call.Cancellation);
        var done = (activity["data"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(one => one["id"]?.ToString() == id);
        return done is null ? null : $"{done["endpoint"]}{(done["target"] is { } target ? $" of {target}" : "")}, {done["created_at"]}";
    }

    private static string Describe(JsonObject state, string? url)
    {
        var page = (state["data"] as JsonArray)?.FirstOrDefault() as JsonObject;
        var of = url ?? (page?["metadata"] as JsonObject)?["sourceURL"]?.ToString();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{JobState.Status(state)}, {JobState.Count(state, "completed")} of {JobState.Count(state, "total")} pages{(of is null ? "" : $", of {of}")}"
        );
    }

    private static async Task<string?> BrowserAsync(ThingCall call)
    {
        var found = await call.Get<IInteractApi>().ListAsync(null, call.Cancellation);
        var session = (found["sessions"] as JsonArray)
            ?.OfType<JsonObject>()
            .FirstOrDefault(one => one["id"]?.ToString() == call.Text("id"));
        return session is null ? null : $"{session["status"]}, since {session["createdAt"]}";
    }

    private static async Task<string?> MonitorAsync(ThingCall call)
    {
        var found = await call.Get<IMonitorApi>().GetAsync(call.Text("id"), call.Cancellation);
        var monitor = found["data"] as JsonObject ?? found;
        return monitor["name"]?.ToString() ?? monitor["url"]?.ToString();
    }
}
