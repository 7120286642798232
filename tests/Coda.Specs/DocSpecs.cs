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

    [Theory]
    [InlineData("coda_list_doc_analytics", """{"sinceDate":"11/12/2026"}""", "sinceDate='11/12/2026' is not a day: write 2026-11-28.")]
    [InlineData(
        "coda_get_doc_analytics_summary",
        """{"untilDate":"2026-11-31"}""",
        "untilDate='2026-11-31' is not a day: write 2026-11-28."
    )]
    [InlineData(
        "coda_list_page_analytics",
        """{"docId":"AbCDeFGHij","sinceDate":"2026-11-30","untilDate":"2026-11-01"}""",
        "sinceDate=2026-11-30 is after untilDate=2026-11-01, so that no day lies between: exchange them."
    )]
    public async Task Figures_are_not_asked_for_between_what_are_no_days(string tool, string arguments, string told)
    {
        await using var coda = await CodaGateway.StartAsync(("CODA_TOOLSETS", "all"));
        Assert.Equal(told, (await coda.CallAsync(tool, arguments)).Error);
        Assert.Empty(coda.Requests);
    }

    [Theory]
    [InlineData(
        "coda_list_doc_analytics",
        """{"scale":"Daily","orderBy":"Total sessions","direction":"DESC"}""",
        "GET /analytics/docs?scale=daily&orderBy=totalSessions&direction=descending"
    )]
    [InlineData("coda_list_doc_analytics", """{"orderBy":"published_at"}""", "GET /analytics/docs?orderBy=publishedAt")]
    [InlineData(
        "coda_list_workspace_members",
        """{"workspaceId":"ws-1","includedRoles":["doc maker","admins"]}""",
        "GET /workspaces/ws-1/users?includedRoles=DocMaker%2CAdmin"
    )]
    public async Task Choices_are_understood_however_they_are_written(string tool, string arguments, string request)
    {
        await using var coda = await CodaGateway.StartAsync(("CODA_TOOLSETS", "all"));
        coda.On(request, """{"items":[]}""");
        Assert.Empty((await coda.CallAsync(tool, arguments)).Json.GetProperty("items").EnumerateArray());
        Assert.Equal([request], coda.Requests);
    }

    [Fact]
    public async Task The_copies_of_a_doc_are_listed_by_its_link()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.On("GET /docs", """{"items":[]}""");
        await coda.CallAsync("coda_list_docs", """{"sourceDoc":"https://coda.io/d/Launch_dAbCDeFGHij"}""");
        Assert.Equal(["GET /docs?sourceDoc=AbCDeFGHij"], coda.Requests);
    }

    [Theory]
    [InlineData("coda_list_doc_analytics", """{"scale":"weekly"}""", "scale: \"weekly\" is not one of daily, cumulative.")]
    [InlineData("coda_list_doc_analytics", """{"orderBy":"popularity"}""", "orderBy: \"popularity\" is not one of date, docId, title,")]
    [InlineData(
        "coda_list_workspace_members",
        """{"workspaceId":"ws-1","includedRoles":["Owner"]}""",
        "includedRoles[0]: \"Owner\" is not one of Admin, DocMaker, Editor."
    )]
    public async Task A_choice_that_there_is_not_is_named_with_those_there_are(string tool, string arguments, string told)
    {
        await using var coda = await CodaGateway.StartAsync(("CODA_TOOLSETS", "all"));
        Assert.Contains(told, (await coda.CallAsync(tool, arguments)).Error, StringComparison.Ordinal);
        Assert.Empty(coda.Requests);
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
                """{"type":"apiLink","href":"h","resource":{"type":"page","id":"canvas-1","href":"https://coda.io/apis/v1/docs/Forbidden1/pages/canvas-1"}}"""
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
                ("coda_list_rows", """{"docId":"Forbidden1","tableIdOrName":"grid-1"}"""),
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
                """{"items":[{"id":"canvas-2","name":"Child","parent":{"id":"canvas-1"}},{"id":"canvas-1","name":"Top"}]}"""
            )
            .OnDoc(
                "GET /tables",
                """{"items":[{"id":"grid-1","name":"Tasks","tableType":"table","parent":{"id":"canvas-1","name":"Top"}},{"id":"table-2","name":"Mine","tableType":"view"}]}"""
            )
            .OnDoc(
                "GET /tables/grid-1/columns",
                """{"items":[{"id":"c-1","name":"Task","format":{"type":"text","isArray":false}},{"id":"c-2","name":"Owner","calculated":true,"format":{"type":"lookup","isArray":true,"table":{"id":"grid-9","name":"People"}}}]}"""
            );
        var outline = (await coda.CallAsync("coda_get_doc_schema", """{"docId":"AbCDeFGHij"}""")).Json;
        Assert.Equal(
            """[{"id":"canvas-1","name":"Top","depth":0},{"id":"canvas-2","name":"Child","depth":1}]""",
            outline.GetProperty("pages").GetRawText()
        );
        Assert.Equal(
            """{"id":"grid-1","name":"Tasks","tableType":"table","page":"Top","columns":[{"id":"c-1","name":"Task","type":"text"},{"id":"c-2","name":"Owner","type":"lookup","calculated":true,"relatesTo":"People"}]}""",
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
                """{"type":"apiLink","href":"h","browserLink":"b","resource":{"type":"row","id":"i-1","name":"Row","href":"https://coda.io/apis/v1/docs/AbCDeFGHij/tables/grid-1/rows/i-1"}}"""
            )
            .On(
                "GET /whoami",
                """{"name":"Ann","loginId":"ann@example.com","type":"user","href":"h","scoped":true,"tokenName":"t","workspace":{"id":"ws-1","type":"workspace"}}"""
            );
        var link = (
            await coda.CallAsync("coda_resolve_link", """{"url":"https://coda.io/d/_dAbCDeFGHij#T_tu1/_rui-1","degradeGracefully":true}""")
        ).Json;
        Assert.Equal(
            """{"type":"row","id":"i-1","name":"Row","docId":"AbCDeFGHij","tableId":"grid-1","browserLink":"b"}""",
            link.GetRawText()
        );
        Assert.EndsWith("&degradeGracefully=true", coda.Requests[0], StringComparison.Ordinal);
        Assert.True((await coda.CallAsync("coda_whoami")).Json.GetProperty("scoped").GetBoolean());
    }

    [Theory]
    [InlineData("Europe/Berlin", "Europe/Berlin")]
    [InlineData(" UTC ", "UTC")]
    [InlineData("Mars/Phobos", null)]
    [InlineData("CET+1", null)]
    public async Task A_time_zone_is_one_of_the_list(string given, string? sent)
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.On("POST /docs", Doc, 201);
        var reply = await coda.CallAsync("coda_create_doc", $$"""{"title":"T","timezone":"{{given}}"}""");
        if (sent is null)
        {
            Assert.StartsWith($"timezone='{given}' is not a time zone", reply.Error, StringComparison.Ordinal);
            Assert.Empty(coda.Requests);
        }
        else
        {
            Assert.Equal($$"""{"title":"T","timezone":"{{sent}}"}""", Assert.Single(coda.Coda.Received).Text);
        }
    }

    [Theory]
    [InlineData("""["education"," Project  management","Education"]""", """{"categoryNames":["Education","Project management"]}""")]
    [InlineData("""["Educaton"]""", null)]
    public async Task A_category_is_one_of_the_list(string names, string? sent)
    {
        await using var coda = await CodaGateway.StartAsync(("CODA_TOOLSETS", "all"));
        coda.On("GET /categories", """{"items":[{"name":"Education"},{"name":"Project management"}]}""").OnApplied("PUT /publish");
        var reply = await coda.CallAsync("coda_publish_doc", $$"""{"docId":"AbCDeFGHij","categoryNames":{{names}}}""");
        if (sent is null)
        {
            Assert.Equal(
                "categoryNames has 'Educaton', which is no category. There are: Education, Project management. Nothing was published.",
                reply.Error
            );
        }
        else
        {
            Assert.Equal(sent, coda.Coda.Received.Single(request => request.Method == "PUT").Text);
        }
    }

    [Theory]
    [InlineData("2026-02", "2026", "sinceDate=2026-02-01&untilDate=2026-12-31")]
    [InlineData("2026/2/3", "2026-02", "sinceDate=2026-02-03&untilDate=2026-02-28")]
    public async Task A_month_or_a_year_is_its_first_day_or_its_last(string since, string until, string sent)
    {
        await using var coda = await CodaGateway.StartAsync(("CODA_TOOLSETS", "all"));
        coda.On("GET /analytics/docs/summary", """{"totalSessions":1}""");
        await coda.CallAsync("coda_get_doc_analytics_summary", $$"""{"sinceDate":"{{since}}","untilDate":"{{until}}"}""");
        Assert.Equal($"GET /analytics/docs/summary?{sent}", Assert.Single(coda.Requests));
    }

    [Theory]
    [InlineData("https://docs.example.com/a")]
    [InlineData("localhost")]
    [InlineData("docs example.com")]
    public async Task A_domain_is_a_host_name(string domain)
    {
        await using var coda = await CodaGateway.StartAsync(("CODA_TOOLSETS", "all"));
        Assert.StartsWith(
            $"customDocDomain='{domain}' is not a host name",
            (await coda.CallAsync("coda_add_custom_domain", $$"""{"docId":"AbCDeFGHij","customDocDomain":"{{domain}}"}""")).Error,
            StringComparison.Ordinal
        );
        Assert.Empty(coda.Requests);
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
