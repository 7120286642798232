using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Coda.Docs;
using Coda.Tables;
using McpGateway.Text;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Coda.Rows;

/// <summary>Finding rows by what is in them.</summary>
internal sealed partial class RowSearchTools(DocResolver docs, TableResolver tables, RowSearch search)
{
    private const int MostRows = 500;
    private const string Mark = "find";

    // The sum of as many as a table has rows is a decimal still.
    private const double LargestSummed = 1e20;

    /// <summary>
    /// Finds rows of a table, or of all tables of a doc: by words in any column, by conditions, sorted; counts and sums them, by group
    /// where wanted.
    /// </summary>
    /// <param name="docId">ID, link or name.</param>
    /// <param name="tableIdOrName">Default: every table.</param>
    /// <param name="text">Words that a cell contains.</param>
    /// <param name="filters">[{"column":"Due","op":"before","value":"2026-12-01"}]</param>
    /// <param name="match">all or any of the filters.</param>
    /// <param name="sortBy">A column.</param>
    /// <param name="groupBy">A column: counts for each of its values.</param>
    /// <param name="sums">Columns to add up.</param>
    /// <param name="columns">Only these columns.</param>
    /// <param name="limit">Rows returned, 0-500; all are counted with sortBy, groupBy or sums.</param>
    /// <param name="pageToken">nextPageToken, with the same parameters.</param>
    [McpServerTool(Name = "coda_find_rows", Title = "Find rows", ReadOnly = true, OpenWorld = true, UseStructuredContent = true)]
    public async partial Task<FoundRows> FindRowsAsync(
        string docId,
        IProgress<ProgressNotificationValue> progress,
        string? tableIdOrName = null,
        string? text = null,
        RowFilter[]? filters = null,
        [AllowedValues("all", "any")] string match = "all",
        string? sortBy = null,
        bool descending = false,
        string? groupBy = null,
        string[]? sums = null,
        string[]? columns = null,
        [Range(0, MostRows)] int limit = 25,
        string? pageToken = null,
        CancellationToken cancellationToken = default
    )
    {
        var needsAll = sortBy is not null || groupBy is not null || sums is { Length: > 0 } || limit == 0;
        if (needsAll && pageToken is not null)
        {
            throw new McpException(
                "pageToken cannot be used with sortBy, groupBy, sums or limit=0: they need every row. Narrow the filters instead."
            );
        }

        if (tableIdOrName is null && (sortBy ?? groupBy ?? sums?.FirstOrDefault()) is not null)
        {
            throw new McpException("sortBy, groupBy and sums need tableIdOrName: columns belong to one table.");
        }

        if (descending && sortBy is null)
        {
            throw new McpException("descending is for sortBy: give the column to sort by as well, or leave it out.");
        }

        var doc = await docs.ResolveAsync(docId, cancellationToken);
        var within = await ListAsync(doc, tableIdOrName, cancellationToken);
        var question = new RowQuestion(text, filters ?? [], match == "any");
        var digest = DigestOf(within, question);
        var start = ReadPlace(pageToken, digest);
        var (found, next, looked, doubt) = await search.FindAsync(
            doc,
            within,
            question,
            start,
            needsAll ? null : limit,
            progress,
            cancellationToken
        );
        var known = tableIdOrName is null ? null : await tables.GetColumnsAsync(doc, within[0].Id, cancellationToken);
        var summed = (sums ?? []).Select(column => known!.Find(column, nameof(sums))).DistinctBy(column => column.Id).ToList();
        IEnumerable<Match> ordered = found;
        if (sortBy is not null)
        {
            var column = known!.Find(sortBy, nameof(sortBy));
            var keyed = found.Select(row => (Row: row, Key: RowOrder.KeyOf(column, known.CellOf(row.Row, column)))).ToList();
            ordered = (
                descending ? keyed.OrderBy(row => row.Key.Rank == 2).ThenByDescending(row => row.Key) : keyed.OrderBy(row => row.Key)
            ).Select(row => row.Row);
        }

        return new(
            [.. ordered.Take(limit).Select(row => Show(row, columns, isAlone: tableIdOrName is not null))],
            found.Count,
            next is null,
            groupBy is null ? null : Group(found, known!, known!.Find(groupBy, nameof(groupBy)), summed),
            summed.Count == 0 ? null : Sum(found, known!, summed),
            next is null || needsAll
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"{Mark}.{digest}.{next.Table}.{next.Skip}.{next.Token}"),
            next is null ? (found.Count == 0 ? doubt : null)
                : needsAll
                    ? $"Only {looked:N0} rows were looked at in the time of one call: counts, sums and order hold for these. Narrow the filters."
                : null
        );
    }

    private async Task<IReadOnlyList<TableReference>> ListAsync(DocId doc, string? tableIdOrName, CancellationToken cancellationToken)
    {
        if (tableIdOrName is not null)
        {
            return [new(await tables.ResolveAsync(doc, tableIdOrName, cancellationToken), tableIdOrName)];
        }

        // Views show the rows of tables.
        return [.. (await tables.ListAllAsync(doc, cancellationToken)).Items.Where(table => table.TableType != "view")];
    }

    private static FoundRow Show(Match match, string[]? columns, bool isAlone)
    {
        var wanted = columns
            ?.Where(match.Columns.Has)
            .Select(column => match.Columns.LabelOf(match.Columns.Find(column, nameof(columns)).Id))
            .ToHashSet();
        if (isAlone && columns?.FirstOrDefault(column => !match.Columns.Has(column)) is { } unknown)
        {
            match.Columns.Find(unknown, nameof(columns));
        }

        return new(
            match.Row.Id,
            wanted is null ? match.Row.Cells : match.Row.Cells.Where(cell => wanted.Contains(cell.Key)).ToDictionary(),
            match.Row.Name,
            isAlone ? null : new(match.Table.Id, match.Table.Name),
            match.Row.BrowserLink
        );
    }

    private static List<RowGroup> Group(List<Match> found, TableColumns columns, Column by, List<Column> summed) =>
        [
            .. found
                .GroupBy(row => columns.CellOf(row.Row, by) is { } cell ? TitleOf(cell) : "")
                .OrderByDescending(group => group.Count())
                .ThenBy(group => group.Key, StringComparer.OrdinalIgnoreCase)
                .Select(group => new RowGroup(group.Key, group.Count(), summed.Count == 0 ? null : Sum(group, columns, summed))),
        ];

    private static Dictionary<string, double> Sum(IEnumerable<Match> rows, TableColumns columns, List<Column> summed) =>
        summed.ToDictionary(
            column => columns.LabelOf(column.Id),
            column => (double)rows.Sum(row => columns.CellOf(row.Row, column) is { } cell ? AmountOf(column, cell) : 0)
        );

    /// <exception cref="McpException">The cell is no number, so that a sum would be one of the others.</exception>
    private static decimal AmountOf(Column column, JsonElement cell) =>
        CellValue.TryReadGivenPercent(cell) is { } number && Math.Abs(number) <= LargestSummed
            ? (decimal)number
            : throw new McpException(
                $"sums: the column '{column.Name}' has cells that cannot be added, such as '{Cut.To(TitleOf(cell), 60)}': leave it out, or look for "
                    + "rows with numbers only."
            );

    /// <summary>What a person reads in a cell.</summary>
    private static string TitleOf(JsonElement cell) =>
        cell.ValueKind switch
        {
            JsonValueKind.Array => string.Join(", ", cell.EnumerateArray().Select(TitleOf)),
            JsonValueKind.Object when cell.TryGetProperty("name", out var name) => name.ToString(),
            _ => RowOrder.TextsOf(cell).FirstOrDefault() ?? "",
        };

    private static SearchPlace ReadPlace(string? pageToken, string digest) =>
        pageToken is null ? SearchPlace.Start
        : pageToken.Split('.', 5) is [Mark, var asked, var table, var skip, var token]
        && asked == digest
        && int.TryParse(table, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
        && int.TryParse(skip, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? new(index, token.Length == 0 ? null : token, count)
        : throw new McpException(
            "pageToken belongs to another question: repeat docId, tableIdOrName, text and filters of the previous page, or leave it out."
        );

    private static string DigestOf(IReadOnlyList<TableReference> within, RowQuestion question) =>
        Convert.ToHexString(
            SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { Tables = within.Select(table => table.Id), question })),
            0,
            4
        );
}
