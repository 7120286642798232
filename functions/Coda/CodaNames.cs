using Coda.Account;
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
            .Add("docId", call => DocAsync(call, "docId"))
            .Add("sourceDoc", call => DocAsync(call, "sourceDoc"))
            .Add("syncDocId", call => DocAsync(call, "syncDocId"))
            .Add("pageIdOrName", call => PageAsync(call, "docId", "pageIdOrName"))
            .Add("parentPageId", call => PageAsync(call, "docId", "parentPageId"))
            .Add("syncPageId", call => PageAsync(call, "syncDocId", "syncPageId"))
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
            .Add("permissionId", PermissionAsync)
            .Add("workspaceId", WorkspaceAsync);

    private static Task<DocId> DocOf(ThingCall call, string argument = "docId") =>
        call.Get<DocResolver>().ResolveAsync(call.Text(argument), call.Cancellation);

    private static async Task<(DocId Doc, string Page)> PageOf(
        ThingCall call,
        string docArgument = "docId",
        string pageArgument = "pageIdOrName"
    )
    {
        var doc = await DocOf(call, docArgument);
        return (doc, await call.Get<PageResolver>().ResolveAsync(doc, call.Text(pageArgument), call.Cancellation));
    }

    private static async Task<(DocId Doc, string Table)> TableOf(ThingCall call)
    {
        var doc = await DocOf(call);
        return (doc, await call.Get<TableResolver>().ResolveAsync(doc, call.Text("tableIdOrName"), call.Cancellation));
    }

    private static async Task<string?> DocAsync(ThingCall call, string argument) =>
        (await call.Get<IDocsApi>().GetDocAsync(await DocOf(call, argument), call.Cancellation)).Name;

    private static async Task<string?> PageAsync(ThingCall call, string docArgument, string pageArgument)
    {
        var (doc, page) = await PageOf(call, docArgument, pageArgument);
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
        return lines
            .Items.DistinctBy(line => line.Id)
            .ToDictionary(line => line.Id, line => line.ItemContent?.Content, StringComparer.Ordinal);
    }

    private static async Task<string?> PermissionAsync(ThingCall call)
    {
        var entries = await call.Get<ISharingApi>().ListPermissionsAsync(await DocOf(call), null, null, call.Cancellation);
        return entries.Items.FirstOrDefault(entry => entry.Id == call.Text("permissionId")) is { Principal: var who } found
            ? $"{who.Email ?? who.GroupName ?? who.Domain ?? who.Type}, {found.Access}"
            : null;
    }

    // Coda lists no workspaces: the token's own is told by the account, another by what is in it.
    private static async Task<string?> WorkspaceAsync(ThingCall call)
    {
        var id = call.Text("workspaceId");
        var own = (await call.Get<IAccountApi>().WhoAmIAsync(call.Cancellation)).Workspace;
        if (own?.Id == id)
        {
            return own.Name;
        }

        var folders = await call.Get<IFoldersApi>().ListFoldersAsync(id, null, 1, null, call.Cancellation);
        return folders.Items.Select(folder => folder.Workspace).FirstOrDefault(workspace => workspace?.Id == id)?.Name;
    }
}
