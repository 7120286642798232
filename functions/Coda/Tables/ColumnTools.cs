using Coda.Docs;
using ModelContextProtocol.Server;

namespace Coda.Tables;

/// <summary>Tools for single columns.</summary>
internal sealed partial class ColumnTools(ITablesApi tables, DocResolver docs, TableResolver resolver)
{
    /// <summary>Gets a column with its formula.</summary>
    /// <param name="docId">ID, link or name.</param>
    [McpServerTool(Name = "coda_get_column", Title = "Get a column", ReadOnly = true, OpenWorld = true, UseStructuredContent = true)]
    public async partial Task<Column> GetColumnAsync(
        string docId,
        string tableIdOrName,
        string columnIdOrName,
        CancellationToken cancellationToken
    )
    {
        var doc = await docs.ResolveAsync(docId, cancellationToken);
        var tableId = await resolver.ResolveAsync(doc, tableIdOrName, cancellationToken);
        var column = await resolver.ResolveColumnAsync(doc, tableId, columnIdOrName, nameof(columnIdOrName), cancellationToken);
        return await tables.GetColumnAsync(doc, tableId, column.Id, cancellationToken);
    }
}
