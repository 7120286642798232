using Coda.Content;
using Coda.Docs;
using Coda.Mutations;
using Coda.Upstream;
using McpGateway.Upstream;
using Refit;

namespace Coda.Pages;

/// <summary>https://coda.io/developers/apis/v1#tag/Pages</summary>
internal interface IPagesApi
{
    [Get("/docs/{doc}/pages")]
    Task<CodaList<PageSummary>> ListPagesAsync(
        DocId doc,
        [Query] int? limit,
        [Query] string? pageToken,
        CancellationToken cancellationToken
    );

    [Post("/docs/{doc}/pages")]
    Task<Accepted> CreatePageAsync(DocId doc, [Body] PageCreate page, CancellationToken cancellationToken);

    [Get("/docs/{doc}/pages/{pageId}")]
    Task<Page> GetPageAsync(DocId doc, string pageId, CancellationToken cancellationToken);

    /// <param name="once">Appending is not idempotent: then the request must not be sent twice.</param>
    [Put("/docs/{doc}/pages/{pageId}")]
    Task<Accepted> UpdatePageAsync(
        DocId doc,
        string pageId,
        [Body] PageUpdate update,
        [Property(UpstreamApi.SendOnce)] bool once,
        CancellationToken cancellationToken
    );

    [Delete("/docs/{doc}/pages/{pageId}")]
    Task<Accepted> DeletePageAsync(DocId doc, string pageId, CancellationToken cancellationToken);

    [Get("/docs/{doc}/pages/{pageId}/content")]
    Task<CodaList<PageElement>> ListContentAsync(
        DocId doc,
        string pageId,
        [Query] int? limit,
        [Query] string? contentFormat,
        [Query] string? pageToken,
        CancellationToken cancellationToken
    );

    [Delete("/docs/{doc}/pages/{pageId}/content")]
    Task<Accepted> DeleteContentAsync(DocId doc, string pageId, [Body] ContentDeletion deletion, CancellationToken cancellationToken);

    [Post("/docs/{doc}/pages/{pageId}/export")]
    Task<ExportStatus> BeginExportAsync(DocId doc, string pageId, [Body] ExportRequest export, CancellationToken cancellationToken);

    [Get("/docs/{doc}/pages/{pageId}/export/{exportId}")]
    Task<ExportStatus> GetExportAsync(DocId doc, string pageId, string exportId, CancellationToken cancellationToken);
}

/// <summary>A line of a page. Tables, buttons, images and dividers are not among them.</summary>
internal sealed record PageElement(string Id, ElementContent? ItemContent = null);

internal sealed record ElementContent(string? Style = null, string? Content = null, int? LineLevel = null);

internal sealed record ExportRequest(string OutputFormat);

/// <summary>An export's progress; what counts is whether a link or an error is there, never the status text.</summary>
internal sealed record ExportStatus(string Id, string? DownloadLink = null, string? Error = null, string? Status = null);
