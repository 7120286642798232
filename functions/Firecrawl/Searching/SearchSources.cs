using System.Text.Json;
using System.Text.Json.Nodes;
using Firecrawl.Upstream;
using McpGateway.Text;
using ModelContextProtocol;

namespace Firecrawl.Searching;

/// <summary>Where a search looks: names, or objects {type, …}.</summary>
internal static class SearchSources
{
    private const string Alexandria = "alexandria";

    private static readonly string[] Names = ["web", "images", "news", Alexandria];

    /// <summary>The sources as the API takes them.</summary>
    /// <exception cref="McpException">One has a filter of time that is none.</exception>
    public static JsonElement[]? Read(JsonElement[]? sources) =>
        OfOneKind(
            sources?.Select(source => source.ValueKind == JsonValueKind.Object ? Read(JsonObject.Create(source)!) : source).ToArray()
        );

    private static JsonElement Read(JsonObject source)
    {
        if (source["type"]?.ToString() is { } type)
        {
            // The catalogue of data providers had another name once.
            source["type"] =
                type == "exchange"
                    ? Alexandria
                    : Names.FirstOrDefault(name => name.Equals(type, StringComparison.OrdinalIgnoreCase)) ?? type;
        }

        if (source["tbs"]?.ToString() is { } age)
        {
            source["tbs"] = TimeFilter.Read(age, "sources.tbs");
        }

        return JsonSerializer.SerializeToElement(source, FirecrawlJson.Options);
    }

    /// <summary>The API takes names or objects, and not both in one list.</summary>
    public static JsonElement[]? OfOneKind(JsonElement[]? values) =>
        values?.Any(value => value.ValueKind == JsonValueKind.Object) == true
            ?
            [
                .. values.Select(value =>
                    value.ValueKind == JsonValueKind.String ? JsonSerializer.SerializeToElement(new { type = value.GetString() }) : value
                ),
            ]
            : values;

    /// <summary>The host name of what was given as an address.</summary>
    /// <param name="field">The tool's parameter, for the error.</param>
    /// <exception cref="McpException">One is none, so that no page would be of it.</exception>
    public static string[]? HostsOf(string[]? domains, string field) =>
        domains
            ?.Select(domain =>
                (
                    domain.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(domain.Trim(), UriKind.Absolute, out var url)
                        ? url.IdnHost
                        : domain.Trim().TrimEnd('/')
                )
                    is var host
                && Uri.CheckHostName(host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host) != UriHostNameType.Unknown
                    ? host
                    : throw new McpException(
                        $"{field} has '{Cut.To(domain, 100)}', which is not a host name: give one such as docs.example. Nothing was sent."
                    )
            )
            .ToArray();

    /// <exception cref="McpException">Both are given, of which the API takes one.</exception>
    public static void CheckDomains(string[]? includeDomains, string[]? excludeDomains)
    {
        if (includeDomains is { Length: > 0 } && excludeDomains is { Length: > 0 })
        {
            throw new McpException("includeDomains and excludeDomains exclude each other: give one of them. Nothing was sent.");
        }
    }

    /// <summary>Whether nothing that is looked for is a page whose text could be read.</summary>
    public static bool HasNoPagesToRead(JsonElement[]? sources) =>
        sources is { Length: > 0 } && !sources.Any(source => NameOf(source) is "web" or "news");

    public static bool HasCatalogue(JsonElement[]? sources) => sources?.Any(source => NameOf(source) == Alexandria) == true;

    public static bool HasPages(JsonElement[]? sources) => sources?.Any(source => NameOf(source) is "web" or "news" or "images") == true;

    private static string? NameOf(JsonElement source) =>
        source.ValueKind == JsonValueKind.Object
            ? (source.TryGetProperty("type", out var type) ? type.ToString() : null)
            : source.ToString();
}
