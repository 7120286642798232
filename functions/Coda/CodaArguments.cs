using Coda.Rows;
using McpGateway.Tools.Arguments;

namespace Coda;

/// <summary>What other Coda servers, and Coda's own API, call our arguments: prompts written for them keep working.</summary>
internal static class CodaArguments
{
    public static ArgumentAliases Aliases { get; } =
        RowOperator
            .Words.Aggregate(new ArgumentAliases(), (aliases, op) => aliases.TakeValue("op", op.Key, op.Value))
            .Take("op", "operator operation comparison comparator condition")
            .Take("docId", "doc document documentId doc_id_or_url docUrl docName")
            .Take("pageIdOrName", "page pageId pageName canvasId pageUrl")
            .Take("tableIdOrName", "table tableId tableName gridId viewIdOrName tableUrl")
            .Take("rowIdOrName", "row rowId rowName")
            .Take("rowIds", "rows ids")
            .Take("columnIdOrName", "column columnId columnName button buttonColumn")
            .Take("column", "field property key columnId columnName columnIdOrName")
            .Take("columns", "columnIdsOrNames columnNames fields")
            .Take("elementIds", "elements lineIds")
            .Take("elementId", "element lineId")
            .Take("everything", "all wholePage")
            .Take("rows", "items records data")
            .Take("changes", "rows updates items")
            .Take("cells", "values data fields")
            .Take("keyColumns", "keys keyColumnIds keyColumnNames")
            .Take("filters", "filter query where conditions")
            .Take("text", "query search searchTerm q")
            .Take("match", "operator logic combine")
            .Take("op", "operator comparison condition")
            .Take("content", "markdown text body canvasContent contentMarkdown")
            .Take("format", "contentFormat outputFormat")
            .Take("mode", "insertionMode position")
            .Take("name", "newName title pageName")
            .Take("title", "name docName newTitle")
            .Take("parentPageId", "parentPageIdOrName parentPage parentId parent")
            .Take("query", "search searchTerm q")
            .Take("limit", "pageSize maxResults maxRows rowLimit")
            .Take("pageToken", "nextPageToken cursor")
            .Take("url", "link browserLink href")
            .Take("customDocDomain", "domain customDomain")
            .Take("payload", "body data")
            .Take("principal", "user recipient")
            .Take("newRole", "role")
            .Take("maxChars", "maxLength maxCharacters")
            .Take("numLines", "lines maxLines limit")
            .Take("visibleOnly", "onlyVisible visible")
            .Take("requestId", "mutationId idempotencyKey clientRequestId")
            .TakeValue("direction", "ascending", "asc up")
            .TakeValue("direction", "descending", "desc down")
            .TakeValue("scale", "daily", "day")
            .TakeValue("scale", "cumulative", "total cumulated")
            .TakeValue("orderBy", "totalSessions", "sessions")
            .TakeValue("orderBy", "createdAt", "created")
            .TakeValue("orderBy", "publishedAt", "published")
            .TakeValue("orderBy", "title", "name")
            .TakeValue("includedRoles", "Admin", "admins")
            .TakeValue("includedRoles", "DocMaker", "docMakers makers maker")
            .TakeValue("includedRoles", "Editor", "editors")
            .Advise("direction", "Coda sorts ascending only.")
            .Advise("html", "Give it as content, with format: \"html\".", with: "format")
            .Advise("useColumnNames", "Cells always come by column name.");
}
