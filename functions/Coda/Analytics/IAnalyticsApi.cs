using System.Text.Json;
using Coda.Docs;
using Coda.Upstream;
using Refit;

namespace Coda.Analytics;

/// <summary>https://coda.io/developers/apis/v1#tag/Analytics</summary>
internal interface IAnalyticsApi
{
    [Get("/analytics/docs")]
    Task<CodaList<DocAnalytics>> ListDocAnalyticsAsync(
        [Query] string? docIds,
        [Query] string? workspaceId,
        [Query] string? query,
        [Query] bool? isPublished,
        [Query] string? sinceDate,
        [Query] string? untilDate,
        [Query] string? scale,
        [Query] string? orderBy,
        [Query] string? direction,
        [Query] int? limit,
        [Query] string? pageToken,
        CancellationToken cancellationToken
    );

    [Get("/analytics/docs/{doc}/pages")]
    Task<CodaList<PageAnalytics>> ListPageAnalyticsAsync(
        DocId doc,
        [Query] string? sinceDate,
        [Query] string? untilDate,
        [Query] int? limit,
        [Query] string? pageToken,
        CancellationToken cancellationToken
    );

    [Get("/analytics/docs/summary")]
    Task<DocAnalyticsSummary> GetSummaryAsync(
        [Query] bool? isPublished,
        [Query] string? workspaceId,
        [Query] string? sinceDate,
        [Query] string? untilDate,
        CancellationToken cancellationToken
    );

    [Get("/analytics/updated")]
    Task<AnalyticsUpdated> GetUpdatedAsync(CancellationToken cancellationToken);
}

/// <summary>A doc's figures, one set a day: views, copies, likes, sessions, AI credits.</summary>
public sealed record DocAnalytics(AnalyticsDoc Doc, IReadOnlyList<Dictionary<string, JsonElement>> Metrics);

/// <summary>The doc the figures are of.</summary>
public sealed record AnalyticsDoc(
    string Id,
    string? Title = null,
    string? BrowserLink = null,
    string? CreatedAt = null,
    string? PublishedAt = null
);

/// <summary>A page's figures, one set a day: views, sessions, users, seconds viewed.</summary>
public sealed record PageAnalytics(Reference Page, IReadOnlyList<Dictionary<string, JsonElement>> Metrics);

/// <summary>Figures over all docs.</summary>
public sealed record DocAnalyticsSummary(long TotalSessions);

/// <summary>The last days the figures are of (Pacific time).</summary>
public sealed record AnalyticsUpdated(
    string? DocAnalyticsLastUpdated = null,
    string? PackAnalyticsLastUpdated = null,
    string? PackFormulaAnalyticsLastUpdated = null
);
