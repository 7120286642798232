namespace Coda.Specs;

public sealed class DocSpecs
{
    internal const string Doc = """
        {"id":"AbCDeFGHij","type":"doc","href":"https://coda.io/apis/v1/docs/AbCDeFGHij","browserLink":"https://coda.io/d/_dAbCDeFGHij","name":"Launch",
         "owner":"ann@example.com","ownerName":"Ann","createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-02T00:00:00Z","workspaceId":"ws-1","folderId":"fl-1",
         "folder":{"id":"fl-1","type":"folder","browserLink":"https://coda.io/f/1","name":"My docs"},"workspace":{"id":"ws-1","type":"workspace","name":"Team"},
         "icon":{"name":"star","type":"image/png","browserLink":"x"},"docSize":{"totalRowCount":5,"tableAndViewCount":2,"pageCount":3,"overApiSizeLimit":false},"sourceDoc":null}
        """;

    [Fact]
    public async Task I_can_list_docs_and_go_on_with_the_token_alone()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.On("GET /docs", $$"""{"items":[{{Doc}}],"nextPageToken":"t+1","href":"h"}""").On("GET /docs", """{"items":[]}""");
        var first = (await coda.CallAsync("coda_list_docs", """{"query":"launch plan","isOwner":true,"limit":1}""")).Json;
        Assert.Equal("Launch", first.GetProperty("items")[0].GetProperty("name").GetString());
        Assert.Equal("t+1", first.GetProperty("nextPageToken").GetString());
        Assert.False(first.GetProperty("complete").GetBoolean());
        Assert.False(first.GetProperty("items")[0].TryGetProperty("href", out _));

        var second = (
            await coda.CallAsync("coda_list_docs", """{"query":"launch plan","isOwner":true,"limit":1,"pageToken":"t+1"}""")
        ).Json;
        Assert.True(second.GetProperty("complete").GetBoolean());
        Assert.False(second.TryGetProperty("nextPageToken", out _));
        Assert.Equal(["GET /docs?query=launch%20plan&isOwner=true&limit=1", "GET /docs?pageToken=t%2B1"], coda.Requests);
    }

    [Fact]
    public async Task The_copies_of_a_doc_are_listed_by_its_link()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.On("GET /docs", """{"items":[]}""");
        await coda.CallAsync("coda_list_docs", """{"sourceDoc":"https://coda.io/d/Launch_dAbCDeFGHij"}""");
        Assert.Equal(["GET /docs?sourceDoc=AbCDeFGHij"], coda.Requests);
    }

    [Fact]
    public async Task Names_of_every_script_are_readable_as_they_are()
    {
        const string Name = "Café 日本 🍕 <b> & 'c'";
        await using var coda = await CodaGateway.StartAsync();
        coda.On("GET /docs/AbCDeFGHij", Doc.Replace("\"Launch\"", $"\"{Name}\"", StringComparison.Ordinal));
        Assert.Contains(
            $"\"name\":\"{Name}\"",
            (await coda.CallAsync("coda_get_doc", """{"docId":"AbCDeFGHij"}""")).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_doc_beyond_the_apis_limit_is_said_to_be_so()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.On("GET /docs/AbCDeFGHij", Doc.Replace("\"overApiSizeLimit\":false", "\"overApiSizeLimit\":true", StringComparison.Ordinal));
        Assert.Contains(
            "larger than the API can read",
            (await coda.CallAsync("coda_get_doc", """{"docId":"AbCDeFGHij"}""")).Json.GetProperty("note").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_doc_is_created_renamed_and_deleted()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.On("POST /docs", Doc.Replace("\"sourceDoc\":null", "\"requestId\":\"r1\"", StringComparison.Ordinal), 201)
            .On("PATCH /docs/AbCDeFGHij", "{}")
            .On("DELETE /docs/AbCDeFGHij", "", 202);
        var created = (
            await coda.CallAsync(
                "coda_create_doc",
                """{"title":"Launch","sourceDoc":"https://coda.io/d/_dSourceDoc1","initialPage":{"name":"One","content":"# Hi","format":"Markdown"}}"""
            )
        ).Json;
        Assert.Equal("r1", created.GetProperty("requestId").GetString());
        Assert.Equal(
            "done",
            (await coda.CallAsync("coda_update_doc", """{"docId":"AbCDeFGHij","title":"New"}""")).Json.GetProperty("outcome").GetString()
        );
        Assert.Equal(
            "accepted",
            (await coda.CallAsync("coda_delete_doc", """{"docId":"AbCDeFGHij","force":true}""")).Json.GetProperty("outcome").GetString()
        );
        Assert.Equal(
            """{"title":"Launch","sourceDoc":"SourceDoc1","initialPage":{"name":"One","pageContent":{"type":"canvas","canvasContent":{"format":"markdown","content":"# Hi"}}}}""",
            coda.Coda.Received[0].Text
        );
        Assert.Equal("""{"title":"New"}""", coda.Coda.Received[1].Text);
    }

    [Fact]
    public async Task Deleting_a_doc_says_what_goes_with_it_and_asks()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.On(
            "GET /docs/AbCDeFGHij",
            """{"id":"AbCDeFGHij","name":"Launch","owner":"ann@example.com","docSize":{"totalRowCount":340,"tableAndViewCount":5,"pageCount":12,"overApiSizeLimit":false}}"""
        );
        Assert.Equal(
            "Nothing was deleted: with the doc 'Launch' of ann@example.com go 12 pages, 5 tables and views, 340 rows. Ask the "
                + "user, and call again with force=true.",
            (await coda.CallAsync("coda_delete_doc", """{"docId":"AbCDeFGHij"}""")).Error
        );
        Assert.Single(coda.Requests);
    }

    [Fact]
    public async Task Nothing_to_change_is_not_sent()
    {
        await using var coda = await CodaGateway.StartAsync();
        Assert.Equal(
            "Nothing to change: give title or iconName.",
            (await coda.CallAsync("coda_update_doc", """{"docId":"AbCDeFGHij"}""")).Error
        );
    }

    [Fact]
    public async Task The_allow_list_holds_for_ids_links_lists_and_copies()
    {
        await using var coda = await CodaGateway.StartAsync(
            ("CODA_ALLOWED_DOCS", "https://coda.io/d/Launch_dAbCDeFGHij, Another123"),
            ("CODA_TOOLSETS", "all")
        );
        coda.On("GET /docs/AbCDeFGHij", Doc)
            .On("GET /docs", $$"""{"items":[{{Doc}},{"id":"Forbidden1","name":"Secret"}]}""")
            .On(
                "GET /resolveBrowserLink",
                """{"type":"apiLink","href":"h","resource":{"type":"page","id":"canvas-1x","href":"https://coda.io/apis/v1/docs/Forbidden1/pages/canvas-1x"}}"""
            )
            .On(
                "GET /analytics/docs",
                """{"items":[{"doc":{"id":"Another123","title":"A"},"metrics":[]},{"doc":{"id":"Forbidden1","title":"Secret"},"metrics":[]}]}"""
            );
        Assert.False((await coda.CallAsync("coda_get_doc", """{"docId":"AbCDeFGHij"}""")).IsError);
        foreach (
            var (tool, arguments) in new[]
            {
                ("coda_get_doc", """{"docId":"Forbidden1"}"""),
                ("coda_get_doc", """{"docId":"https://coda.io/d/Secret_dForbidden1"}"""),
                ("coda_get_doc", """{"docId":"https://coda.io/@x/secret"}"""),
                ("coda_list_rows", """{"docId":"Forbidden1","tableIdOrName":"grid-1x"}"""),
                ("coda_resolve_link", """{"url":"https://coda.io/d/x_dForbidden1/p_su1"}"""),
                ("coda_create_doc", """{"title":"x"}"""),
                ("coda_create_page", """{"docId":"AbCDeFGHij","name":"x","syncDocId":"Forbidden1"}"""),
                ("coda_list_doc_analytics", """{"docIds":["Forbidden1"]}"""),
                ("coda_get_doc_analytics_summary", "{}"),
            }
        )
        {
            Assert.Contains("CODA_ALLOWED_DOCS", (await coda.CallAsync(tool, arguments)).Error, StringComparison.Ordinal);
        }

        var listed = (await coda.CallAsync("coda_list_docs")).Json;
        Assert.Equal(1, listed.GetProperty("items").GetArrayLength());
        var figures = Assert.Single((await coda.CallAsync("coda_list_doc_analytics")).Json.GetProperty("items").EnumerateArray());
        Assert.Equal("Another123", figures.GetProperty("doc").GetProperty("id").GetString());
        Assert.Equal("GET /analytics/docs?docIds=AbCDeFGHij%2CAnother123", coda.Requests[^1]);
        Assert.DoesNotContain(coda.Requests, request => request.Contains("Forbidden1/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unknown_doc_is_outlined_in_one_call()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.On("GET /docs/AbCDeFGHij", Doc)
            .OnDoc(
                "GET /pages",
                """{"items":[{"id":"canvas-2x","name":"Child","parent":{"id":"canvas-1x"}},{"id":"canvas-1x","name":"Top"}]}"""
            )
            .OnDoc(
                "GET /tables",
                """{"items":[{"id":"grid-1x","name":"Tasks","tableType":"table","parent":{"id":"canvas-1x","name":"Top"}},{"id":"table-2x","name":"Mine","tableType":"view"}]}"""
            )
            .OnDoc(
                "GET /tables/grid-1x/columns",
                """{"items":[{"id":"c-1","name":"Task","format":{"type":"text","isArray":false}},{"id":"c-2","name":"Owner","calculated":true,"format":{"type":"lookup","isArray":true,"table":{"id":"grid-9x","name":"People"}}}]}"""
            );
        var outline = (await coda.CallAsync("coda_get_doc_schema", """{"docId":"AbCDeFGHij"}""")).Json;
        Assert.Equal(
            """[{"id":"canvas-1x","name":"Top","depth":0},{"id":"canvas-2x","name":"Child","depth":1}]""",
            outline.GetProperty("pages").GetRawText()
        );
        Assert.Equal(
            """{"id":"grid-1x","name":"Tasks","tableType":"table","page":"Top","columns":[{"id":"c-1","name":"Task","type":"text"},{"id":"c-2","name":"Owner","type":"lookup","calculated":true,"relatesTo":"People"}]}""",
            outline.GetProperty("tables")[0].GetRawText()
        );
        Assert.False(outline.GetProperty("tables")[1].TryGetProperty("columns", out _));
    }

    [Fact]
    public async Task A_link_tells_its_thing_and_its_doc_and_who_i_am_is_told()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.On(
                "GET /resolveBrowserLink",
                """{"type":"apiLink","href":"h","browserLink":"b","resource":{"type":"row","id":"i-1x","name":"Row","href":"https://coda.io/apis/v1/docs/AbCDeFGHij/tables/grid-1x/rows/i-1x"}}"""
            )
            .On(
                "GET /whoami",
                """{"name":"Ann","loginId":"ann@example.com","type":"user","href":"h","scoped":true,"tokenName":"t","workspace":{"id":"ws-1","type":"workspace"}}"""
            );
        var link = (
            await coda.CallAsync("coda_resolve_link", """{"url":"https://coda.io/d/_dAbCDeFGHij#T_tu1/_rui-1","degradeGracefully":true}""")
        ).Json;
        Assert.Equal(
            """{"type":"row","id":"i-1x","name":"Row","docId":"AbCDeFGHij","tableId":"grid-1x","browserLink":"b"}""",
            link.GetRawText()
        );
        Assert.EndsWith("&degradeGracefully=true", coda.Requests[0], StringComparison.Ordinal);
        Assert.True((await coda.CallAsync("coda_whoami")).Json.GetProperty("scoped").GetBoolean());
    }

    [Fact]
    public async Task A_doc_that_is_named_twice_is_asked_for_once()
    {
        await using var coda = await CodaGateway.StartAsync(("CODA_TOOLSETS", "all"));
        coda.On("GET /analytics/docs", """{"items":[]}""");
        await coda.CallAsync("coda_list_doc_analytics", """{"docIds":["AbCDeFGHij","https://coda.io/d/_dAbCDeFGHij"]}""");
        Assert.Equal("GET /analytics/docs?docIds=AbCDeFGHij", Assert.Single(coda.Requests));
    }
}
