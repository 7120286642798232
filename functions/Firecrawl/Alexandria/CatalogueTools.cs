using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Firecrawl.Answers;
using Firecrawl.Upstream;
using McpGateway.Tools.Schemas;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Firecrawl.Alexandria;

/// <summary>Tools that look into the catalogue of data providers.</summary>
internal sealed partial class CatalogueTools(AlexandriaCalls alexandria, ICatalogueApi catalogue)
{
    private const int DefaultLimit = 20;

    /// <summary>
    /// Finds data providers (companies, jobs, filings, statistics, prices …) in Firecrawl's catalogue and their contracts, free of
    /// charge; firecrawl_scrape runs them (alexandria). Without arguments the categories, then providers and tools; nextTool goes on.
    /// </summary>
    /// <param name="query">The data needed; the other parameters narrow it.</param>
    /// <param name="urls">Websites to find providers for.</param>
    /// <param name="categories">Their providers are listed.</param>
    /// <param name="capabilities">Exact ids: with their whole contracts.</param>
    /// <param name="expand">[] keeps the list compact.</param>
    /// <param name="limit">Default 20.</param>
    [McpServerTool(Name = "firecrawl_find_tools", Title = "Find data providers", ReadOnly = true, Idempotent = true, OpenWorld = true)]
    public async partial Task<string> FindToolsAsync(
        string? query = null,
        string[]? urls = null,
        string[]? providers = null,
        string[]? categories = null,
        string[]? groups = null,
        string[]? capabilities = null,
        [AllowedValues("categories", "providers", "groups", "tools")] string? level = null,
        [Subset("options", "response", "examples"), EmptyClears] string[]? expand = null,
        [Range(1, 100)] int? limit = null,
        [Range(0, int.MaxValue)] int? offset = null,
        CancellationToken cancellationToken = default
    )
    {
        var isNarrowed = query is not null || new[] { urls, providers, groups, capabilities }.Any(list => list is { Length: > 0 });
        var shown =
            level
            ?? (
                isNarrowed ? "tools"
                : categories is { Length: > 0 } ? "providers"
                : "categories"
            );
        if (shown != "categories")
        {
            expand ??= shown == "tools" && capabilities is { Length: > 0 } ? ["options", "response", "examples"] : null;
            var options = Body.Of(
                new
                {
                    query,
                    urls,
                    providers,
                    categories,
                    groups,
                    capabilities,
                    level = shown,
                    limit = limit ?? DefaultLimit,
                    offset,
                    expand,
                }
            );
            var call = JsonSerializer.SerializeToElement(
                new
                {
                    provider = Catalogue.Provider,
                    capability = Catalogue.Capability,
                    options,
                },
                FirecrawlJson.Options
            );
            return Answer.Of(Catalogue.WithNextTools(await alexandria.RunAsync([call], requestId: null, timeout: null, cancellationToken)));
        }

        return isNarrowed || categories is { Length: > 0 } || expand is not null
            ? throw new McpException("level=categories takes limit and offset only: leave level out, or take another one.")
            : Answer.Of(Catalogue.Categories(await catalogue.ListCategoriesAsync(cancellationToken), limit ?? DefaultLimit, offset ?? 0));
    }
}
