using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Firecrawl.Upstream;

/// <summary>The most that a request may cost, by https://docs.firecrawl.dev/billing and the API's public source, before it is sent.</summary>
internal static class CreditCost
{
    // What the API takes for an agent unless told otherwise.
    public const int AgentUsual = 2500;

    // Beyond it sums could overflow, and every limit is exceeded.
    private const long MostCounted = 1_000_000_000;

    private const int SearchUsual = 10;
    private const int CrawlUsual = 10_000;

    // A credit for each 60 characters of the result, and 20: nobody can tell before. So much no result of one page has had.
    private const int ExtractionEach = 1_000;

    // Of browsers, by the hour: with prompts a model works in them.
    private const int BrowserHour = 120;
    private const int PromptedHour = 420;
    private const int BrowserSeconds = 600;

    private static readonly string[] ByModel = ["question", "query", "highlights", "audio", "video"];

    /// <param name="path">Of the API, such as <c>/v2/crawl</c>.</param>
    /// <param name="body">Null where it is not JSON.</param>
    /// <returns>Null for a request that costs nothing.</returns>
    public static long? Of(string path, JsonObject? body) =>
        path switch
        {
            _ when path.EndsWith("/batch/scrape", StringComparison.Ordinal) => Sum(body?["urls"], url => Page(body) + Site(url)),
            _ when path.EndsWith("/scrape", StringComparison.Ordinal) => Page(body) + Site(body?["url"]) + MorePages(body),
            _ when path.EndsWith("/parse", StringComparison.Ordinal) => Page(body) + MorePages(body),
            _ when path.EndsWith("/crawl", StringComparison.Ordinal) => Crawl(body),
            _ when path.EndsWith("/search", StringComparison.Ordinal) => Search(body),
            _ when path.EndsWith("/agent", StringComparison.Ordinal) => Number(body, "maxCredits", AgentUsual),
            _ when path.EndsWith("/extract", StringComparison.Ordinal) => Math.Max(1, Length(body?["urls"])) * ExtractionEach,
            _ when path.EndsWith("/map", StringComparison.Ordinal) => 1 + Scan(body),
            _ when path.EndsWith("/interact", StringComparison.Ordinal) => Browser(path, body),
            _ when path.EndsWith("/run", StringComparison.Ordinal) => null,
            _ when path.Contains("/monitor", StringComparison.Ordinal) && body?["targets"] is JsonArray targets => Monitor(targets, body),
            _ => null,
        };

    /// <summary>What a page costs, unless it is a document of several pages.</summary>
    /// <param name="options">As they are sent.</param>
    public static long Page(JsonObject? options)
    {
        var formats = FormatsOf(options).ToList();
        var isLocked = IsTrue(options, "lockdown");
        var credits =
            formats.Exists(format => format.Type == "deterministicJson") ? 10
            : isLocked || formats.Exists(HasJson) ? 5
            : 1;
        return credits
            + (4 * formats.Select(format => format.Type).Distinct().Count(ByModel.Contains))
            + (IsRedacted(options) ? 4 : 0)
            + (IsTrue(options, "zeroDataRetention") && !isLocked ? 1 : 0)
            + Scan(options);
    }

    /// <summary>The most pages that a request reads.</summary>
    /// <param name="path">Of a crawl, a batch or a search.</param>
    public static long PagesOf(string path, JsonObject body) =>
        path.EndsWith("/crawl", StringComparison.Ordinal) ? Number(body, "limit", CrawlUsual)
        : path.EndsWith("/search", StringComparison.Ordinal) ? Results(body)
        : Length(body["urls"]);

    private static long Results(JsonObject? body) => Number(body, "limit", SearchUsual) * Math.Max(1, Length(body?["sources"]));

    private static long Crawl(JsonObject? body) =>
        Number(body, "limit", CrawlUsual) * (Page(body?["scrapeOptions"] as JsonObject) + (IsTrue(body, "zeroDataRetention") ? 1 : 0));

    private static long Search(JsonObject? body)
    {
        var results = Results(body);
        var isPrivate = body?["enterprise"] is JsonArray kinds && kinds.Any(kind => kind?.ToString() == "zdr");
        return ((results + 9) / 10 * (isPrivate ? 10 : 2)) + (body?["scrapeOptions"] is JsonObject pages ? results * Page(pages) : 0);
    }

    /// <summary>One run of a monitor.</summary>
    private static long Monitor(JsonArray targets, JsonObject body)
    {
        var judges = body["judgeEnabled"]?.ToString() != "false" && body["goal"] is not null ? 1 : 0;
        return Sum(
            targets,
            target =>
            {
                var each = Page(target?["scrapeOptions"] as JsonObject) + judges;
                return target?["type"]?.ToString() switch
                {
                    "scrape" => Sum(target["urls"], url => each + Site(url)),
                    "crawl" => each * Number(target["crawlOptions"] as JsonObject, "limit", CrawlUsual),
                    _ => Number(target as JsonObject, "maxResults", SearchUsual) is var results
                        ? (2 * (((results * Math.Max(1, Length(target?["queries"]))) + 9) / 10)) + (results * judges)
                        : 0,
                };
            }
        );
    }

    private static long Browser(string path, JsonObject? body)
    {
        var hour = path.Contains("/scrape/", StringComparison.Ordinal) && body?["prompt"] is not null ? PromptedHour : BrowserHour;
        return Math.Max(2, ((hour * Number(body, "ttl", BrowserSeconds)) + 3_599) / 3_600);
    }

    /// <summary>The pages of a document beyond its first, where the request is about one and says how many.</summary>
    private static long MorePages(JsonObject? body) =>
        DocumentPages.IsDocument(body) && DocumentPages.MostOf(body) is { } most ? (most - 1) * PageOfDocument(body) : 0;

    /// <summary>What each page of a document beyond its first costs.</summary>
    public static long PageOfDocument(JsonObject? options) => IsRedacted(options) ? 5 : 1;

    private static long Site(JsonNode? url) =>
        Uri.TryCreate(url?.ToString(), UriKind.Absolute, out var address) && address.Host is "x.com" or "twitter.com" or "www.x.com"
            ? 29
            : 0;

    private static int Scan(JsonObject? options) =>
        options?["threatProtection"] is JsonObject policy && policy["mode"]?.ToString() != "off" ? 2 : 0;

    private static bool IsRedacted(JsonObject? options) => options?["redactPII"] is { } redact && redact.ToString() != "false";

    private static bool HasJson((string? Type, JsonNode? Format) format) =>
        format.Type == "json"
        || (
            format.Type == "changeTracking"
            && format.Format is JsonObject tracking
            && tracking["modes"] is JsonArray modes
            && modes.Any(mode => mode?.ToString() == "json")
        );

    private static IEnumerable<(string? Type, JsonNode? Format)> FormatsOf(JsonObject? options) =>
        (options?["formats"] as JsonArray ?? []).Select(format =>
            ((format is JsonObject named ? named["type"] : format)?.ToString(), format)
        );

    private static int Length(JsonNode? list) => (list as JsonArray)?.Count ?? 0;

    private static long Sum(JsonNode? list, Func<JsonNode?, long> each) => (list as JsonArray ?? []).Sum(each);

    private static long Number(JsonObject? body, string name, long usual) =>
        // 1e6 is a million to the API as well. What is no number, or none above zero, it refuses or takes for its default.
        body?[name]
            is JsonValue value
        && value.GetValueKind() == JsonValueKind.Number
        && double.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && number > 0
            ? (long)Math.Min(Math.Ceiling(number), MostCounted)
            : usual;

    private static bool IsTrue(JsonObject? options, string name) => options?[name]?.ToString() == "true";
}
