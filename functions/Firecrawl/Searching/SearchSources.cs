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

    public static bool HasCatalogue(JsonElement[]? sources) => sources?.Any(source => NameOf(source) == Alexandria) == true;

    public static bool HasPages(JsonElement[]? sources) => sources?.Any(source => NameOf(source) is "web" or "news" or "images") == true;

    private static string? NameOf(JsonElement source) =>
        source.ValueKind == JsonValueKind.Object
            ? (source.TryGetProperty("type", out var type) ? type.ToString() : null)
            : source.ToString();
}
