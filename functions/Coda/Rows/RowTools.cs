using System.ComponentModel.DataAnnotations;
using Coda.Docs;
using Coda.Tables;
using Coda.Upstream;
using McpGateway.Tools.Schemas;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Coda.Rows;

/// <summary>Tools that read rows.</summary>
internal sealed partial class RowTools(IRowsApi rows, DocResolver docs, TableResolver tables, RowResolver resolver, RowReader reader)
{
    private const int MostRows = 2_000;
    private const int LargePage = 200;

    /// <summary>Lists rows of a table or view, as cells by column name. Data may lag a few seconds behind the browser.</summary>
    /// <param name="docId">ID, link or name.</param>
    /// <param name="filters">Rows that meet all; ["a","b"] as value: any of these. See coda_find_rows for or, sorting, sums.</param>
    /// <param name="sortBy">Ascending; natural: as in the doc. Default createdAt.</param>
    /// <param name="columns">Only these columns, by ID or name.</param>
    /// <param name="pageToken">nextPageToken of the previous page; repeat filters and columns with it.</param>
    /// <param name="fetchAll">All pages, up to 2000 rows or 1 MB.</param>
    /// <param name="requireLatest">Fail if Coda's snapshot is behind the doc.</param>
    [McpServerTool(Name = "coda_list_rows", Title = "List rows", ReadOnly = true, OpenWorld = true, UseStructuredContent = true)]
    public async partial Task<CodaList<Row>> ListRowsAsync(
        string docId,
        string tableIdOrName,
        IProgress<ProgressNotificationValue> progress,
        RowFilter[]? filters = null,
        [AllowedValues("createdAt", "updatedAt", "natural")] string? sortBy = null,
        string[]? columns = null,
        [AllowedValues("rich", "simple", "simpleWithArrays")] string valueFormat = "rich",
        bool? visibleOnly = null,
        [AtLeast(1)] int? limit = null,
        string? pageToken = null,
        bool fetchAll = false,
        bool requireLatest = false,
        CancellationToken cancellationToken = default
    )
    {
        if (sortBy == "natural" && visibleOnly == false)
        {
            throw new McpException("sortBy=natural shows visible rows only: leave visibleOnly out.");
        }

        var doc = await docs.ResolveAsync(docId, cancellationToken);
        var tableId = await tables.ResolveAsync(doc, tableIdOrName, cancellationToken);
        var selection = new RowSelection(
            filters ?? [],
            columns,
            sortBy,
            valueFormat,
            visibleOnly,
            fetchAll ? limit ?? LargePage : limit,
            requireLatest
        );
        return fetchAll
            ? await reader.ReadAllAsync(doc, tableId, selection, MostRows, progress, pageToken, cancellationToken)
            : await reader.ReadPageAsync(doc, tableId, selection, pageToken, cancellationToken);
    }

    /// <summary>Gets one row.</summary>
    /// <param name="columns">Only these columns, by ID or name.</param>
    [McpServerTool(Name = "coda_get_row", Title = "Get a row", ReadOnly = true, OpenWorld = true, UseStructuredContent = true)]
    public async partial Task<Row> GetRowAsync(
        string docId,
        string tableIdOrName,
        string rowIdOrName,
        string[]? columns = null,
        [AllowedValues("rich", "simple", "simpleWithArrays")] string valueFormat = "rich",
        CancellationToken cancellationToken = default
    )
    {
        var doc = await docs.ResolveAsync(docId, cancellationToken);
        var tableId = await tables.ResolveAsync(doc, tableIdOrName, cancellationToken);
        var known = await tables.GetColumnsAsync(doc, tableId, columns ?? [], cancellationToken);
        var wanted = columns?.Select(column => known.Find(column, nameof(columns)).Id).ToHashSet();
        var rowId = await resolver.ResolveAsync(doc, tableId, rowIdOrName, cancellationToken);
        return CellReader.Read(await rows.GetRowAsync(doc, tableId, rowId, valueFormat, cancellationToken), known, wanted);
    }
}
