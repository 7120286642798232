using System.Globalization;
using System.Text.Json.Nodes;
using McpGateway.Text;

namespace Firecrawl.Answers;

/// <summary>Pages whose own servers said that they are none: they are read and paid for as any other.</summary>
internal static class ErrorPages
{
    private const int MostNamed = 10;
    private const int LongestNamed = 250;

    /// <summary>The status that the page's server gave; null: no error.</summary>
    public static int? StatusOf(JsonObject document) =>
        document["metadata"] is JsonObject metadata
        && metadata["statusCode"] is JsonValue value
        && int.TryParse(value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var status)
        && status >= 400
            ? status
            : null;

    /// <summary>Those among the pages, in a sentence; null: there are none.</summary>
    public static string? Describe(IEnumerable<JsonObject> pages)
    {
        var errors = pages.Where(page => StatusOf(page) is not null).Select(page => $"{UrlOf(page)} ({StatusOf(page)})").ToList();
        return errors.Count == 0
            ? null
            : $"Error pages of their servers: {string.Join(", ", errors.Take(MostNamed))}"
                + $"{(errors.Count > MostNamed ? $" and {errors.Count - MostNamed} more" : "")}.";
    }

    private static string UrlOf(JsonObject page)
    {
        var metadata = page["metadata"] as JsonObject;
        return Cut.To($"{page["url"] ?? metadata?["sourceURL"] ?? metadata?["url"]}", LongestNamed);
    }
}
