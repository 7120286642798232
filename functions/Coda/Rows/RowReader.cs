using System.Net;
using Coda.Docs;
using Coda.Tables;
using Coda.Upstream;
using McpGateway.Upstream;
using ModelContextProtocol;

namespace Coda.Rows;

/// <summary>What to read of a table's rows.</summary>
internal sealed record RowSelection(
    IReadOnlyList<RowFilter> Filters,
    IReadOnlyList<string>? Columns,
    string? SortBy,
    string ValueFormat,
    bool? VisibleOnly,
    int? Limit,
    bool RequireLatest
);

/// <summary>Reads rows of a table, with conditions beyond the one Coda knows.</summary>
internal sealed class RowReader(IRowsApi rows, TableResolver tables)
{
    private const int CodasDefaultLimit = 25;
    private const int MostCharacters = 1_000_000;

    /// <summary>One page.</summary>
    public async Task<CodaList<Row>> ReadPageAsync(
        DocId doc,
        string tableId,
        RowSelection selection,
        string? pageToken,
        CancellationToken cancellationToken
    )
    {
        var columns = await tables.GetColumnsAsync(doc, tableId, cancellationToken);
        var wanted = selection.Columns?.Select(column => columns.Find(column, "columns").Id).ToHashSet();
        var filters = selection.Filters.Select(filter => (Column: columns.Find(filter.Column, "filters"), filter.Value)).ToList();
        var query = filters.Count == 0 ? null : RowQuery.ToQuery(filters[0].Column.Id, filters[0].Value);
        var page = await ReadAsync(doc, tableId, selection, query, pageToken, cancellationToken);
        var matching = page
            .Items.Select(row => (row.Id, All: CellReader.Read(row, columns, null), Row: CellReader.Read(row, columns, wanted)))
            .Where(row =>
                filters
                    .Skip(1)
                    .All(filter =>
                        row.All.Cells.TryGetValue(columns.LabelOf(filter.Column.Id), out var cell) && RowQuery.Matches(cell, filter.Value)
                    )
            );
        return new([.. matching.Select(row => row.Row)], page.NextPageToken);
    }

    /// <summary>Page after page until the end, so many rows or a million characters; then the token goes on.</summary>
    public Task<CodaList<Row>> ReadAllAsync(
        DocId doc,
        string tableId,
        RowSelection selection,
        int most,
        IProgress<ProgressNotificationValue> progress,
        string? pageToken,
        CancellationToken cancellationToken
    )
    {
        var read = 0;
        var characters = 0;
        return CodaLists.ReadAllAsync(
            async token =>
            {
                var page = await ReadPageAsync(doc, tableId, selection, token ?? pageToken, cancellationToken);
                read += page.Items.Count;
                characters += page.Items.Sum(row => row.Cells.Sum(cell => cell.Value.GetRawText().Length));
                progress.Report(new() { Progress = read, Message = $"{read} rows read" });
                return page;
            },
            most,
            () => characters >= MostCharacters
        );
    }

    /// <summary>Large docs respond to large pages with 504: then half as many are asked for, from the start, because a token holds the old limit.</summary>
    private async Task<CodaList<CodaRow>> ReadAsync(
        DocId doc,
        string tableId,
        RowSelection selection,
        string? query,
        string? pageToken,
        CancellationToken cancellationToken
    )
    {
        for (var limit = selection.Limit; ; limit = Math.Max(1, (limit ?? CodasDefaultLimit) / 2))
        {
            try
            {
                return await rows.ListRowsAsync(
                    doc,
                    tableId,
                    query,
                    selection.SortBy,
                    selection.ValueFormat,
                    selection.VisibleOnly,
                    limit,
                    pageToken,
                    selection.RequireLatest ? "latest" : null,
                    cancellationToken
                );
            }
            catch (UpstreamException e) when (e.Status == HttpStatusCode.GatewayTimeout)
            {
                if (pageToken is not null)
                {
                    throw new McpException(
                        $"{e.Message} The table is too large for pages of this size: start over without pageToken and with a smaller limit."
                    );
                }

                if (limit == 1)
                {
                    throw;
                }
            }
        }
    }
}
