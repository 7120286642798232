using System.Text.Json;
using Coda.Docs;
using Coda.Tables;
using ModelContextProtocol;

namespace Coda.Rows;

/// <summary>Finds the row that a model means by an id, a browser link or a name (the value of the display column).</summary>
internal sealed class RowResolver(IRowsApi rows, ITablesApi tables, LinkResolver links)
{
    public static bool IsRowId(string text) => text.StartsWith("i-", StringComparison.Ordinal);

    public async Task<string> ResolveAsync(DocId doc, string tableId, string rowIdOrName, CancellationToken cancellationToken)
    {
        var text = rowIdOrName.Trim();
        if (IsRowId(text))
        {
            return text;
        }

        return await links.TryResolveAsync(doc, text, "row", nameof(rowIdOrName), cancellationToken)
            ?? await FindByNameAsync(doc, tableId, text, nameof(rowIdOrName), cancellationToken);
    }

    /// <summary>The one row of this name. Coda itself would take any of several.</summary>
    public async Task<string> FindByNameAsync(DocId doc, string tableId, string name, string field, CancellationToken cancellationToken)
    {
        var table = await tables.GetTableAsync(doc, tableId, cancellationToken);
        if (table.DisplayColumn is not { } display)
        {
            throw new McpException(
                $"{field}='{name}': the table '{table.Name}' has no display column, so a row needs its id (i-…), from coda_list_rows."
            );
        }

        var found = await QueryAsync(doc, tableId, display.Id, JsonSerializer.SerializeToElement(name), cancellationToken);
        if (found.Count == 0 && TryReadScalar(name) is { } scalar)
        {
            found = await QueryAsync(doc, tableId, display.Id, scalar, cancellationToken);
        }

        return found.Count switch
        {
            1 => found[0].Id,
            0 => throw new McpException(
                $"{field}='{name}': the table '{table.Name}' has no row of this name. Find it with coda_list_rows and give its id (i-…)."
            ),
            _ => throw new McpException(
                $"{field}='{name}' is the name of several rows of '{table.Name}': {string.Join(", ", found.Select(row => row.Id))}. Give the id of one."
            ),
        };
    }

    private async Task<IReadOnlyList<CodaRow>> QueryAsync(
        DocId doc,
        string tableId,
        string columnId,
        JsonElement value,
        CancellationToken cancellationToken
    ) =>
        (
            await rows.ListRowsAsync(
                doc,
                tableId,
                RowQuery.ToQuery(columnId, value),
                null,
                "simple",
                null,
                5,
                null,
                null,
                cancellationToken
            )
        ).Items;

    private static JsonElement? TryReadScalar(string text) =>
        double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? JsonSerializer.SerializeToElement(number)
        : bool.TryParse(text, out var flag) ? JsonSerializer.SerializeToElement(flag)
        : null;
}
