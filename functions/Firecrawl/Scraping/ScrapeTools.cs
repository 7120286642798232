using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firecrawl.Alexandria;
using Firecrawl.Answers;
using Firecrawl.Upstream;
using McpGateway.Tools.Schemas;
using McpGateway.Tools.Selection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Firecrawl.Scraping;

/// <summary>Tools that read one page.</summary>
internal sealed partial class ScrapeTools(PageReader reader, AlexandriaCalls catalogue, Waiting waiting, Screenshots screenshots)
{
    /// <summary>Scrapes one page, as markdown unless formats say otherwise. 1 credit, json +4, each PDF page 1.</summary>
    /// <param name="formats">Names, or objects {type, …}.</param>
    /// <param name="jsonOptions">For json: {prompt, schema}.</param>
    /// <param name="queryOptions">For query: {prompt, mode}; mode freeform (default) or directQuote.</param>
    /// <param name="screenshotOptions">{fullPage, quality, viewport: {width, height}}.</param>
    /// <param name="parsers">Or {type, mode, maxPages, pages, blocks, pageMarkers}; []: a PDF as base64.</param>
    /// <param name="pdfOptions">{maxPages, mode: fast, auto or ocr, pages: such as "3-5"}.</param>
    /// <param name="onlyCleanContent">Clean the markdown with a model.</param>
    /// <param name="redactPII">true, or {mode, entities, replaceStyle}.</param>
    /// <param name="waitFor">Milliseconds.</param>
    /// <param name="actions">Done before scraping, in order; by type: wait {milliseconds or selector}, click {selector, all}, write
    /// {text}, press {key}, scroll {direction, selector}, scrape, screenshot {fullPage, quality, viewport}, executeJavascript
    /// {script}, pdf {format, landscape, scale}.</param>
    /// <param name="location">{country, languages}.</param>
    /// <param name="maxAge">Maximum age of a cached page, in ms (default two days); 0: fetch now.</param>
    /// <param name="minAge">Cache only.</param>
    /// <param name="lockdown">Cache only, never contact the page.</param>
    /// <param name="profile">{name, saveChanges}.</param>
    /// <param name="headers">Sent to the page.</param>
    /// <param name="timeout">Milliseconds, 1000 to 300000.</param>
    /// <param name="alexandria">Instead of url: up to 10 {provider, capability, options} of firecrawl_find_tools, each at its price.</param>
    /// <param name="requestId">With alexandria: repeats a failed run unpaid.</param>
    /// <param name="domainTools">Also find data providers.</param>
    [ReadsByArguments]
    [McpServerTool(Name = "firecrawl_scrape", Title = "Scrape a page", ReadOnly = false, Destructive = false, OpenWorld = true)]
    public async partial Task<IEnumerable<ContentBlock>> ScrapeAsync(
        IProgress<ProgressNotificationValue> progress,
        string? url = null,
        [JsonShape("string", "object"), PageFormatNames] JsonElement[]? formats = null,
        [Brief] JsonFormat? jsonOptions = null,
        [Brief] QueryFormat? queryOptions = null,
        [Brief] ScreenshotFormat? screenshotOptions = null,
        [JsonShape("string", "object"), Subset("pdf"), EmptyClears] JsonElement[]? parsers = null,
        [Brief] PdfOptions? pdfOptions = null,
        bool? onlyMainContent = null,
        bool? onlyCleanContent = null,
        [JsonShape("boolean", "object")] JsonElement? redactPII = null,
        string[]? includeTags = null,
        string[]? excludeTags = null,
        int? waitFor = null,
        [Brief] PageAction[]? actions = null,
        bool? mobile = null,
        bool? skipTlsVerification = null,
        bool? removeBase64Images = null,
        bool? blockAds = null,
        [Brief] Place? location = null,
        bool? storeInCache = null,
        bool? zeroDataRetention = null,
        long? maxAge = null,
        long? minAge = null,
        bool? lockdown = null,
        [AllowedValues("basic", "stealth", "enhanced", "auto")] string? proxy = null,
        [Brief] BrowserProfile? profile = null,
        Dictionary<string, string>? headers = null,
        int? timeout = null,
        JsonObject? threatProtection = null,
        JsonObject? auditMetadata = null,
        [JsonShape("object")] JsonElement[]? alexandria = null,
        string? requestId = null,
        [AllowedValues("compact", "summary", "full")] string? toolDetail = null,
        bool? domainTools = null,
        CancellationToken cancellationToken = default
    )
    {
        var options = new ScrapeOptions(
            formats,
            jsonOptions,
            queryOptions,
            screenshotOptions,
            parsers,
            pdfOptions,
            onlyMainContent,
            onlyCleanContent,
            redactPII,
            includeTags,
            excludeTags,
            waitFor,
            actions,
            mobile,
            skipTlsVerification,
            removeBase64Images,
            blockAds,
            location,
            storeInCache,
            zeroDataRetention,
            maxAge,
            minAge,
            lockdown,
            proxy,
            profile,
            headers,
            timeout,
            threatProtection,
            auditMetadata
        );
        if (FindConflict(url, alexandria, requestId, options) is { } conflict)
        {
            throw new McpException(conflict);
        }

        Patience.Allow(timeout);
        if (alexandria is { } calls)
        {
            return PageAnswer.Of(
                await waiting.ForAsync(catalogue.RunAsync(calls, requestId, timeout, cancellationToken), "The capability", progress)
            );
        }

        var body = Body.Of(
                new
                {
                    url,
                    toolDetail,
                    domainTools,
                }
            )
            .With(options.ToBody());
        var answer = await waiting.ForAsync(
            reader.ReadAsync(body, once: actions is { Length: > 0 }, cancellationToken),
            "The page",
            progress
        );
        if (answer["data"] is JsonObject document)
        {
            await screenshots.ShowAsync(document, cancellationToken);
        }

        return Describe(answer, body, PageRange.Of(pdfOptions));
    }

    // toolDetail and domainTools mean nothing to a capability; models carry them over from searches.
    private static string? FindConflict(string? url, JsonElement[]? alexandria, string? requestId, ScrapeOptions options) =>
        (url is null) == (alexandria is null) ? "Give either url (the page to read) or alexandria (a capability of the catalogue)."
        : requestId is not null && alexandria is null ? "requestId goes with alexandria only."
        : alexandria is not null && options with { Timeout = null } != new ScrapeOptions()
            ? "alexandria goes with requestId and timeout only: leave the options of a page out."
        : null;

    /// <summary>The page alone, with the API's warning where it has one, and a note where something is missing.</summary>
    /// <param name="asked">The request; null: formats are not known.</param>
    /// <param name="range">The pages of a document that were asked for; null: all.</param>
    public static IEnumerable<ContentBlock> Describe(JsonObject answer, JsonObject? asked, PageRange? range = null)
    {
        Answer.Check(answer);
        if (answer["data"] is not JsonObject document)
        {
            return answer["data"] is null ? throw Answer.Unreadable("no page") : PageAnswer.Of(answer);
        }

        answer.Remove("data");
        if (answer["warning"] is { } warning)
        {
            document["warning"] ??= warning.DeepClone();
        }

        var note = $"{PageNotes.Of(document, asked)} {(range is { } pages ? PdfPages.Choose(document, pages) : null)}".Trim();
        if (note.Length > 0)
        {
            document["note"] ??= note;
        }

        return PageAnswer.Of(document);
    }
}
