using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Firecrawl.Answers;
using Firecrawl.Upstream;
using McpGateway.Text;
using McpGateway.Tools.Arguments;
using McpGateway.Tools.Schemas;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Firecrawl.Research;

/// <summary>Tools that find papers and developers' sources.</summary>
internal sealed partial class ResearchTools(IResearchApi research)
{
    /// <summary>Searches scientific papers.</summary>
    /// <param name="k">How many, 1 to 500, default 40.</param>
    /// <param name="from">Day, such as 2026-11-28.</param>
    /// <param name="to">Day.</param>
    [McpServerTool(
        Name = "firecrawl_research_search_papers",
        Title = "Search papers",
        ReadOnly = true,
        Idempotent = true,
        OpenWorld = true
    )]
    public partial Task<string> SearchPapersAsync(
        string query,
        int? k = null,
        string[]? authors = null,
        string[]? categories = null,
        string? from = null,
        string? to = null,
        CancellationToken cancellationToken = default
    )
    {
        (from, to) = DayRange.Read(from, nameof(from), to, nameof(to));
        return Answer.OfAsync(research.SearchAsync(query, k, authors, categories, from, to, cancellationToken));
    }

    /// <summary>Gets a paper's title, abstract and authors.</summary>
    /// <param name="paperId">Such as arxiv:1706.03762.</param>
    [McpServerTool(
        Name = "firecrawl_research_inspect_paper",
        Title = "Inspect a paper",
        ReadOnly = true,
        Idempotent = true,
        OpenWorld = true
    )]
    public partial Task<string> InspectPaperAsync(string paperId, CancellationToken cancellationToken) =>
        Answer.OfAsync(research.GetAsync(paperId, query: null, k: null, cancellationToken));

    /// <summary>Finds papers related to given ones.</summary>
    /// <param name="seed_ids">1 to 10 papers.</param>
    /// <param name="intent">What to find, in words.</param>
    /// <param name="mode">Default similar.</param>
    [McpServerTool(
        Name = "firecrawl_research_related_papers",
        Title = "Related papers",
        ReadOnly = true,
        Idempotent = true,
        OpenWorld = true
    )]
    public partial Task<string> FindRelatedAsync(
        string[] seed_ids,
        string intent,
        [AllowedValues("similar", "citers", "references")] string? mode = null,
        int? k = null,
        bool? rerank = null,
        CancellationToken cancellationToken = default
    )
    {
        seed_ids = [.. seed_ids.Select(id => id.Trim()).Distinct(StringComparer.Ordinal)];
        return seed_ids.Length is >= 1 and <= 10
            ? Answer.OfAsync(
                research.GetSimilarAsync(
                    seed_ids[0],
                    intent,
                    mode,
                    k,
                    rerank,
                    seed_ids.Length > 1 ? seed_ids[1..] : null,
                    cancellationToken
                )
            )
            : throw new McpException($"seed_ids has {seed_ids.Length} papers: give 1 to 10.");
    }

    /// <summary>Finds the passages of a paper that answer a question.</summary>
    /// <param name="paperId">Such as arxiv:1706.03762.</param>
    /// <param name="k">How many, 1 to 50, default 4.</param>
    [McpServerTool(Name = "firecrawl_research_read_paper", Title = "Read a paper", ReadOnly = true, Idempotent = true, OpenWorld = true)]
    public partial Task<string> ReadPaperAsync(
        string paperId,
        string question,
        int? k = null,
        CancellationToken cancellationToken = default
    ) => Answer.OfAsync(research.GetAsync(paperId, question, k, cancellationToken));

    /// <summary>Searches documentation, issues, pull requests and readmes of software.</summary>
    /// <param name="k">How many, 1 to 100, default 10.</param>
    /// <param name="repos">owner/name.</param>
    /// <param name="sources">Documentation sites, at most 20.</param>
    /// <param name="passages">For each result, 1 to 5.</param>
    /// <param name="language">Of a repository; as topic, license, stars, archived and fork.</param>
    [McpServerTool(
        Name = "firecrawl_developer_search",
        Title = "Search developers' sources",
        ReadOnly = true,
        Idempotent = true,
        OpenWorld = true
    )]
    public partial Task<string> SearchDeveloperAsync(
        string query,
        int? k = null,
        [AllowedValues("only")] string? skills = null,
        [Subset("doc", "issue", "pull_request", "readme")] string[]? types = null,
        string[]? repos = null,
        string[]? sources = null,
        int? passages = null,
        string? language = null,
        string? topic = null,
        string? license = null,
        int? min_stars = null,
        int? max_stars = null,
        bool? archived = null,
        bool? fork = null,
        CancellationToken cancellationToken = default
    ) =>
        min_stars > max_stars
            ? throw new McpException(
                $"min_stars={min_stars} is above max_stars={max_stars}, so that no repository lies between: exchange them."
            )
            : Answer.OfAsync(
                research.SearchDeveloperAsync(
                    Body.Of(
                        new
                        {
                            query,
                            k,
                            skills,
                            types,
                            repos = repos?.Select(RepositoryOf).ToArray(),
                            sources,
                            passages,
                            language,
                            topic,
                            license,
                            min_stars,
                            max_stars,
                            archived,
                            fork,
                        }
                    ),
                    cancellationToken
                )
            );

    /// <exception cref="McpException">It is no repository of GitHub's.</exception>
    private static string RepositoryOf(string text) =>
        Repository().Match(text.Trim()) is { Success: true } match
            ? match.Groups["name"].Value
            : throw new McpException($"repos has '{Cut.To(text, 100)}', which is not a repository: give owner/name. Nothing was sent.");

    [GeneratedRegex(
        @"^(?:(?:https?://)?(?:www\.)?github\.com/)?(?<name>[A-Za-z0-9-]+/[A-Za-z0-9._-]+?)(?:\.git)?/?$",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex Repository();
}
