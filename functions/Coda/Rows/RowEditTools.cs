using System.Text.Json;
using Coda.Docs;
using Coda.Tables;
using McpGateway.Text;
using McpGateway.Tools.Schemas;
using McpGateway.Upstream;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Coda.Rows;

/// <summary>Tools that add and change rows.</summary>
internal sealed partial class RowEditTools(
    IRowsApi api,
    ITablesApi tableApi,
    DocResolver docs,
    TableResolver tables,
    RowResolver resolver,
    RowWriter writer,
    RowReadBack readBack,
    Mutations.MutationWaiter waiter
)
{
    /// <summary>Adds rows to a table (not a view), many in one call; with keyColumns updates every row that matches and adds the others.</summary>
    /// <param name="docId">ID, link or name.</param>
    /// <param name="rows">Objects of column name or ID to value: {"Task":"Call Ann","Done":false,"Due":"2026-11-23","Share":"50%"}.
    /// Relations take row names or IDs, people names or emails, lists arrays.</param>
    /// <param name="keyColumns">Columns that identify a row, by ID or name. None: insert.</param>
    /// <param name="disableParsing">Store values as they are.</param>
    /// <param name="continueFrom">From the previous result, with the same rows: about 1000 fit into one call.</param>
    /// <param name="requestId">An ID of your own: a call repeated with it acts once.</param>
    [McpServerTool(
        Name = "coda_upsert_rows",
        Title = "Add or update rows",
        Destructive = false,
        OpenWorld = true,
        UseStructuredContent = true
    )]
    public async partial Task<RowsWritten> UpsertRowsAsync(
        string docId,
        string tableIdOrName,
        [JsonShape("object")] JsonElement[] rows,
        IProgress<ProgressNotificationValue> progress,
        string[]? keyColumns = null,
        bool disableParsing = false,
        [AtLeast(0)] int continueFrom = 0,
        string? requestId = null,
        int waitSeconds = 30,
        CancellationToken cancellationToken = default
    )
    {
        CheckList(rows.Length, continueFrom);
        var doc = await docs.ResolveAsync(docId, cancellationToken);
        var tableId = await tables.ResolveAsync(doc, tableIdOrName, cancellationToken);
        await RefuseViewAsync(doc, tableId, cancellationToken);
        var keys = await ReadKeysAsync(doc, tableId, keyColumns, cancellationToken);
        var edits = await writer.ReadAsync(doc, tableId, rows[continueFrom..], disableParsing, cancellationToken, continueFrom);
        CheckKeys(edits, keys ?? [], continueFrom);
        var batch = await RowBatches.SendAsync(
            RowBatches.Split(edits),
            continueFrom,
            rows.Length,
            part => api.UpsertRowsAsync(doc, tableId, disableParsing ? true : null, new(part, keys), cancellationToken),
            progress
        );
        List<string> ids = [.. batch.Accepted.SelectMany(part => part.AddedRowIds ?? [])];
        var written = await waiter.WaitAsync(batch.RequestIds, ids, waitSeconds, progress, cancellationToken);
        return await readBack.AddAsync(
            RowsWritten.Of(written, batch),
            doc,
            tableId,
            ids,
            ids.Count == edits.Count ? edits : null,
            cancellationToken
        );
    }

    /// <summary>Changes cells of one row; the others keep their values. Returns the row as it then is.</summary>
    /// <param name="cells">Object of column name or ID to value: {"Done":true}. null empties.</param>
    /// <param name="disableParsing">Store values as they are.</param>
    [McpServerTool(
        Name = "coda_update_row",
        Title = "Update a row",
        Destructive = false,
        Idempotent = true,
        OpenWorld = true,
        UseStructuredContent = true
    )]
    public async partial Task<RowsWritten> UpdateRowAsync(
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
        var doc = await docs.ResolveAsync(docId, cancellationToken);
        var tableId = await tables.ResolveAsync(doc, tableIdOrName, cancellationToken);
        var rowId = await resolver.ResolveAsync(doc, tableId, rowIdOrName, cancellationToken);
        var edits = await writer.ReadAsync(doc, tableId, [cells], disableParsing, cancellationToken);
        var accepted = await api.UpdateRowAsync(doc, tableId, rowId, disableParsing ? true : null, new(edits[0]), cancellationToken);
        var written = await waiter.WaitAsync(accepted, [rowId], waitSeconds, progress, cancellationToken);
        return await readBack.AddAsync(RowsWritten.Of(written), doc, tableId, [rowId], edits, cancellationToken);
    }

    /// <summary>Changes many rows, each by ID, link or name. Coda takes about three in ten seconds: the rest follows by continueFrom.</summary>
    /// <param name="changes">[{"row":"Call Ann","cells":{"Done":true}}]</param>
    /// <param name="cells">For those without cells of their own.</param>
    /// <param name="continueFrom">From the previous result, with the same changes.</param>
    [McpServerTool(
        Name = "coda_update_rows",
        Title = "Update rows",
        Destructive = false,
        Idempotent = true,
        OpenWorld = true,
        UseStructuredContent = true
    )]
    public async partial Task<RowsWritten> UpdateRowsAsync(
        string docId,
        string tableIdOrName,
        RowChange[] changes,
        IProgress<ProgressNotificationValue> progress,
        [JsonShape("object")] JsonElement? cells = null,
        [AtLeast(0)] int continueFrom = 0,
        int waitSeconds = 30,
        CancellationToken cancellationToken = default
    )
    {
        CheckList(changes.Length, continueFrom, nameof(changes));
        var doc = await docs.ResolveAsync(docId, cancellationToken);
        var tableId = await tables.ResolveAsync(doc, tableIdOrName, cancellationToken);
        var given = changes[continueFrom..];
        var ids = await resolver.ResolveAllAsync(doc, tableId, [.. given.Select(change => change.Row)], cancellationToken);
        var edits = await writer.ReadAsync(
            doc,
            tableId,
            [
                .. given.Select(change =>
                    change.Cells ?? cells ?? throw new McpException($"The row '{change.Row}' has no cells, and there are none for all.")
                ),
            ],
            disableParsing: false,
            cancellationToken,
            continueFrom
        );
        var failed = new List<FailedRow>();
        var batch = await RowBatches.SendAsync(
            ids.Select((id, index) => (IReadOnlyList<(string Id, RowEdit Edit)>)[(id, edits[index])]),
            continueFrom,
            changes.Length,
            async part =>
            {
                try
                {
                    return await api.UpdateRowAsync(doc, tableId, part[0].Id, null, new(part[0].Edit), cancellationToken);
                }
                catch (UpstreamException e) when (e is not UpstreamNotAskedException)
                {
                    failed.Add(new(part[0].Id, e.Message));
                    return new();
                }
            },
            progress
        );
        List<string> changed = [.. ids.Take(batch.Sent - continueFrom).Where(id => !failed.Exists(row => row.Row == id))];
        if (changed.Count == 0)
        {
            throw new McpException(
                $"None of the rows was changed. {string.Join(" ", failed.Take(3).Select(row => $"{row.Row}: {row.Error}"))}"
            );
        }

        var written = await waiter.WaitAsync(batch.RequestIds, changed, waitSeconds, progress, cancellationToken);
        return RowsWritten.Of(written, batch) with { Failed = failed.Count > 0 ? failed : null };
    }

    private static void CheckList(int count, int continueFrom, string field = "rows")
    {
        if (count == 0)
        {
            throw new McpException($"{field}=[] holds nothing to write.");
        }

        if (continueFrom >= count)
        {
            throw new McpException(
                $"continueFrom={continueFrom}: there are {count} rows, so nothing is left. Give the same rows as before."
            );
        }
    }

    /// <summary>
    /// A row without its key would be added, whatever there is, or overwrite those that lack it as well. Of two with the same key, one would overwrite the
    /// other, or both be added.
    /// </summary>
    private static void CheckKeys(IReadOnlyList<RowEdit> edits, IReadOnlyList<string> keys, int continueFrom)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var index = 0; keys.Count > 0 && index < edits.Count; index++)
        {
            var values = keys.Select(key => edits[index].Cells.FirstOrDefault(cell => cell.Column == key)?.Value).ToList();
            if (values.FindIndex(value => value is null || IsEmpty(value.Value)) is var missing and >= 0)
            {
                throw new McpException(
                    $"Nothing was written. Row {continueFrom + index + 1} has no value for the key column {keys[missing]}, so Coda would "
                        + "add it as a new row, or overwrite rows without one: give one, or add such rows in a call without keyColumns."
                );
            }

            var key = JsonSerializer.Serialize(values);
            if (!seen.TryAdd(key, index))
            {
                throw new McpException(
                    $"Nothing was written. Rows {continueFrom + seen[key] + 1} and {continueFrom + index + 1} have the same key ({Cut.To(key, 100)}), "
                        + "so one would overwrite the other: leave one of them out."
                );
            }
        }
    }

    private static bool IsEmpty(JsonElement value) =>
        value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined
        || (value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetString()))
        || (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(IsEmpty));

    private async Task RefuseViewAsync(DocId doc, string tableId, CancellationToken cancellationToken)
    {
        var table = await tableApi.GetTableAsync(doc, tableId, cancellationToken);
        if (table.TableType == "view" || table.ParentTable is not null)
        {
            throw new McpException(
                $"'{table.Name}' is a view, and rows are added to tables only: use its table "
                    + $"{(table.ParentTable is { } parent ? $"'{parent.Name}' ({parent.Id})" : "(see coda_get_table)")}."
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
        return [.. keys.Select(key => key.Id).Distinct()];
    }
}
