using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Firecrawl.Answers;
using McpGateway.Tools.Schemas;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Firecrawl.Team;

/// <summary>Tools about the account's use.</summary>
internal sealed partial class TeamTools(ITeamApi team)
{
    /// <summary>Shows how many tokens (of extract) are left, or were used by month.</summary>
    [McpServerTool(Name = "firecrawl_token_usage", Title = "Token usage", ReadOnly = true, Idempotent = true, OpenWorld = true)]
    public partial Task<string> GetTokensAsync(
        [AllowedValues("current", "historical")] string? view = null,
        bool? byApiKey = null,
        CancellationToken cancellationToken = default
    ) => Answer.OfAsync(Usage.GetAsync(team, "token-usage", view, byApiKey, cancellationToken));

    /// <summary>Shows how many jobs wait and run.</summary>
    [McpServerTool(Name = "firecrawl_queue_status", Title = "Queue status", ReadOnly = true, Idempotent = true, OpenWorld = true)]
    public partial Task<string> GetQueueAsync(CancellationToken cancellationToken) => Answer.OfAsync(team.GetQueueAsync(cancellationToken));

    /// <summary>Lists the calls of the last 24 hours.</summary>
    [McpServerTool(Name = "firecrawl_activity", Title = "Recent activity", ReadOnly = true, Idempotent = true, OpenWorld = true)]
    public partial Task<string> GetActivityAsync(
        [AllowedValues("scrape", "crawl", "batch_scrape", "search", "extract", "map", "agent", "browser", "interact")]
            string? endpoint = null,
        [AtLeast(1)] int? limit = null,
        string? cursor = null,
        CancellationToken cancellationToken = default
    ) => Answer.OfAsync(team.GetActivityAsync(endpoint, limit, cursor, cancellationToken));
}

/// <summary>The tool that shows the balance, which every other tool may refer to.</summary>
internal sealed partial class CreditTools(ITeamApi team)
{
    /// <summary>Shows how many credits are left, or were used by month.</summary>
    [McpServerTool(Name = "firecrawl_credit_usage", Title = "Credit usage", ReadOnly = true, Idempotent = true, OpenWorld = true)]
    public partial Task<string> GetCreditsAsync(
        [AllowedValues("current", "historical")] string? view = null,
        bool? byApiKey = null,
        CancellationToken cancellationToken = default
    ) => Answer.OfAsync(Usage.GetAsync(team, "credit-usage", view, byApiKey, cancellationToken));
}

internal static class Usage
{
    public static Task<JsonObject> GetAsync(
        ITeamApi team,
        string kind,
        string? view,
        bool? byApiKey,
        CancellationToken cancellationToken
    ) =>
        view switch
        {
            null or "current" when byApiKey == true => throw new McpException("byApiKey divides the months: give it with view=historical."),
            null or "current" => team.GetUsageAsync(kind, cancellationToken),
            "historical" => team.GetHistoryAsync(kind, byApiKey, cancellationToken),
            _ => throw new McpException($"view='{view}' is not known: use current or historical."),
        };
}
