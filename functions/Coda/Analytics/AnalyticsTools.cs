using System.ComponentModel.DataAnnotations;
using Coda.Docs;
using Coda.Upstream;
using McpGateway.Tools.Arguments;
using McpGateway.Tools.Schemas;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Coda.Analytics;

/// <summary>Tools for how docs are used.</summary>
internal sealed partial class AnalyticsTools(IAnalyticsApi analytics, DocResolver docs, AllowedDocs allowed)
{
    /// <summary>Lists figures of docs: views, sessions, copies, likes.</summary>
    /// <param name="docIds">IDs or links; default: all.</param>
    /// <param name="sinceDate">YYYY-MM-DD.</param>
    /// <param name="untilDate">YYYY-MM-DD.</param>
    /// <param name="scale">Default: daily.</param>
    /// <param name="orderBy">A figure, or date, title, createdAt, publishedAt.</param>
    [McpServerTool(
        Name = "coda_list_doc_analytics",
        Title = "Doc analytics",
        ReadOnly = true,
        OpenWorld = true,
        UseStructuredContent = true
    )]
    public async partial Task<CodaList<DocAnalytics>> ListDocAnalyticsAsync(
        string[]? docIds = null,
        string? workspaceId = null,
        string? query = null,
        bool? isPublished = null,
        string? sinceDate = null,
        string? untilDate = null,
        [AllowedValues("daily", "cumulative")] string? scale = null,
        [
            Brief,
            AllowedValues(
                "date",
                "docId",
                "title",
                "createdAt",
                "publishedAt",
                "views",
                "copies",
                "likes",
                "sessionsMobile",
                "sessionsDesktop",
                "sessionsOther",
                "totalSessions",
                "aiCredits",
                "aiCreditsChat",
                "aiCreditsBlock",
                "aiCreditsColumn",
                "aiCreditsAssistant",
                "aiCreditsReviewer"
            )
        ]
            string? orderBy = null,
        [AllowedValues("ascending", "descending")] string? direction = null,
        [AtLeast(1)] int? limit = null,
        string? pageToken = null,
        CancellationToken cancellationToken = default
    )
    {
        (sinceDate, untilDate) = DayRange.Read(sinceDate, nameof(sinceDate), untilDate, nameof(untilDate));
        var ids = allowed.Ids?.ToList();
        if (docIds is { Length: > 0 })
        {
            ids = [];
            foreach (var docId in docIds)
            {
                ids.Add((await docs.ResolveAsync(docId, cancellationToken, nameof(docIds))).Value);
            }
        }

        var list = await analytics.ListDocAnalyticsAsync(
            ids is null ? null : string.Join(',', ids.Distinct()),
            workspaceId,
            query,
            isPublished,
            sinceDate,
            untilDate,
            scale,
            orderBy,
            direction,
            limit,
            pageToken,
            cancellationToken
        );
        return list with { Items = [.. list.Items.Where(item => allowed.Contains(item.Doc.Id))] };
    }

    /// <summary>Lists figures of a doc's pages. Only for docs in an Enterprise workspace.</summary>
    /// <param name="docId">ID, link or name.</param>
    /// <param name="sinceDate">YYYY-MM-DD.</param>
    /// <param name="untilDate">YYYY-MM-DD.</param>
    [McpServerTool(
        Name = "coda_list_page_analytics",
        Title = "Page analytics",
        ReadOnly = true,
        OpenWorld = true,
        UseStructuredContent = true
    )]
    public async partial Task<CodaList<PageAnalytics>> ListPageAnalyticsAsync(
        string docId,
        string? sinceDate = null,
        string? untilDate = null,
        [AtLeast(1)] int? limit = null,
        string? pageToken = null,
        CancellationToken cancellationToken = default
    )
    {
        (sinceDate, untilDate) = DayRange.Read(sinceDate, nameof(sinceDate), untilDate, nameof(untilDate));
        return await analytics.ListPageAnalyticsAsync(
            await docs.ResolveAsync(docId, cancellationToken),
            sinceDate,
            untilDate,
            limit,
            pageToken,
            cancellationToken
        );
    }

    /// <summary>Gets the number of sessions over all docs.</summary>
    /// <param name="sinceDate">YYYY-MM-DD.</param>
    /// <param name="untilDate">YYYY-MM-DD.</param>
    [McpServerTool(
        Name = "coda_get_doc_analytics_summary",
        Title = "Analytics summary",
        ReadOnly = true,
        OpenWorld = true,
        UseStructuredContent = true
    )]
    public partial Task<DocAnalyticsSummary> GetDocAnalyticsSummaryAsync(
        bool? isPublished = null,
        string? workspaceId = null,
        string? sinceDate = null,
        string? untilDate = null,
        CancellationToken cancellationToken = default
    )
    {
        (sinceDate, untilDate) = DayRange.Read(sinceDate, nameof(sinceDate), untilDate, nameof(untilDate));
        return allowed.AreLimited
            ? throw new McpException(
                "The summary counts every doc, and this gateway may only touch those of CODA_ALLOWED_DOCS: use coda_list_doc_analytics."
            )
            : analytics.GetSummaryAsync(isPublished, workspaceId, sinceDate, untilDate, cancellationToken);
    }

    /// <summary>Shows up to which day there are figures (Pacific time).</summary>
    [McpServerTool(
        Name = "coda_get_analytics_updated",
        Title = "Analytics updated",
        ReadOnly = true,
        OpenWorld = true,
        UseStructuredContent = true
    )]
    public partial Task<AnalyticsUpdated> GetAnalyticsUpdatedAsync(CancellationToken cancellationToken) =>
        analytics.GetUpdatedAsync(cancellationToken);
}
