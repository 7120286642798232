using System.Text.Json;

namespace Firecrawl.Upstream;

/// <summary>What a Firecrawl 2.0 refuses of today's requests; its bodies are strict, and it often does not name the field.</summary>
internal static class FirstVersion
{
    private static readonly HashSet<string> LaterFields =
    [
        "onlyCleanContent",
        "redactPII",
        "minAge",
        "lockdown",
        "profile",
        "threatProtection",
        "auditMetadata",
        "robotsUserAgent",
        "ignoreCache",
        "includeDomains",
        "excludeDomains",
        "enterprise",
        "highlights",
        "safe",
        "alexandria",
        "toolDetail",
        "domainTools",
    ];

    private static readonly string[] LaterInMaps = ["location", "headers"];

    private static readonly HashSet<string> Formats =
    [
        "markdown",
        "html",
        "rawHtml",
        "links",
        "summary",
        "json",
        "changeTracking",
        "screenshot",
    ];
    private static readonly HashSet<string> Categories = ["github", "research"];

    /// <summary>The first member that came later, with its path; null: all of the body is understood.</summary>
    public static string? FindLater(string path, JsonElement body) =>
        body.ValueKind != JsonValueKind.Object ? null
        : path.EndsWith("/map", StringComparison.Ordinal)
        && LaterInMaps.FirstOrDefault(name => body.TryGetProperty(name, out _)) is { } later
            ? later
        : path.EndsWith("/extract", StringComparison.Ordinal) && body.TryGetProperty("webhook", out _) ? "webhook"
        : path.EndsWith("/crawl", StringComparison.Ordinal)
        && body.TryGetProperty("sitemap", out var sitemap)
        && sitemap.ToString() == "only"
            ? "sitemap 'only'"
        : FindIn(body, "");

    private static string? FindIn(JsonElement options, string prefix) =>
        options
            .EnumerateObject()
            .Select(member =>
                LaterFields.Contains(member.Name) ? prefix + member.Name
                : member is { Name: "scrapeOptions", Value.ValueKind: JsonValueKind.Object }
                    ? NestedRetention(member.Value) ?? FindIn(member.Value, "scrapeOptions.")
                : member.Name switch
                {
                    "formats" => FindValue(prefix + member.Name, member.Value, Formats),
                    "categories" => FindValue(prefix + member.Name, member.Value, Categories),
                    "proxy" when member.Value.ToString() == "enhanced" => $"{prefix}proxy 'enhanced' (its name there is 'stealth')",
                    "parsers" => Items(member.Value).Any(parser => parser.ValueKind != JsonValueKind.String)
                        ? $"{prefix}parsers with options"
                        : null,
                    _ => null,
                }
            )
            .FirstOrDefault(found => found is not null);

    private static string? NestedRetention(JsonElement options) =>
        options.TryGetProperty("zeroDataRetention", out _) ? "scrapeOptions.zeroDataRetention" : null;

    private static string? FindValue(string field, JsonElement values, HashSet<string> known) =>
        Items(values).Select(NameOf).FirstOrDefault(name => name is not null && !known.Contains(name)) is { } later
            ? $"{field} '{later}'"
            : null;

    private static JsonElement.ArrayEnumerator Items(JsonElement values) =>
        values.ValueKind == JsonValueKind.Array ? values.EnumerateArray() : default;

    private static string? NameOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty("type", out var type) ? type.ToString()
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : null;
}
