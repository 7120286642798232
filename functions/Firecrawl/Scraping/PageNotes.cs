using System.Globalization;
using System.Text.Json.Nodes;
using Firecrawl.Answers;

namespace Firecrawl.Scraping;

/// <summary>What a page does not say of itself: that something asked for is missing, and why the text may not be the page's.</summary>
internal static class PageNotes
{
    private static readonly Dictionary<string, string> MemberOf = new(StringComparer.Ordinal)
    {
        ["question"] = "answer",
        ["deterministicJson"] = "json",
        ["rawBase64"] = "",
    };

    /// <param name="asked">The request; null: formats are not known.</param>
    /// <returns>Null: there is nothing to say.</returns>
    public static string? Of(JsonObject document, JsonObject? asked)
    {
        List<string> notes = [];
        AddMissing(document, asked, notes);
        if (PageText.Of(document, "markdown") is { } text && string.IsNullOrWhiteSpace(text))
        {
            notes.Add(
                "The text is empty: the page may need time (waitFor), another part (onlyMainContent: false), or a login. A scan "
                    + "needs pdfOptions {mode: \"ocr\"}."
            );
        }

        var metadata = document["metadata"] as JsonObject;
        if (ErrorPages.StatusOf(document) is { } status)
        {
            notes.Add($"The page's server answered {status}: this is its error page.");
        }

        if (
            asked?["parsers"] is JsonArray { Count: 0 }
            && metadata?["contentType"]?.ToString().Contains("pdf", StringComparison.OrdinalIgnoreCase) == true
        )
        {
            notes.Add("This is the PDF's file in base64, as parsers: [] asks for: leave parsers out to read its text.");
        }

        if (NumberOf(metadata, "numPages") is { } read && NumberOf(metadata, "totalPages") is { } all && read < all)
        {
            notes.Add($"{read} of the document's {all} pages were read: pdfOptions {{maxPages}} sets how many.");
        }

        return notes.Count == 0 ? null : string.Join(' ', notes);
    }

    private static void AddMissing(JsonObject document, JsonObject? asked, List<string> notes)
    {
        var missing = FormatsOf(asked)
            .Where(format => MemberOf.GetValueOrDefault(format, format) is { Length: > 0 } member && document[member] is null)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (missing.Count > 0)
        {
            notes.Add(
                $"Asked for and not returned: {string.Join(", ", missing)}. This Firecrawl may lack what it takes (json, summary "
                    + "and question need a model, screenshot a browser), or the page has none."
            );
        }
    }

    private static IEnumerable<string> FormatsOf(JsonObject? asked) =>
        (asked?["formats"] as JsonArray ?? [])
            .Select(format => (format is JsonObject named ? named["type"] : format)?.ToString())
            .OfType<string>();

    private static int? NumberOf(JsonObject? metadata, string member) =>
        metadata?[member] is JsonValue value
        && int.TryParse(value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
