using System.Globalization;
using Coda.Docs;
using Coda.Pages;
using Coda.Tables;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Coda.Outline;

/// <summary>The tool to begin with in an unknown doc.</summary>
internal sealed partial class DocSchemaTools(IDocsApi docs, DocResolver resolver, PageResolver pages, TableResolver tables)
{
    private const int MostTablesWithColumns = 12;
    private const int MostTables = 100;
    private const string Mark = "tables.";

    /// <summary>Gets a doc's pages as a tree and its tables, with columns where there are at most 12 tables. Begin here in an unknown doc.</summary>
    /// <param name="docId">ID, link or name.</param>
    /// <param name="pageToken">nextPageToken: 100 tables at a time.</param>
    [McpServerTool(
        Name = "coda_get_doc_schema",
        Title = "Outline of a doc",
        ReadOnly = true,
        OpenWorld = true,
        UseStructuredContent = true
    )]
    public async partial Task<DocSchema> GetDocSchemaAsync(
        string docId,
        string? pageToken = null,
        CancellationToken cancellationToken = default
    )
    {
        var from = ReadToken(pageToken);
        var id = await resolver.ResolveAsync(docId, cancellationToken);
        var doc = await docs.GetDocAsync(id, cancellationToken);
        // The pages came with the first tables.
        var pageList = from == 0 ? await pages.ListAllAsync(id, cancellationToken) : new([]);
        var tableList = await tables.ListAllAsync(id, cancellationToken);
        // Views show the columns of their tables.
        var bases = tableList.Items.Where(table => table.TableType != "view").ToList();
        var withColumns = bases.Count <= MostTablesWithColumns ? bases.Select(table => table.Id).ToHashSet() : [];
        var outlined = new List<SchemaTable>();
        foreach (var table in tableList.Items.Skip(from).Take(MostTables))
        {
            outlined.Add(
                new(
                    table.Id,
                    table.Name,
                    table.TableType,
                    table.Parent?.Name,
                    withColumns.Contains(table.Id) ? Outline(await tables.GetColumnsAsync(id, table.Id, cancellationToken)) : null
                )
            );
        }

        return new(
            doc.Id,
            doc.Name,
            [.. PageTree.Order(pageList.Items).Select(page => new SchemaPage(page.Id, page.Name, page.Depth ?? 0))],
            outlined,
            pageList.Complete && tableList.Complete && from + MostTables >= tableList.Items.Count,
            from + MostTables < tableList.Items.Count ? string.Create(CultureInfo.InvariantCulture, $"{Mark}{from + MostTables}") : null,
            withColumns.Count < bases.Count ? $"{bases.Count} tables: get the columns of one with coda_list_columns." : null
        );
    }

    private static int ReadToken(string? pageToken) =>
        pageToken is null ? 0
        : pageToken.StartsWith(Mark, StringComparison.Ordinal)
        && int.TryParse(pageToken[Mark.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var from)
            ? from
        : throw new McpException("pageToken is not one of coda_get_doc_schema: leave it out to begin.");

    private static SchemaColumn[] Outline(TableColumns columns) =>
        [
            .. columns.All.Select(column => new SchemaColumn(
                column.Id,
                column.Name,
                column.Format?.Type,
                column.Calculated == true ? true : null,
                column.Format?.Table?.Name ?? column.Format?.Table?.Id
            )),
        ];
}
