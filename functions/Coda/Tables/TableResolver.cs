using Coda.Docs;
using Coda.Links;
using Coda.Upstream;

namespace Coda.Tables;

/// <summary>Finds the table and the columns that a model means by ids, browser links or names.</summary>
internal sealed class TableResolver(ITablesApi tables, LinkResolver links, ColumnCache cache)
{
    private const int MostColumnsAtOnce = 100;

    public async Task<string> ResolveAsync(DocId doc, string tableIdOrName, CancellationToken cancellationToken)
    {
        var text = Named.Demand(tableIdOrName, nameof(tableIdOrName));
        return await links.TryResolveAsync(doc, text, "table", nameof(tableIdOrName), cancellationToken)
            ?? await Named.FindIdAsync(
                text,
                nameof(tableIdOrName),
                ["grid-", "table-"],
                () => ListAllAsync(doc, cancellationToken),
                table => table.Id,
                table => table.Name
            );
    }

    public Task<CodaList<TableReference>> ListAllAsync(DocId doc, CancellationToken cancellationToken) =>
        CodaLists.ReadAllAsync(token => tables.ListTablesAsync(doc, 100, null, null, token, cancellationToken));

    /// <summary>All columns of a table, as of the last minute.</summary>
    public async Task<TableColumns> GetColumnsAsync(DocId doc, string tableId, CancellationToken cancellationToken) =>
        cache.Find(doc, tableId) ?? await ReadColumnsAsync(doc, tableId, cancellationToken);

    /// <summary>All columns of a table; read anew when one of those wanted is not among the known, for it may have been added or renamed just now.</summary>
    /// <param name="wanted">Ids or names.</param>
    public async Task<TableColumns> GetColumnsAsync(
        DocId doc,
        string tableId,
        IEnumerable<string> wanted,
        CancellationToken cancellationToken
    ) => cache.Find(doc, tableId) is { } known && wanted.All(known.Has) ? known : await ReadColumnsAsync(doc, tableId, cancellationToken);

    private async Task<TableColumns> ReadColumnsAsync(DocId doc, string tableId, CancellationToken cancellationToken)
    {
        var columns = await CodaLists.ReadAllAsync(token =>
            tables.ListColumnsAsync(doc, tableId, null, MostColumnsAtOnce, token, cancellationToken)
        );
        return cache.Keep(doc, tableId, new([.. columns.Items.DistinctBy(column => column.Id)]));
    }

    /// <summary>The column that a text means, which may be a link.</summary>
    public async Task<Column> ResolveColumnAsync(
        DocId doc,
        string tableId,
        string columnIdOrName,
        string field,
        CancellationToken cancellationToken
    )
    {
        var id = await links.TryResolveAsync(doc, columnIdOrName, "column", field, cancellationToken);
        var wanted = id ?? columnIdOrName;
        return (await GetColumnsAsync(doc, tableId, [wanted], cancellationToken)).Find(wanted, field);
    }
}
