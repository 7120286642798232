using System.Text.Json.Nodes;
using McpGateway.Secrets;
using ModelContextProtocol;

namespace Firecrawl.Upstream;

/// <summary>The most that one call may be estimated to cost.</summary>
internal sealed class CreditCap
{
    private const string Setting = "FIRECRAWL_MAX_CREDITS_PER_CALL";

    private readonly bool isCloud;

    /// <exception cref="SettingException">The operator set less than one credit.</exception>
    public CreditCap(FirecrawlOptions options, FirecrawlServer server)
    {
        isCloud = server.IsCloud;
        Most = options.MaxCreditsPerCall is null or > 0
            ? options.MaxCreditsPerCall
            : throw new SettingException($"{Setting}='{options.MaxCreditsPerCall}' is too low: use 1 or more, or leave it out.");
    }

    /// <summary>Null: no limit.</summary>
    public int? Most { get; }

    /// <summary>
    /// Whether documents are read as far as the credits reach. An operator's own Firecrawl bills nobody, and an old one does not know the option.
    /// </summary>
    public bool BoundsDocuments => Most is not null && isCloud;

    /// <summary>How many pages there is room for, up to the default.</summary>
    public int PagesFor(long creditsEach, int usual) => Most is { } most ? (int)Math.Clamp(most / creditsEach, 1, usual) : usual;

    /// <summary>Bounds the pages that are read of a document, where the options say nothing: each costs a credit.</summary>
    /// <param name="options">Of a single page or document, as they are sent.</param>
    public void BoundDocument(JsonObject options)
    {
        if (Most is { } most && BoundsDocuments && CreditCost.Of("/scrape", options) is { } credits && credits <= most)
        {
            DocumentPages.Bound(options, PagesOfEach(options, most - credits, pages: 1), DocumentPages.IsDocument(options));
        }
    }

    /// <summary>The same for documents among the pages that a request reads: were all of them documents, the credits would reach.</summary>
    /// <param name="path">Of the API, such as <c>/v2/crawl</c>.</param>
    /// <param name="options">Of its pages.</param>
    public void BoundDocuments(string path, JsonObject body, JsonObject options)
    {
        if (Most is { } most && BoundsDocuments && CreditCost.Of(path, body) is { } credits && credits <= most)
        {
            DocumentPages.Bound(options, PagesOfEach(options, most - credits, CreditCost.PagesOf(path, body)), isAsked: false);
        }
    }

    private static int PagesOfEach(JsonObject options, long spare, long pages) =>
        (int)Math.Min(int.MaxValue, 1 + (spare / (CreditCost.PageOfDocument(options) * Math.Max(1, pages))));

    /// <param name="path">Of the API, such as <c>/v2/crawl</c>.</param>
    /// <exception cref="McpException">It would cost more.</exception>
    public void Check(string path, long credits)
    {
        if (credits > Most)
        {
            throw new McpException(
                $"This may cost about {credits} credits, and the operator allows {Most} for one call ({Setting}); nothing was sent. {RemedyFor(path)}"
            );
        }
    }

    private static string RemedyFor(string path) =>
        path.Split('/')[^1] switch
        {
            "crawl" => "Use a smaller limit, or cheaper formats.",
            "search" => "Use a smaller limit, or leave scrapeOptions out.",
            "agent" => "Use a smaller maxCredits.",
            "extract" =>
                "What an extraction costs is known afterwards only: read each page by firecrawl_scrape with the format json, for 5 credits.",
            "interact" => "A browser is paid by its time: read the page by firecrawl_scrape, with actions where they are needed.",
            _ when path.Contains("/batch/", StringComparison.Ordinal) => "Use fewer urls, or cheaper formats.",
            _ when path.Contains("/monitor", StringComparison.Ordinal) =>
                "That is one run of the monitor: use fewer targets, and a limit in the crawlOptions of each.",
            _ => "Use cheaper formats, or fewer pages of the document (pdfOptions {maxPages}).",
        };
}
