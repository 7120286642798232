using System.Text.Json;
using Coda.Docs;
using Coda.Mutations;
using Coda.Upstream;
using Refit;

namespace Coda.Rows;

/// <summary>https://coda.io/developers/apis/v1#tag/Rows. Rows are read and written by column id: names may repeat.</summary>
internal interface IRowsApi
{
    [Get("/docs/{doc}/tables/{tableId}/rows")]
    Task<CodaList<CodaRow>> ListRowsAsync(
        DocId doc,
        string tableId,
        [Query] string? query,
        [Query] string? sortBy,
        [Query] string? valueFormat,
        [Query] bool? visibleOnly,
        [Query] int? limit,
        [Query] string? pageToken,
        [Header(CodaApi.LatestOnly)] string? version,
        CancellationToken cancellationToken
    );

    [Get("/docs/{doc}/tables/{tableId}/rows/{rowId}")]
    Task<CodaRow> GetRowAsync(DocId doc, string tableId, string rowId, [Query] string? valueFormat, CancellationToken cancellationToken);

    [Post("/docs/{doc}/tables/{tableId}/rows")]
    Task<Accepted> UpsertRowsAsync(
        DocId doc,
        string tableId,
        [Query] bool? disableParsing,
        [Body] RowsUpsert rows,
        CancellationToken cancellationToken
    );

    [Put("/docs/{doc}/tables/{tableId}/rows/{rowId}")]
    Task<Accepted> UpdateRowAsync(
        DocId doc,
        string tableId,
        string rowId,
        [Query] bool? disableParsing,
        [Body] RowUpdate update,
        CancellationToken cancellationToken
    );

    [Delete("/docs/{doc}/tables/{tableId}/rows/{rowId}")]
    Task<Accepted> DeleteRowAsync(DocId doc, string tableId, string rowId, CancellationToken cancellationToken);

    [Delete("/docs/{doc}/tables/{tableId}/rows")]
    Task<Accepted> DeleteRowsAsync(DocId doc, string tableId, [Body] RowsDeletion deletion, CancellationToken cancellationToken);

    [Post("/docs/{doc}/tables/{tableId}/rows/{rowId}/buttons/{columnId}")]
    Task<Accepted> PushButtonAsync(DocId doc, string tableId, string rowId, string columnId, CancellationToken cancellationToken);
}

/// <summary>A row as Coda sends it: values by column id.</summary>
internal sealed record CodaRow(
    string Id,
    string? Name,
    string? BrowserLink,
    string? CreatedAt,
    string? UpdatedAt,
    Dictionary<string, JsonElement>? Values
);

internal sealed record RowsUpsert(IReadOnlyList<RowEdit> Rows, IReadOnlyList<string>? KeyColumns);

internal sealed record RowUpdate(RowEdit Row);

internal sealed record RowEdit(IReadOnlyList<CellEdit> Cells);

/// <param name="Column">The column's id.</param>
internal sealed record CellEdit(string Column, JsonElement Value);

internal sealed record RowsDeletion(IReadOnlyList<string> RowIds);
