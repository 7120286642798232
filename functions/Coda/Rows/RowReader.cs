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

/// <summary>
/// Reads rows of a table. Coda checks at most one condition, and reliably for plain texts, options, flags and numbers alone; the
/// others are checked here.
/// </summary>
internal sealed class RowReader(IRowsApi rows, TableResolver tables)
{
    private const int CodasDefaultLimit = 25;
    private const int MostCharacters = 1_000_000;
    private const int MostSearched = 1_000;
    private const int SearchedPage = 200;

    /// <summary>One page. With conditions of ours it reads on until there are enough rows or many were looked through.</summary>
    public async Task<CodaList<Row>> ReadPageAsync(
        DocId doc,
        string tableId,
        RowSelection selection,
        string? pageToken,
        CancellationToken cancellationToken
    )
    {
        var columns = await tables.GetColumnsAsync(
            doc,
            tableId,
            selection.Filters.Select(filter => filter.Column).Concat(selection.Columns ?? []),
            cancellationToken
        );
        var wanted = selection.Columns?.Select(column => columns.Find(column, "columns").Id).ToHashSet();
        var conditions = selection.Filters.Select(filter => RowCondition.Of(columns.Find(filter.Column, "filters"), filter)).ToList();
        var sent = conditions.Find(condition => condition.Query is not null);
        var ours = conditions.Where(condition => condition != sent).ToList();
        if (ours.Find(condition => !condition.CanCheck(selection.ValueFormat)) is { } blind)
        {
            throw new McpException(
                $"valueFormat={selection.ValueFormat} leaves out what the filter on '{blind.Column.Name}' is checked by: leave valueFormat out, "
                    + "or give the filter on another column."
            );
        }

        var cursor = RowCursor.Read(pageToken, tableId, selection);
        var most = selection.Limit ?? CodasDefaultLimit;
        var found = new List<Row>();
        var limit = ours.Count > 0 ? Math.Max(most, SearchedPage) : selection.Limit;
        for (var looked = 0; ; )
        {
            var page = await ReadAsync(doc, tableId, selection with { Limit = limit }, sent?.Query, cursor.Token, cancellationToken);
            for (var index = cursor.Skip; index < page.Items.Count; index++)
            {
                if (ours.Count > 0 && !Meets(CellReader.Read(page.Items[index], columns, null), columns, ours))
                {
                    continue;
                }

                if (ours.Count > 0 && found.Count == most)
                {
                    return new(found, cursor.Write(index));
                }

                found.Add(CellReader.Read(page.Items[index], columns, wanted));
            }

            looked += page.Items.Count;
            if (page.NextPageToken is null)
            {
                return new(
                    found,
                    Note: found.Count == 0 ? conditions.Select(one => one.Doubt).FirstOrDefault(doubt => doubt is not null) : null
                );
            }

            cursor = cursor.On(page.NextPageToken);
            if (ours.Count == 0 || found.Count >= most || looked >= MostSearched)
            {
                return new(
                    found,
                    cursor.Write(0),
                    found.Count < most && ours.Count > 0 ? $"{looked:N0} rows were looked through: go on with nextPageToken." : null
                );
            }
        }
    }

    private static bool Meets(Row row, TableColumns columns, List<RowCondition> conditions) =>
        conditions.TrueForAll(condition => condition.Matches(columns.CellOf(row, condition.Column)));

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
        var read = new HashSet<string>(StringComparer.Ordinal);
        var characters = 0;
        return CodaLists.ReadAllAsync(
            async token =>
            {
                var page = await ReadPageAsync(doc, tableId, selection, token ?? pageToken, cancellationToken);
                // A row that moves while pages are read comes again with a later one.
                page = page with
                {
                    Items = [.. page.Items.Where(row => read.Add(row.Id))],
                };
                characters += page.Items.Sum(row => row.Cells.Sum(cell => cell.Value.GetRawText().Length));
                progress.Report(new() { Progress = read.Count, Message = $"{read.Count} rows read" });
                return page;
            },
            most,
            () => characters >= MostCharacters
        );
    }

    /// <summary>Large docs respond to large pages with 504: then half as many are asked for, from the start, because a token holds the old limit.</summary>
    public async Task<CodaList<CodaRow>> ReadAsync(
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
