using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Firecrawl.Answers;
using Firecrawl.Scraping;
using Firecrawl.Upstream;
using McpGateway.Tools.Schemas;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Firecrawl.Sites;

/// <summary>Tools for a whole site without its pages.</summary>
internal sealed partial class MapTools(IMapApi map, Waiting waiting)
{
    private const int UsualLimit = 5_000;

    /// <summary>Lists the URLs of a site without reading them. 1 credit.</summary>
    /// <param name="search">Orders the URLs by relevance to these words.</param>
    /// <param name="limit">Default 5000, at most 100000.</param>
    /// <param name="ignoreCache">Fetch the sitemap again.</param>
    /// <param name="timeout">Milliseconds.</param>
    /// <param name="location">{country, languages}.</param>
    [McpServerTool(Name = "firecrawl_map", Title = "Map a site", ReadOnly = true, Idempotent = true, OpenWorld = true)]
    public async partial Task<string> MapAsync(
        string url,
        IProgress<ProgressNotificationValue> progress,
        string? search = null,
        [AllowedValues("include", "skip", "only")] string? sitemap = null,
        bool? includeSubdomains = null,
        [AtLeast(1)] int? limit = null,
        bool? ignoreQueryParameters = null,
        bool? ignoreCache = null,
        int? timeout = null,
        [Brief] Place? location = null,
        JsonObject? threatProtection = null,
        JsonObject? auditMetadata = null,
        string[]? includePaths = null,
        string[]? excludePaths = null,
        int? maxDiscoveryDepth = null,
        bool? allowExternalLinks = null,
        bool? filterByPath = null,
        bool? useIndex = null,
        Dictionary<string, string>? headers = null,
        CancellationToken cancellationToken = default
    )
    {
        Milliseconds.Check(timeout, nameof(timeout), 1_000);
        Patience.Allow(timeout);
        var answer = await waiting.ForAsync(
            map.MapAsync(
                Body.Of(
                    new
                    {
                        url,
                        search,
                        sitemap,
                        includeSubdomains,
                        limit,
                        ignoreQueryParameters,
                        ignoreCache,
                        timeout,
                        location,
                        threatProtection,
                        auditMetadata,
                        includePaths,
                        excludePaths,
                        maxDiscoveryDepth,
                        allowExternalLinks,
                        filterByPath,
                        useIndex,
                        headers,
                    }
                ),
                cancellationToken
            ),
            "The map",
            progress
        );
        return Answer.OfPage(answer, answer["links"], limit ?? UsualLimit, "a larger limit");
    }
}
