using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using Firecrawl.Scraping;
using Firecrawl.Upstream;
using McpGateway.Tools.Schemas;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Firecrawl.Parsing;

/// <summary>Tools that read files.</summary>
internal sealed partial class ParseTools(
    IParseApi parse,
    IScrapeApi scrape,
    ParseFiles files,
    PageDefaults defaults,
    CreditCap cap,
    Waiting waiting
)
{
    /// <summary>Reads a document (PDF, Word, Excel, PowerPoint, OpenDocument, HTML, EPUB, CSV, images) as markdown. 1 credit a PDF page.</summary>
    /// <param name="filePath">A file below the operator's folder; with content, the document's name.</param>
    /// <param name="content">The document as base64.</param>
    /// <param name="url">Or where Firecrawl finds the document; instead of filePath.</param>
    /// <param name="contentType">Media type.</param>
    /// <param name="jsonOptions">{prompt, schema}.</param>
    /// <param name="queryOptions">{prompt, mode}.</param>
    /// <param name="pdfOptions">{maxPages, mode, pages: such as "3-5", paid from page 1 on}.</param>
    /// <param name="timeout">Milliseconds, at most 300000.</param>
    [McpServerTool(Name = "firecrawl_parse", Title = "Parse a document", ReadOnly = true, OpenWorld = true)]
    public async partial Task<IEnumerable<ContentBlock>> ParseAsync(
        IProgress<ProgressNotificationValue> progress,
        string? filePath = null,
        string? content = null,
        string? url = null,
        string? contentType = null,
        [JsonShape("string", "object"), Subset("markdown", "html", "rawHtml", "links", "images", "summary", "json", "query")]
            JsonElement[]? formats = null,
        [Brief] JsonFormat? jsonOptions = null,
        [Brief] QueryFormat? queryOptions = null,
        [JsonShape("string", "object"), Subset("pdf"), EmptyClears] JsonElement[]? parsers = null,
        [Brief] PdfOptions? pdfOptions = null,
        bool? onlyMainContent = null,
        [JsonShape("boolean", "object")] JsonElement? redactPII = null,
        string[]? includeTags = null,
        string[]? excludeTags = null,
        bool? removeBase64Images = null,
        bool? skipTlsVerification = null,
        bool? storeInCache = null,
        bool? zeroDataRetention = null,
        long? maxAge = null,
        [AllowedValues("basic", "auto")] string? proxy = null,
        bool? blockAds = null,
        Dictionary<string, string>? headers = null,
        JsonObject? auditMetadata = null,
        int? timeout = null,
        CancellationToken cancellationToken = default
    )
    {
        if ((filePath is null) == (url is null))
        {
            throw new McpException(
                "Give either url, or filePath: a file below the operator's folder, or with content (base64) the document's name."
            );
        }

        if (url is not null && (content ?? contentType) is not null)
        {
            throw new McpException(
                $"{(content is null ? "contentType" : "content")} is for a document that is sent, and url for one that Firecrawl fetches: give "
                    + "one of them. Nothing was sent."
            );
        }

        Patience.Allow(timeout);
        var options = new ScrapeOptions(
            Formats: formats,
            JsonOptions: jsonOptions,
            QueryOptions: queryOptions,
            Parsers: parsers,
            PdfOptions: pdfOptions,
            OnlyMainContent: onlyMainContent,
            RedactPII: redactPII,
            IncludeTags: includeTags,
            ExcludeTags: excludeTags,
            RemoveBase64Images: removeBase64Images,
            SkipTlsVerification: skipTlsVerification,
            StoreInCache: storeInCache,
            ZeroDataRetention: zeroDataRetention,
            MaxAge: maxAge,
            Proxy: proxy,
            BlockAds: blockAds,
            Headers: headers,
            AuditMetadata: auditMetadata,
            Timeout: timeout
        );
        if (url is not null)
        {
            // Firecrawl fetches it: nothing is downloaded here, and where it may lead is the guard's matter as for any page.
            var body = Body.Of(new { url }).With(options.ToBody());
            return ScrapeTools.Describe(
                await waiting.ForAsync(scrape.ScrapeAsync(body, once: false, cancellationToken), "The document", progress),
                body,
                PageRange.Of(pdfOptions)
            );
        }

        var bytes = content is null ? await files.ReadAsync(filePath!, cancellationToken) : Decode(filePath!, content);
        var asked = options.ToBody();
        defaults.AddTo(asked);
        cap.BoundDocument(asked);
        using var form = ParseForm.Create(filePath!, contentType, bytes, asked);
        return ScrapeTools.Describe(
            await waiting.ForAsync(parse.ParseAsync(form, cancellationToken), "The document", progress),
            asked,
            PageRange.Of(pdfOptions)
        );
    }

    private static byte[] Decode(string name, string content)
    {
        ParseFiles.CheckKind("filePath", name);
        try
        {
            return Convert.FromBase64String(content);
        }
        catch (FormatException)
        {
            throw new McpException("content is not base64.");
        }
    }
}
