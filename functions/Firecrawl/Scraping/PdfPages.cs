using System.Text.Json.Nodes;

namespace Firecrawl.Scraping;

/// <summary>The API reads a document from its first page on, and can return its pages one by one: of these, a caller gets those asked for.</summary>
internal static class PdfPages
{
    /// <returns>What is to be said of them; null: they are all there.</returns>
    public static string? Choose(JsonObject document, PageRange range)
    {
        if (document["pages"] is not JsonArray pages)
        {
            return $"The pages came undivided: this is the text up to page {range.Last}, or what is asked for is not a PDF.";
        }

        var chosen = pages.OfType<JsonObject>().Where(page => NumberOf(page) >= range.First && NumberOf(page) <= range.Last).ToList();
        document.Remove("pages");
        document["markdown"] = string.Join("\n\n", chosen.Select(page => $"<!-- page {NumberOf(page)} -->\n\n{page["markdown"]}"));
        return chosen.Count == 0 ? $"There is no page {range.First}: the document has {document["metadata"]?["totalPages"] ?? pages.Count}."
            : chosen.Count <= range.Last - range.First
                ? $"{chosen.Count} of the pages asked for are there: the others do not exist, or their text went into a neighbour's."
            : null;
    }

    private static int NumberOf(JsonObject page) =>
        page["pageNumber"] is JsonValue value && value.TryGetValue<int>(out var number) ? number : 0;
}
