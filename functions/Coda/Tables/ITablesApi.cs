using Coda.Docs;
using Coda.Upstream;
using Refit;

namespace Coda.Tables;

/// <summary>https://coda.io/developers/apis/v1#tag/Tables and #tag/Columns</summary>
internal interface ITablesApi
{
    [Get("/docs/{doc}/tables")]
    Task<CodaList<TableReference>> ListTablesAsync(
        DocId doc,
        [Query] int? limit,
        [Query] string? sortBy,
        [Query] string? tableTypes,
        [Query] string? pageToken,
        CancellationToken cancellationToken
    );

    [Get("/docs/{doc}/tables/{tableId}")]
    Task<Table> GetTableAsync(DocId doc, string tableId, CancellationToken cancellationToken);

    [Get("/docs/{doc}/tables/{tableId}/columns")]
    Task<CodaList<Column>> ListColumnsAsync(
        DocId doc,
        string tableId,
        [Query] bool? visibleOnly,
        [Query] int? limit,
        [Query] string? pageToken,
        CancellationToken cancellationToken
    );

    [Get("/docs/{doc}/tables/{tableId}/columns/{columnId}")]
    Task<Column> GetColumnAsync(DocId doc, string tableId, string columnId, CancellationToken cancellationToken);
}
