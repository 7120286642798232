using Coda.Docs;
using Coda.Folders;
using Coda.Pages;
using Coda.Rows;
using Coda.Sharing;
using Coda.Tables;
using McpGateway.Tools.Guards;

namespace Coda;

/// <summary>What people call the docs, pages, tables and rows that arguments name by id.</summary>
internal static class CodaNames
{
    private const int MostLines = 500;

    public static ThingNames All { get; } =
        new ThingNames()
            .Add("docId", async call => (await call.Get<IDocsApi>().GetDocAsync(await DocOf(call), call.Cancellation)).Name)
            .Add("pageIdOrName", PageAsync)
            .Add("tableIdOrName", TableAsync)
            .Add("rowIdOrName", call => RowAsync(call, call.Text("rowIdOrName")))
            .Add("rowIds", call => call.EachAsync("rowIds", id => RowAsync(call, id)))
            .Add("columnIdOrName", ColumnAsync)
            .Add("elementId", async call => (await LinesAsync(call)).GetValueOrDefault(call.Text("elementId")))
            .Add(
                "elementIds",
                async call =>
                {
                    var lines = await LinesAsync(call);
                    return await call.EachAsync("elementIds", id => Task.FromResult(lines.GetValueOrDefault(id)));
                }
            )
            .Add("folderId", async call => (await call.Get<IFoldersApi>().GetFolderAsync(call.Text("folderId"), call.Cancellation)).Name)
            .Add("permissionId", PermissionAsync);

    private static Task<DocId> DocOf(ThingCall call) => call.Get<DocResolver>().ResolveAsync(call.Text("docId"), call.Cancellation);

    private static async Task<(DocId Doc, string Page)> PageOf(ThingCall call)
    {
        var doc = await DocOf(call);
        return (doc, await call.Get<PageResolver>().ResolveAsync(doc, call.Text("pageIdOrName"), call.Cancellation));
    }

    private static async Task<(DocId Doc, string Table)> TableOf(ThingCall call)
    {
        var doc = await DocOf(call);
        return (doc, await call.Get<TableResolver>().ResolveAsync(doc, call.Text("tableIdOrName"), call.Cancellation));
    }

    private static async Task<string?> PageAsync(ThingCall call)
    {
        var (doc, page) = await PageOf(call);
        return (await call.Get<IPagesApi>().GetPageAsync(doc, page, call.Cancellation)).Name;
    }

    private static async Task<string?> TableAsync(ThingCall call)
    {
        var (doc, table) = await TableOf(call);
        return (await call.Get<ITablesApi>().GetTableAsync(doc, table, call.Cancellation)).Name;
    }

    private static async Task<string?> RowAsync(ThingCall call, string row)
    {
        var (doc, table) = await TableOf(call);
        var id = await call.Get<RowResolver>().ResolveAsync(doc, table, row, call.Cancellation);
        return (await call.Get<IRowsApi>().GetRowAsync(doc, table, id, "simple", call.Cancellation)).Name;
    }

    private static async Task<string?> ColumnAsync(ThingCall call)
    {
        var (doc, table) = await TableOf(call);
        var column = call.Text("columnIdOrName");
        return (await call.Get<TableResolver>().ResolveColumnAsync(doc, table, column, "columnIdOrName", call.Cancellation)).Name;
    }

    private static async Task<Dictionary<string, string?>> LinesAsync(ThingCall call)
    {
        var (doc, page) = await PageOf(call);
        var lines = await call.Get<PageReader>().ReadLinesAsync(doc, page, MostLines, call.Cancellation);
        return lines.Items.ToDictionary(line => line.Id, line => line.ItemContent?.Content, StringComparer.Ordinal);
    }

    private static async Task<string?> PermissionAsync(ThingCall call)
    {
        var entries = await call.Get<ISharingApi>().ListPermissionsAsync(await DocOf(call), null, null, call.Cancellation);
        return entries.Items.FirstOrDefault(entry => entry.Id == call.Text("permissionId")) is { Principal: var who } found
            ? $"{who.Email ?? who.GroupName ?? who.Domain ?? who.Type}, {found.Access}"
            : null;
    }
}
