using System.Text.Json.Nodes;

namespace Firecrawl.Upstream;

/// <summary>
/// How many pages of a document a request reads. Each is paid for, and nobody knows before how many there are: with a cap on credits no more are asked for
/// than it leaves room for, and the result says how many of all were read.
/// </summary>
internal static class DocumentPages
{
    /// <summary>Whether the request is about a document rather than a page of the web, as far as it shows.</summary>
    public static bool IsDocument(JsonObject? options) =>
        options?["url"] is not { } url
        || PdfOf(options)?["pages"]?.ToString() == "true"
        || (
            Uri.TryCreate(url.ToString(), UriKind.Absolute, out var address)
            && address.AbsolutePath.EndsWith(".pdf", StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>The most pages that are read; null: all there are.</summary>
    public static int? MostOf(JsonObject? options) =>
        PdfOf(options)?["maxPages"] is JsonValue value && value.TryGetValue<int>(out var most) && most > 0 ? most : null;

    /// <summary>Bounds how many are read, unless the request does so itself.</summary>
    /// <param name="isAsked">Whether more that the request asks for is what it is about, so that it is for the cap to refuse.</param>
    public static void Bound(JsonObject options, int most, bool isAsked)
    {
        var isRead = options["parsers"] is not JsonArray parsers || parsers.Any(parser => NameOf(parser) == "pdf");
        if (!isRead || MostOf(options) is { } asked && (asked <= most || isAsked))
        {
            return;
        }

        var pdf = PdfOf(options)?.DeepClone().AsObject() ?? new JsonObject { ["type"] = "pdf" };
        pdf["maxPages"] = most;
        options["parsers"] = new JsonArray([
            .. (options["parsers"] as JsonArray ?? []).Where(parser => NameOf(parser) != "pdf").Select(parser => parser?.DeepClone()),
            pdf,
        ]);
    }

    private static JsonObject? PdfOf(JsonObject? options) =>
        (options?["parsers"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(parser => NameOf(parser) == "pdf");

    private static string? NameOf(JsonNode? parser) => (parser is JsonObject named ? named["type"] : parser)?.ToString();
}
