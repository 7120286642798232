using System.Text.Json;

namespace Firecrawl.Upstream;

/// <summary>The most that a request may cost, by https://docs.firecrawl.dev/billing, before it is sent.</summary>
internal static class CreditCost
{
    // What the API takes for an agent unless told otherwise.
    private const int AgentUsual = 2500;

    // Extractions are paid by tokens, that nobody can tell before.
    private const int ExtractionEach = 50;

    private const int SearchUsual = 10;

    /// <param name="path">Of the API, such as <c>/v2/crawl</c>.</param>
    /// <param name="body">Null where it is not JSON.</param>
    /// <returns>Null for a request that costs nothing.</returns>
    public static long? Of(string path, JsonElement? body) =>
        path switch
        {
            _ when path.EndsWith("/batch/scrape", StringComparison.Ordinal) => Length(body, "urls") * Page(body),
            _ when path.EndsWith("/scrape", StringComparison.Ordinal) => Page(body),
            _ when path.EndsWith("/crawl", StringComparison.Ordinal) => Number(body, "limit", 10_000)
                * (Page(Member(body, "scrapeOptions")) + (IsTrue(body, "zeroDataRetention") ? 1 : 0)),
            _ when path.EndsWith("/search", StringComparison.Ordinal) => Search(body),
            _ when path.EndsWith("/agent", StringComparison.Ordinal) => Number(body, "maxCredits", AgentUsual),
            _ when path.EndsWith("/extract", StringComparison.Ordinal) => Math.Max(1, Length(body, "urls")) * ExtractionEach,
            _ when path.EndsWith("/map", StringComparison.Ordinal)
                    || path.EndsWith("/parse", StringComparison.Ordinal)
                    || path.EndsWith("/browser", StringComparison.Ordinal)
                    || path.EndsWith("/interact", StringComparison.Ordinal) => 1,
            _ => null,
        };

    private static long Search(JsonElement? body)
    {
        var results = Number(body, "limit", SearchUsual) * Math.Max(1, Length(body, "sources"));
        var pages = Member(body, "scrapeOptions");
        return 2 * ((results + 9) / 10) + (pages is { ValueKind: JsonValueKind.Object } ? results * Page(pages) : 0);
    }

    private static long Page(JsonElement? options) =>
        1
        + (
            Member(options, "formats") is { ValueKind: JsonValueKind.Array } formats
            && formats
                .EnumerateArray()
                .Any(format => format.ValueKind == JsonValueKind.Object && Member(format, "type")?.ToString() == "json")
                ? 4
                : 0
        )
        + (IsTrue(options, "zeroDataRetention") ? 1 : 0);

    private static JsonElement? Member(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } value && value.TryGetProperty(name, out var member) ? member : null;

    private static long Length(JsonElement? element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Array } list ? list.GetArrayLength() : 0;

    private static long Number(JsonElement? element, string name, long usual) =>
        Member(element, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value)
            ? Math.Max(0, value)
            : usual;

    private static bool IsTrue(JsonElement? element, string name) => Member(element, name)?.ValueKind == JsonValueKind.True;
}
