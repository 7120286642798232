using System.Text.Json;
using Coda.Docs;
using Coda.Mutations;
using Coda.Tables;
using McpGateway.Tools.Schemas;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Coda.Rows;

/// <summary>Tools that change rows.</summary>
[McpServerToolType]
internal sealed partial class RowEditTools(
    IRowsApi api,
    ITablesApi tableApi,
    DocResolver docs,
    TableResolver tables,
    RowResolver resolver,
    RowWriter writer,
    MutationWaiter waiter
)
{
    /// <summary>Adds rows to a table (not a view), many in one call; with keyColumns updates every row that matches and adds the others.</summary>
    /// <param name="docId">ID, link or name.</param>
    /// <param name="tableIdOrName">ID, link or name.</param>
    /// <param name="rows">Objects of column name or ID to value: {"Task":"Call Ann","Done":false,"Due":"2026-11-23"}. Relations take row names or IDs, people e-mails, lists arrays.</param>
    /// <param name="keyColumns">Columns that identify a row, by ID or name. None: insert.</param>
    /// <param name="disableParsing">Store values as they are.</param>
    /// <param name="waitSeconds">Wait until applied, 0-60.</param>
    [McpServerTool(
        Name = "coda_upsert_rows",
        Title = "Add or update rows",
        Destructive = false,
        OpenWorld = true,
        UseStructuredContent = true
    )]
    public async partial Task<WriteResult> UpsertRowsAsync(
        string docId,
        string tableIdOrName,
        [JsonShape("object")] JsonElement[] rows,
        IProgress<ProgressNotificationValue> progress,
        string[]? keyColumns = null,
        bool disableParsing = false,
        int waitSeconds = 30,
        CancellationToken cancellationToken = default
    )
    {
        if (rows.Length == 0)
        {
            throw new McpException("rows=[] holds nothing to write.");
        }

        var doc = await docs.ResolveAsync(docId, cancellationToken);
        var tableId = await tables.ResolveAsync(doc, tableIdOrName, cancellationToken);
        await RefuseViewAsync(doc, tableId, cancellationToken);
        var keys = await ReadKeysAsync(doc, tableId, keyColumns, cancellationToken);
        var edits = await writer.ReadAsync(doc, tableId, rows, disableParsing, cancellationToken);
        var accepted = await RowBatches.SendAsync(
            edits,
            part => api.UpsertRowsAsync(doc, tableId, disableParsing ? true : null, new(part, keys), cancellationToken),
            progress
        );
        return await waiter.WaitAsync(
            [.. accepted.Select(part => part.RequestId).OfType<string>()],
            [.. accepted.SelectMany(part => part.AddedRowIds ?? [])],
            waitSeconds,
            progress,
            cancellationToken
        );
    }

    /// <summary>Changes cells of one row; the others keep their values.</summary>
    /// <param name="docId">ID, link or name.</param>
    /// <param name="tableIdOrName">ID, link or name.</param>
    /// <param name="rowIdOrName">ID, link or name (display column).</param>
    /// <param name="cells">Object of column name or ID to value: {"Done":true}. null empties.</param>
    /// <param name="disableParsing">Store values as they are.</param>
    /// <param name="waitSeconds">Wait until applied, 0-60.</param>
    [McpServerTool(
        Name = "coda_update_row",
        Title = "Update a row",
        Destructive = false,
        Idempotent = true,
        OpenWorld = true,
        UseStructuredContent = true
    )]
    public async partial Task<WriteResult> UpdateRowAsync(
        string docId,
        string tableIdOrName,
        string rowIdOrName,
        [JsonShape("object")] JsonElement cells,
        IProgress<ProgressNotificationValue> progress,
        bool disableParsing = false,
        int waitSeconds = 30,
        CancellationToken cancellationToken = default
    )
    {
        var (doc, tableId, rowId) = await FindAsync(docId, tableIdOrName, rowIdOrName, cancellationToken);
        var edit = (await writer.ReadAsync(doc, tableId, [cells], disableParsing, cancellationToken))[0];
        var accepted = await api.UpdateRowAsync(doc, tableId, rowId, disableParsing ? true : null, new(edit), cancellationToken);
        return await waiter.WaitAsync(accepted, [rowId], waitSeconds, progress, cancellationToken);
    }

    /// <summary>Deletes one row.</summary>
    /// <param name="docId">ID, link or name.</param>
    /// <param name="tableIdOrName">ID, link or name.</param>
    /// <param name="rowIdOrName">ID, link or name (display column).</param>
    /// <param name="waitSeconds">Wait until applied, 0-60.</param>
    [McpServerTool(Name = "coda_delete_row", Title = "Delete a row", Destructive = true, OpenWorld = true, UseStructuredContent = true)]
    public async partial Task<WriteResult> DeleteRowAsync(
        string docId,
        string tableIdOrName,
        string rowIdOrName,
        IProgress<ProgressNotificationValue> progress,
        int waitSeconds = 30,
        CancellationToken cancellationToken = default
    )
    {
        var (doc, tableId, rowId) = await FindAsync(docId, tableIdOrName, rowIdOrName, cancellationToken);
        var accepted = await api.DeleteRowAsync(doc, tableId, rowId, cancellationToken);
        return await waiter.WaitAsync(accepted, [rowId], waitSeconds, progress, cancellationToken);
    }

    /// <summary>Deletes rows by ID.</summary>
    /// <param name="docId">ID, link or name.</param>
    /// <param name="tableIdOrName">ID, link or name.</param>
    /// <param name="rowIds">IDs (i-…), from coda_list_rows.</param>
    /// <param name="waitSeconds">Wait until applied, 0-60.</param>
    [McpServerTool(Name = "coda_delete_rows", Title = "Delete rows", Destructive = true, OpenWorld = true, UseStructuredContent = true)]
    public async partial Task<WriteResult> DeleteRowsAsync(
        string docId,
        string tableIdOrName,
        string[] rowIds,
        IProgress<ProgressNotificationValue> progress,
        int waitSeconds = 30,
        CancellationToken cancellationToken = default
    )
    {
        if (rowIds.Length == 0)
        {
            throw new McpException("rowIds must name at least one row by ID (i-…).");
        }

        if (Array.Find(rowIds, id => !RowResolver.IsRowId(id)) is { } other)
        {
            throw new McpException(
                $"rowIds has '{other}', which is not a row ID (i-…): find the row with coda_list_rows. Nothing was deleted."
            );
        }

        var doc = await docs.ResolveAsync(docId, cancellationToken);
        var tableId = await tables.ResolveAsync(doc, tableIdOrName, cancellationToken);
        var accepted = await RowBatches.SendAsync(
            rowIds,
            part => api.DeleteRowsAsync(doc, tableId, new(part), cancellationToken),
            progress
        );
        return await waiter.WaitAsync(
            [.. accepted.Select(part => part.RequestId).OfType<string>()],
            rowIds,
            waitSeconds,
            progress,
            cancellationToken
        );
    }

    /// <summary>Presses a button of a row. What it does is up to the doc: it may change anything or act outside Coda.</summary>
    /// <param name="docId">ID, link or name.</param>
    /// <param name="tableIdOrName">ID, link or name.</param>
    /// <param name="rowIdOrName">ID, link or name (display column).</param>
    /// <param name="columnIdOrName">The button's column.</param>
    /// <param name="waitSeconds">Wait until applied, 0-60.</param>
    [McpServerTool(Name = "coda_push_button", Title = "Press a button", Destructive = true, OpenWorld = true, UseStructuredContent = true)]
    public async partial Task<WriteResult> PushButtonAsync(
        string docId,
        string tableIdOrName,
        string rowIdOrName,
        string columnIdOrName,
        IProgress<ProgressNotificationValue> progress,
        int waitSeconds = 30,
        CancellationToken cancellationToken = default
    )
    {
        var (doc, tableId, rowId) = await FindAsync(docId, tableIdOrName, rowIdOrName, cancellationToken);
        var column = await tables.ResolveColumnAsync(doc, tableId, columnIdOrName, nameof(columnIdOrName), cancellationToken);
        if (column.Format?.Type is { } type && type != "button")
        {
            throw new McpException($"columnIdOrName='{columnIdOrName}' is a {type} column, not one of buttons.");
        }

        var accepted = await api.PushButtonAsync(doc, tableId, rowId, column.Id, cancellationToken);
        return await waiter.WaitAsync(accepted, [rowId], waitSeconds, progress, cancellationToken);
    }

    private async Task<(DocId Doc, string TableId, string RowId)> FindAsync(
        string docId,
        string tableIdOrName,
        string rowIdOrName,
        CancellationToken cancellationToken
    )
    {
        var doc = await docs.ResolveAsync(docId, cancellationToken);
        var tableId = await tables.ResolveAsync(doc, tableIdOrName, cancellationToken);
        return (doc, tableId, await resolver.ResolveAsync(doc, tableId, rowIdOrName, cancellationToken));
    }

    private async Task RefuseViewAsync(DocId doc, string tableId, CancellationToken cancellationToken)
    {
        var table = await tableApi.GetTableAsync(doc, tableId, cancellationToken);
        if (table.TableType == "view" || table.ParentTable is not null)
        {
            throw new McpException(
                $"'{table.Name}' is a view, and rows are added to tables only: use its table {(table.ParentTable is { } parent ? $"'{parent.Name}' ({parent.Id})" : "(see coda_get_table)")}."
            );
        }
    }

    private async Task<IReadOnlyList<string>?> ReadKeysAsync(
        DocId doc,
        string tableId,
        string[]? keyColumns,
        CancellationToken cancellationToken
    )
    {
        if (keyColumns is not { Length: > 0 })
        {
            return null;
        }

        var columns = await tables.GetColumnsAsync(doc, tableId, keyColumns, cancellationToken);
        var keys = keyColumns.Select(key => columns.Find(key, nameof(keyColumns))).ToList();
        keys.ForEach(CellWriter.CheckWritable);
        return [.. keys.Select(key => key.Id)];
    }
}
