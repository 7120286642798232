using Coda.Upstream;
using Refit;

namespace Coda.Docs;

/// <summary>https://coda.io/developers/apis/v1#tag/Docs</summary>
internal interface IDocsApi
{
    [Get("/docs")]
    Task<CodaList<DocSummary>> ListDocsAsync(
        [Query] string? query,
        [Query] bool? isOwner,
        [Query] bool? isPublished,
        [Query] bool? isStarred,
        [Query] bool? inGallery,
        [Query] string? sourceDoc,
        [Query] string? workspaceId,
        [Query] string? folderId,
        [Query] int? limit,
        [Query] string? pageToken,
        CancellationToken cancellationToken
    );

    [Get("/docs/{doc}")]
    Task<Doc> GetDocAsync(DocId doc, CancellationToken cancellationToken);

    [Post("/docs")]
    Task<DocSummary> CreateDocAsync([Body] DocCreate create, CancellationToken cancellationToken);

    [Patch("/docs/{doc}")]
    Task UpdateDocAsync(DocId doc, [Body] DocUpdate update, CancellationToken cancellationToken);

    [Delete("/docs/{doc}")]
    Task DeleteDocAsync(DocId doc, CancellationToken cancellationToken);
}
