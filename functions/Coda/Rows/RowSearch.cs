using Coda.Docs;
using Coda.Links;
using Coda.Tables;
using McpGateway.Upstream.Calls;
using ModelContextProtocol;

namespace Coda.Rows;

/// <summary>What to look for in rows.</summary>
/// <param name="Text">Words that any cell holds.</param>
/// <param name="Any">Whether one condition is enough.</param>
internal sealed record RowQuestion(string? Text, IReadOnlyList<RowFilter> Filters, bool Any);

/// <summary>A row that matches, with the table it is in.</summary>
internal sealed record Match(TableReference Table, TableColumns Columns, Row Row);

/// <summary>
/// Looks through the rows of one table or of all tables of a doc, as far as the call's time reaches. Coda's API checks one equality at most: it is sent where
/// it is enough to narrow the rows down, everything else is checked here.
/// </summary>
internal sealed class RowSearch(RowReader reader, TableResolver tables)
{
    private const int PageSize = 200;
    private const int MostRows = 20_000;

    // Enough for the page that is on its way.
    private static readonly TimeSpan ToAnswer = TimeSpan.FromSeconds(12);

    /// <summary>
    /// The matches, in the order of the tables and rows, where to go on (null when everything was looked at), and what else a filter may have meant.
    /// </summary>
    /// <param name="start">Where an earlier search ended.</param>
    /// <param name="most">Stop after so many; null: find all.</param>
    public async Task<(List<Match> Found, SearchPlace? Next, int Looked, string? Doubt)> FindAsync(
        DocId doc,
        IReadOnlyList<TableReference> within,
        RowQuestion question,
        SearchPlace start,
        int? most,
        IProgress<ProgressNotificationValue> progress,
        CancellationToken cancellationToken
    )
    {
        var found = new List<Match>();
        var looked = 0;
        string? doubt = null;
        var isAsked = false;
        for (var index = start.Table; index < within.Count; index++)
        {
            var table = within[index];
            var columns = await tables.GetColumnsAsync(doc, table.Id, question.Filters.Select(filter => filter.Column), cancellationToken);
            if (within.Count > 1 && !question.Filters.All(filter => columns.Has(filter.Column)))
            {
                continue;
            }

            isAsked = true;
            var conditions = question.Filters.Select(filter => RowCondition.Of(columns.Find(filter.Column, "filters"), filter)).ToList();
            doubt ??= conditions.Select(condition => condition.Doubt).FirstOrDefault(one => one is not null);
            var sent = question.Any ? null : conditions.Find(condition => condition.Query is not null);
            var place = index == start.Table ? start : new SearchPlace(index, null, 0);
            var tokens = new HashSet<string>(StringComparer.Ordinal);
            var seen = new HashSet<string>(StringComparer.Ordinal);
            for (string? token = place.Token; ; )
            {
                var selection = new RowSelection([], null, null, "rich", null, PageSize, RequireLatest: false);
                var page = await reader.ReadAsync(doc, table.Id, selection, sent?.Query, token, cancellationToken);
                for (var at = place.Skip; at < page.Items.Count; at++)
                {
                    var row = CellReader.Read(page.Items[at], columns, null);
                    // A row that moves while pages are read comes again with a later one.
                    if (!Matches(row, columns, question, conditions) || !seen.Add(row.Id))
                    {
                        continue;
                    }

                    if (found.Count == most)
                    {
                        return (found, new(index, token, at), looked + at, doubt);
                    }

                    found.Add(new(table, columns, row));
                }

                looked += page.Items.Count;
                UpstreamCall.Current?.Reached(looked);
                progress.Report(new() { Progress = looked, Message = $"{looked} rows of '{table.Name}' looked at, {found.Count} found" });
                if (page.NextPageToken is null)
                {
                    break;
                }

                token = page.NextPageToken;
                place = new(index, token, 0);
                // A token that has been there leads round in a circle.
                if (!tokens.Add(token) || looked >= MostRows || UpstreamCall.Current?.Left < ToAnswer)
                {
                    return (found, place, looked, doubt);
                }
            }

            if (index + 1 < within.Count && UpstreamCall.Current?.Left < ToAnswer)
            {
                return (found, new(index + 1, null, 0), looked, doubt);
            }
        }

        return isAsked || start.Table > 0 || within.Count == 0
            ? (found, null, looked, doubt)
            : throw new McpException(
                $"filters: no table of the doc has {string.Join(" and ", question.Filters.Select(filter => $"'{filter.Column}'"))}. "
                    + "coda_get_doc_schema shows the columns of each."
            );
    }

    private static bool Matches(Row row, TableColumns columns, RowQuestion question, List<RowCondition> conditions) =>
        (
            question.Text is not { } text
            || row.Cells.Values.SelectMany(RowOrder.TextsOf)
                .Any(cell => Named.Fold(cell).Contains(Named.Fold(text), StringComparison.Ordinal))
        )
        && (
            conditions.Count == 0
            || (
                question.Any
                    ? conditions.Exists(condition => condition.Matches(columns.CellOf(row, condition.Column)))
                    : conditions.TrueForAll(condition => condition.Matches(columns.CellOf(row, condition.Column)))
            )
        );
}

/// <summary>Where a search goes on.</summary>
/// <param name="Table">The index of the table.</param>
/// <param name="Token">Coda's token of the page; null: the first.</param>
/// <param name="Skip">Rows of that page that were looked at.</param>
internal sealed record SearchPlace(int Table, string? Token, int Skip)
{
    public static SearchPlace Start { get; } = new(0, null, 0);
}
