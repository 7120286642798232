using System.Text.Json;

namespace Firecrawl.Searching;

/// <summary>Where a search looks: names, or objects {type, …}.</summary>
internal static class SearchSources
{
    private const string Alexandria = "alexandria";

    /// <summary>The catalogue of data providers had another name once.</summary>
    public static JsonElement[]? WithTodaysNames(JsonElement[]? sources) =>
        sources
            ?.Select(source =>
                NameOf(source) != "exchange" ? source
                : source.ValueKind == JsonValueKind.String ? JsonSerializer.SerializeToElement(Alexandria)
                : JsonSerializer.SerializeToElement(
                    source
                        .EnumerateObject()
                        .ToDictionary(
                            member => member.Name,
                            member => member.Name == "type" ? JsonSerializer.SerializeToElement(Alexandria) : member.Value
                        )
                )
            )
            .ToArray();

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
    public static string[]? HostsOf(string[]? domains) =>
        domains
            ?.Select(domain =>
                domain.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(domain.Trim(), UriKind.Absolute, out var url)
                    ? url.IdnHost
                    : domain.Trim().TrimEnd('/')
            )
            .ToArray();

    public static bool HasCatalogue(JsonElement[]? sources) => sources?.Any(source => NameOf(source) == Alexandria) == true;

    public static bool HasPages(JsonElement[]? sources) => sources?.Any(source => NameOf(source) is "web" or "news" or "images") == true;

    private static string? NameOf(JsonElement source) =>
        source.ValueKind == JsonValueKind.Object
            ? (source.TryGetProperty("type", out var type) ? type.ToString() : null)
            : source.ToString();
}
