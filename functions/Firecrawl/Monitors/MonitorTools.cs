using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Firecrawl.Answers;
using Firecrawl.Crawling;
using Firecrawl.Jobs;
using Firecrawl.Searching;
using Firecrawl.Upstream;
using McpGateway.Tools.Arguments;
using McpGateway.Tools.Schemas;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Firecrawl.Monitors;

/// <summary>Tools that watch pages and searches for changes.</summary>
internal sealed partial class MonitorTools(IMonitorApi monitors)
{
    private const int UsualLimit = 25;

    /// <summary>
    /// Creates a monitor that checks pages or searches on a schedule, for credits each time (estimatedCreditsPerMonth in the result).
    /// Give body, or page(s) or queries and the rest.
    /// </summary>
    /// <param name="body">As the API takes it: name, schedule, targets, webhook, notification, ….</param>
    /// <param name="goal">Which changes matter, in words.</param>
    /// <param name="scheduleText">Default: every 30 minutes.</param>
    /// <param name="cron">Instead of scheduleText.</param>
    /// <param name="site">A site to crawl each time, up to 50 pages.</param>
    /// <param name="retentionDays">1 to 365, default 30.</param>
    /// <param name="judgeEnabled">Whether a model judges changes by the goal.</param>
    /// <param name="timezone">Default: UTC.</param>
    /// <param name="email">Where changes are reported.</param>
    [McpServerTool(Name = "firecrawl_monitor_create", Title = "Create a monitor", ReadOnly = false, Destructive = false, OpenWorld = true)]
    public partial Task<string> CreateAsync(
        JsonObject? body = null,
        string? page = null,
        string[]? pages = null,
        string[]? queries = null,
        [AllowedValues("5m", "15m", "1h", "6h", "24h", "7d")] string? searchWindow = null,
        int? maxResults = null,
        string[]? includeDomains = null,
        string[]? excludeDomains = null,
        string? goal = null,
        string? name = null,
        string? scheduleText = null,
        string? timezone = null,
        string? email = null,
        bool? includeDiffs = null,
        string? webhookUrl = null,
        string? site = null,
        string? cron = null,
        int? retentionDays = null,
        bool? judgeEnabled = null,
        CancellationToken cancellationToken = default
    )
    {
        // What is there twice would be read, and paid for, twice at each run.
        string[] urls = [.. (pages ?? []).Concat(page is null ? [] : [page]).Select(url => url.Trim()).Distinct(StringComparer.Ordinal)];
        queries = queries?.Select(query => query.Trim()).Distinct(StringComparer.Ordinal).ToArray();
        if (body is null && urls.Length == 0 && queries is not { Length: > 0 } && site is null)
        {
            throw new McpException("Nothing to watch: give page, pages, site, queries or body.");
        }

        RefuseWhatWouldBeLost(
            body is not null,
            [
                ("page", page),
                ("pages", pages),
                ("queries", queries),
                ("site", site),
                ("goal", goal),
                ("name", name),
                ("scheduleText", scheduleText),
                ("cron", cron),
                ("timezone", timezone),
                ("email", email),
                ("webhookUrl", webhookUrl),
                ("retentionDays", retentionDays),
                ("judgeEnabled", judgeEnabled),
            ],
            "is given beside body, which is sent as it is: put it into body"
        );
        RefuseWhatWouldBeLost(
            body is not null || queries is not { Length: > 0 },
            [
                ("searchWindow", searchWindow),
                ("maxResults", maxResults),
                ("includeDomains", includeDomains),
                ("excludeDomains", excludeDomains),
            ],
            "is for queries: give those as well, or leave it out"
        );
        RefuseWhatWouldBeLost(email is null && includeDiffs == true, [("includeDiffs", includeDiffs)], "is for email: give that as well");
        RefuseWhatWouldBeLost(cron is not null, [("scheduleText", scheduleText)], "says when, and so does cron: give one of them");
        SearchSources.CheckDomains(includeDomains, excludeDomains);
        CheckTargets(body);
        var zone = ZoneName.Read(timezone, nameof(timezone));
        ZoneName.Read((body?["schedule"] as JsonObject)?["timezone"]?.ToString(), "body.schedule.timezone");
        var targets = new List<JsonObject>();
        if (urls.Length > 0)
        {
            targets.Add(Body.Of(new { type = "scrape", urls }));
        }

        if (queries is { Length: > 0 })
        {
            targets.Add(
                Body.Of(
                    new
                    {
                        type = "search",
                        queries,
                        searchWindow,
                        maxResults,
                        includeDomains = SearchSources.HostsOf(includeDomains, nameof(includeDomains)),
                        excludeDomains = SearchSources.HostsOf(excludeDomains, nameof(excludeDomains)),
                    }
                )
            );
        }

        if (site is not null)
        {
            targets.Add(
                Body.Of(
                    new
                    {
                        type = "crawl",
                        url = site,
                        // The API's own is 10,000 pages, at each run.
                        crawlOptions = new { limit = CrawlTools.DefaultLimit },
                    }
                )
            );
        }

        return Answer.OfAsync(
            monitors.CreateAsync(
                body
                    ?? Body.Of(
                        new
                        {
                            name = name ?? $"Monitor {urls.Concat(queries ?? []).FirstOrDefault() ?? site}",
                            schedule = new
                            {
                                cron,
                                text = cron is null ? scheduleText ?? "every 30 minutes" : null,
                                timezone = zone ?? "UTC",
                            },
                            targets,
                            goal,
                            judgeEnabled,
                            retentionDays,
                            webhook = webhookUrl is null ? null : new { url = webhookUrl },
                            notification = email is null
                                ? null
                                : Body.Of(
                                    new
                                    {
                                        email = new
                                        {
                                            enabled = true,
                                            recipients = new[] { email },
                                            includeDiffs,
                                        },
                                    }
                                ),
                        }
                    ),
                cancellationToken
            )
        );
    }

    /// <summary>The same of targets as the API takes them.</summary>
    private static void CheckTargets(JsonObject? body)
    {
        foreach (var target in (body?["targets"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (target["includeDomains"] is JsonArray { Count: > 0 } && target["excludeDomains"] is JsonArray { Count: > 0 })
            {
                throw new McpException(
                    "body.targets: includeDomains and excludeDomains of a target exclude each other: give one of them. Nothing was sent."
                );
            }

            if (target["crawlOptions"] is JsonObject options)
            {
                CrawlPaths.Check(options, "body.targets: ");
            }
        }
    }

    private static void RefuseWhatWouldBeLost(bool isLost, ReadOnlySpan<(string Name, object? Value)> arguments, string reason)
    {
        foreach (var (name, value) in arguments)
        {
            if (isLost && value is not null and not Array { Length: 0 })
            {
                throw new McpException($"{name} {reason}. Nothing was created.");
            }
        }
    }

    /// <summary>Lists monitors.</summary>
    [McpServerTool(Name = "firecrawl_monitor_list", Title = "List monitors", ReadOnly = true, Idempotent = true, OpenWorld = true)]
    public async partial Task<string> ListAsync(
        [AtLeast(1)] int? limit = null,
        [AtLeast(0)] int? offset = null,
        CancellationToken cancellationToken = default
    )
    {
        var list = await monitors.ListAsync(limit, offset, cancellationToken);
        return Answer.OfPage(list, list["data"], limit ?? UsualLimit, "offset");
    }

    /// <summary>Gets a monitor.</summary>
    [McpServerTool(Name = "firecrawl_monitor_get", Title = "Get a monitor", ReadOnly = true, Idempotent = true, OpenWorld = true)]
    public partial Task<string> GetAsync([JobId] string id, CancellationToken cancellationToken) =>
        Answer.OfAsync(monitors.GetAsync(id, cancellationToken));

    /// <summary>Changes a monitor.</summary>
    /// <param name="body">Only what changes: as when created, and status active or paused.</param>
    [McpServerTool(
        Name = "firecrawl_monitor_update",
        Title = "Change a monitor",
        ReadOnly = false,
        Destructive = true,
        Idempotent = true,
        OpenWorld = true
    )]
    public partial Task<string> UpdateAsync([JobId] string id, JsonObject body, CancellationToken cancellationToken)
    {
        CheckTargets(body);
        ZoneName.Read((body["schedule"] as JsonObject)?["timezone"]?.ToString(), "body.schedule.timezone");
        return body.Count > 0
            ? Answer.OfAsync(monitors.UpdateAsync(id, body, cancellationToken))
            : throw new McpException("Nothing to change: give body what is to be different, such as {\"status\":\"paused\"}.");
    }

    /// <summary>Deletes a monitor with its checks.</summary>
    [McpServerTool(
        Name = "firecrawl_monitor_delete",
        Title = "Delete a monitor",
        ReadOnly = false,
        Destructive = true,
        Idempotent = true,
        OpenWorld = true
    )]
    public partial Task<string> DeleteAsync([JobId] string id, CancellationToken cancellationToken) =>
        Answer.OfAsync(monitors.DeleteAsync(id, cancellationToken));

    /// <summary>Runs a monitor now.</summary>
    [McpServerTool(Name = "firecrawl_monitor_run", Title = "Run a monitor", ReadOnly = false, Destructive = false, OpenWorld = true)]
    public partial Task<string> RunAsync([JobId] string id, CancellationToken cancellationToken) =>
        Answer.OfAsync(monitors.RunAsync(id, cancellationToken));

    /// <summary>Lists the checks of a monitor.</summary>
    [McpServerTool(Name = "firecrawl_monitor_checks", Title = "List checks", ReadOnly = true, Idempotent = true, OpenWorld = true)]
    public async partial Task<string> ListChecksAsync(
        [JobId] string id,
        [AtLeast(1)] int? limit = null,
        [AtLeast(0)] int? offset = null,
        [AllowedValues("queued", "running", "completed", "failed", "partial", "skipped_overlap")] string? status = null,
        CancellationToken cancellationToken = default
    )
    {
        var list = await monitors.ListChecksAsync(id, limit, offset, status, cancellationToken);
        return Answer.OfPage(list, list["data"], limit ?? UsualLimit, "offset");
    }

    /// <summary>Gets a check with what changed.</summary>
    [McpServerTool(Name = "firecrawl_monitor_check", Title = "Get a check", ReadOnly = true, Idempotent = true, OpenWorld = true)]
    public async partial Task<string> GetCheckAsync(
        [JobId] string id,
        [JobId(IsPart = true)] string checkId,
        [AtLeast(1)] int? limit = null,
        [AtLeast(0)] int? skip = null,
        [AllowedValues("same", "new", "changed", "removed", "error")] string? pageStatus = null,
        CancellationToken cancellationToken = default
    )
    {
        var check = await monitors.GetCheckAsync(id, checkId, limit, skip, pageStatus, cancellationToken);
        return Answer.OfPage(check, (check["data"] as JsonObject)?["pages"], limit ?? UsualLimit, "skip");
    }
}
