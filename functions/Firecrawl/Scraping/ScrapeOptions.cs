using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firecrawl.Upstream;
using McpGateway.Tools.Schemas;
using ModelContextProtocol;

namespace Firecrawl.Scraping;

/// <summary>How pages are scraped: https://docs.firecrawl.dev/api-reference/endpoint/scrape. Formats, parsers and actions are names or objects.</summary>
internal sealed record ScrapeOptions(
    [property: JsonShape("string", "object"), PageFormatNames] JsonElement[]? Formats = null,
    JsonFormat? JsonOptions = null,
    QueryFormat? QueryOptions = null,
    ScreenshotFormat? ScreenshotOptions = null,
    [property: JsonShape("string", "object"), Subset("pdf"), EmptyClears] JsonElement[]? Parsers = null,
    PdfOptions? PdfOptions = null,
    bool? OnlyMainContent = null,
    bool? OnlyCleanContent = null,
    [property: JsonShape("boolean", "object")] JsonElement? RedactPII = null,
    string[]? IncludeTags = null,
    string[]? ExcludeTags = null,
    int? WaitFor = null,
    PageAction[]? Actions = null,
    bool? Mobile = null,
    bool? SkipTlsVerification = null,
    bool? RemoveBase64Images = null,
    bool? BlockAds = null,
    Place? Location = null,
    bool? StoreInCache = null,
    bool? ZeroDataRetention = null,
    long? MaxAge = null,
    long? MinAge = null,
    bool? Lockdown = null,
    [property: AllowedValues("basic", "stealth", "enhanced", "auto")] string? Proxy = null,
    BrowserProfile? Profile = null,
    Dictionary<string, string>? Headers = null,
    int? Timeout = null,
    JsonObject? ThreatProtection = null,
    JsonObject? AuditMetadata = null
)
{
    /// <summary>Reads the options that a tool takes as one object.</summary>
    public static ScrapeOptions Read(JsonObject? options, string field = "scrapeOptions")
    {
        try
        {
            var read = options?.Deserialize<ScrapeOptions>(FirecrawlJson.Options) ?? new();
            return read.PdfOptions?.Pages is null
                ? read
                : throw new McpException($"{field}.pdfOptions.pages is for firecrawl_scrape and firecrawl_parse: use maxPages here.");
        }
        catch (JsonException e)
        {
            throw new McpException($"{field}{e.Path?.TrimStart('$')} cannot be read: see the parameters of firecrawl_scrape for its form.");
        }
    }

    /// <summary>The options as the API wants them.</summary>
    /// <exception cref="McpException">A time in milliseconds is so short that seconds are meant.</exception>
    public JsonObject ToBody()
    {
        Milliseconds.Check(Timeout, "timeout", 1_000);
        Milliseconds.Check(WaitFor, "waitFor", 100);
        return Body.Of(
            this with
            {
                Formats = PageFormats.Merge(Formats, JsonOptions, QueryOptions, ScreenshotOptions),
                Parsers = MergePdf(),
                Actions = Actions?.Select(action => action.Type == "generatePDF" ? action with { Type = "pdf" } : action).ToArray(),
                JsonOptions = null,
                QueryOptions = null,
                ScreenshotOptions = null,
                PdfOptions = null,
            }
        );
    }

    /// <summary>The options of pages that a search or an extraction reads.</summary>
    /// <exception cref="McpException">There is one that the API has elsewhere only.</exception>
    public JsonObject ToBodyOfReader() =>
        ZeroDataRetention is null
            ? ToBody()
            : throw new McpException(
                "scrapeOptions.zeroDataRetention is refused: the API has it for single pages, batches and crawls only. Leave it out."
            );

    private JsonElement[]? MergePdf() =>
        PdfOptions is null
            ? Parsers
            :
            [
                .. (Parsers ?? []).Where(parser => parser.ValueKind != JsonValueKind.String || parser.GetString() != "pdf"),
                PageRange.Of(PdfOptions) is { } range
                    ? PageFormats.Named(
                        "pdf",
                        new
                        {
                            mode = PdfOptions.Mode,
                            maxPages = range.Last,
                            pages = true,
                        }
                    )
                    : PageFormats.Named("pdf", PdfOptions),
            ];
}

/// <summary>What the json format extracts.</summary>
internal sealed record JsonFormat(string? Prompt = null, JsonObject? Schema = null);

/// <param name="Mode">freeform (an answer, the default) or directQuote (the page's own words).</param>
internal sealed record QueryFormat(string Prompt, [property: AllowedValues("freeform", "directQuote")] string? Mode = null);

internal sealed record ScreenshotFormat(bool? FullPage = null, int? Quality = null, Viewport? Viewport = null);

internal sealed record Viewport(int Width, int Height);

/// <param name="Pages">Such as 3-7; the API reads, and is paid for, all up to the last.</param>
internal sealed record PdfOptions(
    int? MaxPages = null,
    [property: AllowedValues("fast", "auto", "ocr")] string? Mode = null,
    string? Pages = null
);

internal sealed record Place(string? Country = null, string[]? Languages = null);

internal sealed record BrowserProfile(string Name, bool? SaveChanges = null);

/// <param name="All">click: every match.</param>
/// <param name="Format">pdf: the size of its pages.</param>
internal sealed record PageAction(
    [property: AllowedValues(
        "wait",
        "screenshot",
        "scroll",
        "scrape",
        "click",
        "write",
        "press",
        "executeJavascript",
        "pdf",
        "generatePDF"
    )]
        string Type,
    string? Selector = null,
    int? Milliseconds = null,
    [property: EmptyClears] string? Text = null,
    string? Key = null,
    [property: AllowedValues("up", "down")] string? Direction = null,
    string? Script = null,
    bool? FullPage = null,
    bool? All = null,
    int? Quality = null,
    Viewport? Viewport = null,
    [property: AllowedValues("A0", "A1", "A2", "A3", "A4", "A5", "A6", "Letter", "Legal", "Tabloid", "Ledger")] string? Format = null,
    bool? Landscape = null,
    double? Scale = null
);
