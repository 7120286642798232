namespace Coda.Specs.Contract;

/// <summary>The operations of Coda's API with what each takes and a response with everything it promises.</summary>
internal static class CodaOperations
{
    private const string Canvas = "{format*:'html'|'markdown',content*:s}";
    private const string Content =
        "{type*:'canvas',canvasContent*:"
        + Canvas
        + "}/{type*:'embed',url*:s,renderMethod:'compatibility'|'standard'}"
        + "/{type*:'syncPage',mode*:'page',sourceDocId*:s,sourcePageId*:s,includeSubpages*:b}"
        + "/{type*:'syncPage',mode*:'document',sourceDocId*:s}";
    private const string NewPage = "{name:s,subtitle:s,iconName:s,imageUrl:s,parentPageId:s,pageContent:" + Content + "}";
    private const string Cells = "{cells*:[{column*:s,value*:v}]}";
    private const string Dates = "sinceDate:d,untilDate:d";
    private const string Accepted = """{"requestId":"r1","id":"x1"}""";
    private const string Doc =
        """{"id":"AbCDeFGHij","type":"doc","href":"h","browserLink":"https://coda.io/d/_dAbCDeFGHij","name":"Launch plan","owner":"ann@example.com","ownerName":"Ann","createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-01T00:00:00Z","workspaceId":"ws-1","folderId":"fl-1","folder":{"id":"fl-1","type":"folder","browserLink":"b","name":"F"},"workspace":{"id":"ws-1","type":"workspace","name":"W"},"docSize":{"totalRowCount":1,"tableAndViewCount":1,"pageCount":1,"overApiSizeLimit":false}}""";
    private const string Page =
        """{"id":"canvas-1x","type":"page","href":"h","browserLink":"b","name":"Notes","contentType":"canvas","isHidden":false,"isEffectivelyHidden":false,"children":[]}""";
    private const string Table =
        """{"id":"grid-1x","type":"table","tableType":"table","href":"h","browserLink":"b","name":"Tasks","parent":{"id":"canvas-9x","type":"page","href":"h","browserLink":"b","name":"P"},"displayColumn":{"id":"c-1","type":"column","href":"h"},"rowCount":1,"sorts":[],"layout":"default","createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-01T00:00:00Z"}""";
    private const string Columns =
        """{"items":[{"id":"c-1","type":"column","href":"h","name":"Task","display":true,"format":{"type":"text","isArray":false}},{"id":"c-2","type":"column","href":"h","name":"Hours","format":{"type":"number","isArray":false}},{"id":"c-3","type":"column","href":"h","name":"Send","format":{"type":"button","isArray":false}},{"id":"c-4","type":"column","href":"h","name":"Owner","format":{"type":"person","isArray":false}},{"id":"c-5","type":"column","href":"h","name":"Project","format":{"type":"lookup","isArray":true,"table":{"id":"grid-1x","type":"table","tableType":"table","href":"h","browserLink":"b","name":"Tasks"}}}]}""";
    private const string Row =
        """{"id":"i-1x","type":"row","href":"h","name":"Call Ann","index":0,"browserLink":"b","createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-01T00:00:00Z","values":{"c-1":"Call Ann","c-2":3,"c-3":"","c-4":"","c-5":""}}""";
    private const string Folder =
        """{"id":"fl-1","type":"folder","name":"F","browserLink":"b","workspace":{"id":"ws-1","type":"workspace"}}""";
    private const string Export = """{"id":"e1","status":"complete","href":"h","downloadLink":"DOWNLOAD"}""";
    private const string Settings = """{"allowEditorsToChangePermissions":true,"allowCopying":true,"allowViewersToRequestEditing":true}""";

    public static CodaOperation[] All { get; } =
    [
        new(
            "GET /whoami",
            "",
            200,
            """{"name":"Ann","loginId":"ann@example.com","type":"user","href":"h","scoped":false,"tokenName":"t","workspace":{"id":"ws-1","type":"workspace"}}"""
        ),
        new(
            "GET /resolveBrowserLink",
            "url*:s,degradeGracefully:b",
            200,
            """{"type":"apiLink","href":"h","resource":{"type":"doc","id":"AbCDeFGHij","href":"h"}}"""
        ),
        new("GET /mutationStatus/{id}", "", 200, """{"completed":true}"""),
        new(
            "GET /docs",
            "isOwner:b,isPublished:b,query:s,sourceDoc:s,isStarred:b,inGallery:b,workspaceId:s,folderId:s,limit:n,pageToken:s",
            200,
            List(Doc)
        ),
        new("POST /docs", "", 201, Doc, "{title:s,sourceDoc:s,timezone:s,folderId:s,initialPage:" + NewPage + "}"),
        new("GET /docs/{d}", "", 200, Doc),
        new("PATCH /docs/{d}", "", 200, "{}", "{title:s,iconName:s}"),
        new("DELETE /docs/{d}", "", 202, "{}"),
        new(
            "GET /docs/{d}/acl/metadata",
            "",
            200,
            """{"canShare":true,"canShareWithWorkspace":true,"canShareWithOrg":true,"canCopy":true}"""
        ),
        new(
            "GET /docs/{d}/acl/permissions",
            "limit:n,pageToken:s",
            200,
            List("""{"id":"p1","access":"write","principal":{"type":"anyone"}}""")
        ),
        new(
            "POST /docs/{d}/acl/permissions",
            "",
            200,
            "{}",
            "{access*:'readonly'|'write'|'comment',principal*:{type*:'email',email*:s}/{type*:'group',groupId*:s}/{type*:'domain',domain*:s}"
                + "/{type*:'workspace',workspaceId*:s}/{type*:'anyone'},suppressEmail:b}"
        ),
        new("DELETE /docs/{d}/acl/permissions/{id}", "", 200, "{}"),
        new(
            "GET /docs/{d}/acl/principals/search",
            "query:s",
            200,
            """{"users":[{"name":"Bob Miller","loginId":"bob@example.com","type":"user"}],"groups":[]}"""
        ),
        new("GET /docs/{d}/acl/settings", "", 200, Settings),
        new(
            "PATCH /docs/{d}/acl/settings",
            "",
            200,
            Settings,
            "{allowEditorsToChangePermissions:b,allowCopying:b,allowViewersToRequestEditing:b}"
        ),
        new("GET /categories", "", 200, """{"items":[{"name":"c"}]}"""),
        new(
            "PUT /docs/{d}/publish",
            "",
            202,
            """{"requestId":"r1"}""",
            "{slug:s,discoverable:b,categoryNames:[s],mode:'view'|'play'|'edit'}"
        ),
        new("DELETE /docs/{d}/publish", "", 200, "{}"),
        new("GET /docs/{d}/domains", "limit:n,pageToken:s", 200, """{"customDocDomains":[]}"""),
        new("POST /docs/{d}/domains", "", 202, "{}", "{customDocDomain*:s}"),
        new("PATCH /docs/{d}/domains/{id}", "", 200, "{}", "{}"),
        new("DELETE /docs/{d}/domains/{id}", "", 200, "{}"),
        new("GET /domains/provider/{id}", "", 200, """{"provider":"GoDaddy"}"""),
        new("GET /docs/{d}/pages", "limit:n,pageToken:s", 200, List(Page)),
        new("POST /docs/{d}/pages", "", 202, Accepted, NewPage),
        new("GET /docs/{d}/pages/{p}", "", 200, Page),
        new(
            "PUT /docs/{d}/pages/{p}",
            "",
            202,
            Accepted,
            "{name:s,subtitle:s,iconName:s,imageUrl:s,isHidden:b,contentUpdate:{insertionMode*:'append'|'prepend'|'replace',elementId:s,canvasContent*:"
                + Canvas
                + "}}"
        ),
        new("DELETE /docs/{d}/pages/{p}", "", 202, Accepted),
        new(
            "GET /docs/{d}/pages/{p}/content",
            "limit:n,pageToken:s,contentFormat:s",
            200,
            List("""{"id":"cl-1","type":"line","itemContent":{"style":"paragraph","format":"plainText","content":"Hi","lineLevel":0}}""")
        ),
        new("DELETE /docs/{d}/pages/{p}/content", "", 202, Accepted, "{elementIds:[s]}"),
        new(
            "POST /docs/{d}/pages/{p}/export",
            "",
            202,
            """{"id":"e1","status":"inProgress","href":"h"}""",
            "{outputFormat*:'html'|'markdown'}"
        ),
        new("GET /docs/{d}/pages/{p}/export/{id}", "", 200, Export),
        new("GET /docs/{d}/tables", "limit:n,pageToken:s,sortBy:s,tableTypes:s", 200, List(Table)),
        new("GET /docs/{d}/tables/{t}", "useUpdatedTableLayouts:b", 200, Table),
        new("GET /docs/{d}/tables/{t}/columns", "limit:n,pageToken:s,visibleOnly:b", 200, Columns),
        new(
            "GET /docs/{d}/tables/{t}/columns/{c}",
            "",
            200,
            """{"id":"c-1","type":"column","href":"h","name":"Task","format":{"type":"text","isArray":false}}"""
        ),
        new(
            "GET /docs/{d}/tables/{t}/rows",
            "query:q,sortBy:o,useColumnNames:b,valueFormat:f,visibleOnly:b,limit:n,pageToken:s,syncToken:s",
            200,
            List(Row)
        ),
        new(
            "POST /docs/{d}/tables/{t}/rows",
            "disableParsing:b",
            202,
            """{"requestId":"r1","addedRowIds":["i-1x"]}""",
            "{rows*:[" + Cells + "],keyColumns:[s]}"
        ),
        new("DELETE /docs/{d}/tables/{t}/rows", "", 202, """{"requestId":"r1","rowIds":["i-1x"]}""", "{rowIds*:[s]}"),
        new("GET /docs/{d}/tables/{t}/rows/{r}", "useColumnNames:b,valueFormat:f", 200, Row),
        new("PUT /docs/{d}/tables/{t}/rows/{r}", "disableParsing:b", 202, Accepted, "{row*:" + Cells + "}"),
        new("DELETE /docs/{d}/tables/{t}/rows/{r}", "", 202, Accepted),
        new("POST /docs/{d}/tables/{t}/rows/{r}/buttons/{c}", "", 202, """{"requestId":"r1","rowId":"i-1x","columnId":"c-3"}"""),
        new(
            "GET /docs/{d}/formulas",
            "limit:n,pageToken:s,sortBy:s",
            200,
            List("""{"id":"f-1x","type":"formula","href":"h","name":"Sum"}""")
        ),
        new("GET /docs/{d}/formulas/{f}", "", 200, """{"id":"f-1x","type":"formula","href":"h","name":"Sum","value":1}"""),
        new(
            "GET /docs/{d}/controls",
            "limit:n,pageToken:s,sortBy:s",
            200,
            List("""{"id":"ctrl-1x","type":"control","href":"h","name":"Pick"}""")
        ),
        new(
            "GET /docs/{d}/controls/{f}",
            "",
            200,
            """{"id":"ctrl-1x","type":"control","href":"h","name":"Pick","controlType":"select","value":1}"""
        ),
        new("POST /docs/{d}/hooks/automation/{id}", "", 202, """{"requestId":"r1"}""", "any"),
        new("GET /folders", "workspaceId:s,isStarred:b,limit:n,pageToken:s", 200, List(Folder)),
        new("POST /folders", "", 201, Folder, "{name*:s,workspaceId*:s,description:s}"),
        new("GET /folders/{id}", "", 200, Folder),
        new("PATCH /folders/{id}", "", 200, Folder, "{name:s,description:s}"),
        new("DELETE /folders/{id}", "", 200, "{}"),
        new(
            "GET /workspaces/{id}/users",
            "includedRoles:s,pageToken:s",
            200,
            List("""{"email":"a@example.com","name":"A","role":"Editor","registeredAt":"2026-01-01T00:00:00Z"}""")
        ),
        new(
            "POST /workspaces/{id}/users/role",
            "",
            200,
            """{"roleChangedAt":"2026-01-01T00:00:00Z"}""",
            "{email*:s,newRole*:'Admin'|'DocMaker'|'Editor'}"
        ),
        new("GET /workspaces/{id}/roles", "", 200, """{"items":[]}"""),
        new(
            "GET /analytics/docs",
            "docIds:s,workspaceId:s,query:s,isPublished:b," + Dates + ",scale:s,orderBy:s,direction:s,limit:n,pageToken:s",
            200,
            """{"items":[]}"""
        ),
        new("GET /analytics/docs/summary", "isPublished:b,workspaceId:s," + Dates, 200, """{"totalSessions":1}"""),
        new("GET /analytics/docs/{d}/pages", Dates + ",limit:n,pageToken:s", 200, """{"items":[]}"""),
        new(
            "GET /analytics/updated",
            "",
            200,
            """{"docAnalyticsLastUpdated":"2026-01-01","packAnalyticsLastUpdated":"2026-01-01","packFormulaAnalyticsLastUpdated":"2026-01-01"}"""
        ),
    ];

    private static string List(string item) => $$"""{"items":[{{item}}],"href":"h"}""";
}
