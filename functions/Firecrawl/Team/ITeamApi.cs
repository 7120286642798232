using System.Text.Json.Nodes;
using Refit;

namespace Firecrawl.Team;

/// <summary>https://docs.firecrawl.dev/api-reference/endpoint/credit-usage</summary>
internal interface ITeamApi
{
    [Get("/team/{kind}")]
    Task<JsonObject> GetUsageAsync(string kind, CancellationToken cancellationToken);

    [Get("/team/{kind}/historical")]
    Task<JsonObject> GetHistoryAsync(string kind, [Query] bool? byApiKey, CancellationToken cancellationToken);

    [Get("/team/queue-status")]
    Task<JsonObject> GetQueueAsync(CancellationToken cancellationToken);

    [Get("/team/activity")]
    Task<JsonObject> GetActivityAsync(
        [Query] string? endpoint,
        [Query] int? limit,
        [Query] string? cursor,
        CancellationToken cancellationToken
    );
}
