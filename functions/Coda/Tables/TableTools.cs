using System.ComponentModel.DataAnnotations;
using Coda.Docs;
using Coda.Upstream;
using McpGateway.Tools.Schemas;
using ModelContextProtocol.Server;

namespace Coda.Tables;

/// <summary>Tools for tables and their columns.</summary>
internal sealed partial class TableTools(ITablesApi tables, DocResolver docs, TableResolver resolver)
{
    /// <summary>Lists a doc's tables and views. The API cannot create or change them.</summary>
    [McpServerTool(Name = "coda_list_tables", Title = "List tables", ReadOnly = true, OpenWorld = true, UseStructuredContent = true)]
    public async partial Task<CodaList<TableReference>> ListTablesAsync(
        string docId,
        [Subset("table", "view")] string[]? tableTypes = null,
        [AllowedValues("name")] string? sortBy = null,
        [AtLeast(1)] int? limit = null,
        string? pageToken = null,
        CancellationToken cancellationToken = default
    ) =>
        await tables.ListTablesAsync(
            await docs.ResolveAsync(docId, cancellationToken),
            limit,
            sortBy,
            tableTypes is null ? null : string.Join(',', tableTypes),
            pageToken,
            cancellationToken
        );

    /// <summary>Gets a table's or view's size, page and layout.</summary>
    [McpServerTool(Name = "coda_get_table", Title = "Get a table", ReadOnly = true, OpenWorld = true, UseStructuredContent = true)]
    public async partial Task<Table> GetTableAsync(string docId, string tableIdOrName, CancellationToken cancellationToken)
    {
        var doc = await docs.ResolveAsync(docId, cancellationToken);
        return await tables.GetTableAsync(doc, await resolver.ResolveAsync(doc, tableIdOrName, cancellationToken), cancellationToken);
    }

    /// <summary>Lists a table's columns with what they hold: type, options, the table a relation points to.</summary>
    /// <param name="visibleOnly">Only visible ones (tables, not views).</param>
    /// <param name="limit">At most 100.</param>
    [McpServerTool(Name = "coda_list_columns", Title = "List columns", ReadOnly = true, OpenWorld = true, UseStructuredContent = true)]
    public async partial Task<CodaList<Column>> ListColumnsAsync(
        string docId,
        string tableIdOrName,
        bool? visibleOnly = null,
        [AtLeast(1)] int? limit = null,
        string? pageToken = null,
        CancellationToken cancellationToken = default
    )
    {
        var doc = await docs.ResolveAsync(docId, cancellationToken);
        var tableId = await resolver.ResolveAsync(doc, tableIdOrName, cancellationToken);
        return await tables.ListColumnsAsync(doc, tableId, visibleOnly, limit, pageToken, cancellationToken);
    }
}
