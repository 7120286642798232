using Coda.Docs;
using Coda.Mutations;
using Coda.Tables;
using McpGateway.Tools.Schemas;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Coda.Rows;

/// <summary>Tools that delete rows and press their buttons.</summary>
internal sealed partial class RowActionTools(
    IRowsApi api,
    DocResolver docs,
    TableResolver tables,
    RowResolver resolver,
    MutationWaiter waiter
)
{
    /// <summary>Deletes one row.</summary>
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
    /// <param name="rowIds">IDs (i-…), from coda_list_rows.</param>
    /// <param name="continueFrom">From the previous result, with the same rowIds.</param>
    [McpServerTool(Name = "coda_delete_rows", Title = "Delete rows", Destructive = true, OpenWorld = true, UseStructuredContent = true)]
    public async partial Task<RowsWritten> DeleteRowsAsync(
        string docId,
        string tableIdOrName,
        string[] rowIds,
        IProgress<ProgressNotificationValue> progress,
        [AtLeast(0)] int continueFrom = 0,
        int waitSeconds = 30,
        CancellationToken cancellationToken = default
    )
    {
        // Of one that is there twice, Coda would take the second for unknown, or it would be counted twice.
        rowIds = [.. rowIds.Select(id => id.Trim()).Distinct(StringComparer.Ordinal)];
        if (rowIds.Length == 0 || continueFrom >= rowIds.Length)
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
        var given = await resolver.ResolveAllAsync(doc, tableId, rowIds[continueFrom..], cancellationToken);
        var batch = await RowBatches.SendAsync(
            RowBatches.Split(given),
            continueFrom,
            rowIds.Length,
            part => api.DeleteRowsAsync(doc, tableId, new(part), cancellationToken),
            progress
        );
        string[] deleted = [.. given.Take(batch.Sent - continueFrom)];
        var written = await waiter.WaitAsync(batch.RequestIds, deleted, waitSeconds, progress, cancellationToken);
        // Coda lists those it found.
        var taken = batch.Accepted.Any(part => part.RowIds is not null)
            ? batch.Accepted.SelectMany(part => part.RowIds ?? []).ToHashSet()
            : null;
        var unknown = taken is null ? [] : deleted.Where(id => !taken.Contains(id)).ToList();
        var result = RowsWritten.Of(written, batch);
        return unknown.Count == 0
            ? result
            : result with
            {
                Ids = [.. deleted.Where(id => !unknown.Contains(id))],
                Warning = $"{result.Warning} Coda did not take {string.Join(", ", unknown)}: there may be no such rows.".Trim(),
            };
    }

    /// <summary>Presses a button of a row. What it does is up to the doc: it may change anything or act outside Coda.</summary>
    /// <param name="columnIdOrName">The button's column.</param>
    /// <param name="requestId">An ID of your own: a call repeated with it acts once.</param>
    [McpServerTool(Name = "coda_push_button", Title = "Press a button", Destructive = true, OpenWorld = true, UseStructuredContent = true)]
    public async partial Task<WriteResult> PushButtonAsync(
        string docId,
        string tableIdOrName,
        string rowIdOrName,
        string columnIdOrName,
        IProgress<ProgressNotificationValue> progress,
        string? requestId = null,
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
}
