using McpGateway.Tools.Schemas;

namespace Firecrawl.Scraping;

/// <summary>The formats that go by a name alone.</summary>
internal sealed class PageFormatNamesAttribute()
    : SubsetAttribute(
        "markdown",
        "html",
        "rawHtml",
        "screenshot",
        "links",
        "images",
        "summary",
        "changeTracking",
        "branding",
        "product",
        "menu",
        "json",
        "deterministicJson",
        "query",
        "audio",
        "video",
        "rawBase64"
    );
