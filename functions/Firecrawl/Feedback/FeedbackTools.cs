using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Firecrawl.Answers;
using Firecrawl.Jobs;
using Firecrawl.Upstream;
using ModelContextProtocol.Server;

namespace Firecrawl.Feedback;

/// <summary>Tools that rate the vendor's results.</summary>
internal sealed partial class FeedbackTools(IFeedbackApi feedback)
{
    /// <summary>Rates a search for Firecrawl.</summary>
    /// <param name="searchId">id of the search's result.</param>
    /// <param name="valuableSources">Required for good.</param>
    [McpServerTool(Name = "firecrawl_search_feedback", Title = "Rate a search", ReadOnly = false, Destructive = false, OpenWorld = true)]
    public partial Task<string> RateSearchAsync(
        [JobId] string searchId,
        [AllowedValues("good", "bad", "partial")] string rating,
        ValuableSource[]? valuableSources = null,
        MissingContent[]? missingContent = null,
        string? querySuggestions = null,
        CancellationToken cancellationToken = default
    ) =>
        Answer.OfAsync(
            feedback.RateSearchAsync(
                searchId,
                Body.Of(
                    new
                    {
                        rating,
                        valuableSources,
                        missingContent,
                        querySuggestions,
                    }
                ),
                cancellationToken
            )
        );

    /// <summary>Rates any result for Firecrawl.</summary>
    /// <param name="jobId">Not with alexandria.</param>
    /// <param name="requestedWebsite">With alexandria: {url, requestedFunctionality}.</param>
    /// <param name="rationale">With alexandria.</param>
    /// <param name="providerFeedback">With alexandria: {name, issue, why}.</param>
    /// <param name="capabilityFeedback">With alexandria: {name, provider, issue, why, requestedFunctionality}.</param>
    [McpServerTool(Name = "firecrawl_feedback", Title = "Rate an answer", ReadOnly = false, Destructive = false, OpenWorld = true)]
    public partial Task<string> RateAsync(
        [AllowedValues("search", "scrape", "parse", "map", "alexandria")] string endpoint,
        [AllowedValues("good", "bad", "partial")] string rating,
        [JobId] string? jobId = null,
        string[]? issues = null,
        string[]? tags = null,
        string? note = null,
        ValuableSource[]? valuableSources = null,
        MissingContent[]? missingContent = null,
        string? querySuggestions = null,
        string? url = null,
        int[]? pageNumbers = null,
        JsonObject? metadata = null,
        JsonObject? requestedWebsite = null,
        string? rationale = null,
        JsonObject[]? providerFeedback = null,
        JsonObject[]? capabilityFeedback = null,
        CancellationToken cancellationToken = default
    ) =>
        Answer.OfAsync(
            feedback.RateAsync(
                Body.Of(
                    new
                    {
                        endpoint,
                        rating,
                        jobId,
                        issues,
                        tags,
                        note,
                        valuableSources,
                        missingContent,
                        querySuggestions,
                        url,
                        pageNumbers,
                        metadata,
                        requestedWebsite,
                        rationale,
                        providerFeedback,
                        capabilityFeedback,
                    }
                ),
                cancellationToken
            )
        );
}

internal sealed record ValuableSource(string Url, string? Reason = null);

internal sealed record MissingContent(string Topic, string? Description = null);
