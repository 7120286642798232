namespace Coda.Specs;

public sealed class PageSpecs
{
    private const string Pages = """
        {"items":[{"id":"canvas-1","name":"Plan","contentType":"canvas"},{"id":"canvas-2","name":"Notes","contentType":"canvas","parent":{"id":"canvas-1","name":"Plan"}},
                  {"id":"canvas-3","name":"Twin"},{"id":"canvas-4","name":"Twin"}]}
        """;

    [Fact]
    public async Task Pages_are_listed_flat_and_as_a_tree()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc(
                "GET /pages",
                """{"items":[{"id":"canvas-2","name":"Notes","parent":{"id":"canvas-1","name":"Plan"}}],"nextPageToken":"t"}"""
            )
            .OnDoc(
                "GET /pages",
                """{"items":[{"id":"canvas-2","name":"Notes","parent":{"id":"canvas-1","name":"Plan"}}],"nextPageToken":"t"}"""
            )
            .OnDoc("GET /pages?pageToken=t", """{"items":[{"id":"canvas-1","name":"Plan"}]}""");
        var flat = (await coda.CallAsync("coda_list_pages", """{"docId":"AbCDeFGHij","limit":1}""")).Json;
        Assert.Equal("t", flat.GetProperty("nextPageToken").GetString());
        var tree = (await coda.CallAsync("coda_list_pages", """{"docId":"AbCDeFGHij","tree":true}""")).Json;
        Assert.Equal(
            ["canvas-1 0", "canvas-2 1"],
            tree.GetProperty("items").EnumerateArray().Select(page => $"{page.GetProperty("id")} {page.GetProperty("depth")}")
        );
        Assert.True(tree.GetProperty("complete").GetBoolean());
    }

    [Theory]
    [InlineData("canvas-2")]
    [InlineData("Notes")]
    [InlineData("notes")]
    public async Task A_page_is_found_by_id_and_name(string page)
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("GET /pages", Pages)
            .OnDoc(
                "GET /pages/canvas-2",
                """{"id":"canvas-2","name":"Notes","contentType":"shiny-new-type","children":[],"icon":{"name":"x"}}"""
            );
        var found = (await coda.CallAsync("coda_get_page", $$"""{"docId":"AbCDeFGHij","pageIdOrName":"{{page}}"}""")).Json;
        Assert.Equal("shiny-new-type", found.GetProperty("contentType").GetString());
    }

    [Fact]
    public async Task A_page_is_found_by_its_link_and_only_in_its_own_doc()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.On(
                "GET /resolveBrowserLink",
                """{"resource":{"type":"page","id":"canvas-2","href":"https://coda.io/apis/v1/docs/AbCDeFGHij/pages/canvas-2"}}"""
            )
            .On(
                "GET /resolveBrowserLink",
                """{"resource":{"type":"page","id":"canvas-2","href":"https://coda.io/apis/v1/docs/OtherDocX2/pages/canvas-2"}}"""
            )
            .On(
                "GET /resolveBrowserLink",
                """{"resource":{"type":"table","id":"grid-1","name":"Tasks","href":"https://coda.io/apis/v1/docs/AbCDeFGHij/tables/grid-1"}}"""
            )
            .OnDoc("GET /pages/canvas-2", """{"id":"canvas-2","name":"Notes"}""");
        const string Call = """{"docId":"AbCDeFGHij","pageIdOrName":"https://docs.superhuman.com/d/_dAbCDeFGHij/Notes_su2"}""";
        Assert.Equal("Notes", (await coda.CallAsync("coda_get_page", Call)).Json.GetProperty("name").GetString());
        Assert.Contains("links into the doc 'OtherDocX2'", (await coda.CallAsync("coda_get_page", Call)).Error, StringComparison.Ordinal);
        Assert.Contains(
            "links to a table ('Tasks'), but a page is required",
            (await coda.CallAsync("coda_get_page", Call)).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_name_that_is_not_there_or_not_unique_is_answered_with_the_candidates()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("GET /pages", Pages);
        Assert.Equal(
            "pageIdOrName='Plans' is not there. There are: 'Plan' (canvas-1), 'Notes' (canvas-2), 'Twin' (canvas-3), 'Twin' (canvas-4).",
            (await coda.CallAsync("coda_get_page", """{"docId":"AbCDeFGHij","pageIdOrName":"Plans"}""")).Error
        );
        Assert.Equal(
            "pageIdOrName='Twin' is the name of 2: 'Twin' (canvas-3), 'Twin' (canvas-4). Give the id of one.",
            (await coda.CallAsync("coda_delete_page", """{"docId":"AbCDeFGHij","pageIdOrName":"Twin"}""")).Error
        );
    }

    [Theory]
    [InlineData("Plan", "canvas-1")]
    [InlineData("plan", "canvas-2")]
    [InlineData("canvas-3", "canvas-3")]
    [InlineData("PLAN", "canvas-5")]
    public async Task An_id_and_then_the_very_name_come_before_names_that_are_nearly_it(string said, string id)
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc(
                "GET /pages",
                """
                {"items":[{"id":"canvas-1","name":"Plan"},{"id":"canvas-2","name":"plan"},{"id":"canvas-3","name":"Twin"},
                {"id":"canvas-4","name":"canvas-3"},{"id":"canvas-5","name":"PLAN"}]}
                """
            )
            .OnDoc($"GET /pages/{id}", $$"""{"id":"{{id}}","name":"found"}""");
        var arguments = $$"""{"docId":"AbCDeFGHij","pageIdOrName":"{{said}}"}""";
        Assert.Equal(id, (await coda.CallAsync("coda_get_page", arguments)).Json.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Of_a_list_without_an_end_2000_names_are_looked_through()
    {
        await using var coda = await CodaGateway.StartAsync();
        var items = string.Join(',', Enumerable.Range(0, 100).Select(i => $$"""{"id":"canvas-{{i}}","name":"Page {{i}}"}"""));
        coda.OnDoc("GET /pages", $$"""{"items":[{{items}}],"nextPageToken":"more"}""");
        Assert.Contains(
            "pageIdOrName='Nowhere' is not there",
            (await coda.CallAsync("coda_get_page", """{"docId":"AbCDeFGHij","pageIdOrName":"Nowhere"}""")).Error,
            StringComparison.Ordinal
        );
        Assert.Equal(20, coda.Requests.Count);
    }

    [Fact]
    public async Task A_deleted_page_is_said_to_be_deleted()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("GET /pages/canvas-9", """{"statusCode":410,"statusMessage":"Gone","message":"Page deleted."}""", 410);
        Assert.Equal(
            "Coda returned 410: Page deleted. The page was deleted.",
            (await coda.CallAsync("coda_get_page", """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-9"}""")).Error
        );
    }

    [Theory]
    [InlineData(
        """ "content":"# Hi","format":"html" """,
        """{"name":"New","pageContent":{"type":"canvas","canvasContent":{"format":"html","content":"# Hi"}}}"""
    )]
    [InlineData(""" "embedUrl":"https://example.com" """, """{"name":"New","pageContent":{"type":"embed","url":"https://example.com"}}""")]
    [InlineData(
        """ "syncDocId":"OtherDocX2" """,
        """{"name":"New","pageContent":{"type":"syncPage","mode":"document","sourceDocId":"OtherDocX2"}}"""
    )]
    [InlineData(
        """ "syncDocId":"OtherDocX2","syncPageId":"canvas-7" """,
        """{"name":"New","pageContent":{"type":"syncPage","mode":"page","sourceDocId":"OtherDocX2","sourcePageId":"canvas-7","includeSubpages":true}}"""
    )]
    [InlineData(
        """ "parentPageId":"Plan","subtitle":"S","iconName":"star","imageUrl":"https://x/y.png" """,
        """{"name":"New","subtitle":"S","iconName":"star","imageUrl":"https://x/y.png","parentPageId":"canvas-1"}"""
    )]
    public async Task A_page_is_created_with_what_it_is_to_hold(string arguments, string body)
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnApplied("POST /pages", """{"requestId":"r1","id":"canvas-new"}""").OnDoc("GET /pages", Pages);
        var result = (await coda.CallAsync("coda_create_page", $$"""{"docId":"AbCDeFGHij","name":"New",{{arguments}}}""")).Json;
        Assert.Equal("""{"outcome":"applied","requestId":"r1","ids":["canvas-new"]}""", result.GetRawText());
        Assert.Equal(body, coda.Coda.Received.Single(r => r.Method == "POST").Text);
    }

    [Fact]
    public async Task Contradictions_and_unknown_formats_are_refused_before_anything_is_sent()
    {
        await using var coda = await CodaGateway.StartAsync();
        Assert.StartsWith(
            "Give only one of",
            (await coda.CallAsync("coda_create_page", """{"docId":"AbCDeFGHij","name":"x","content":"a","embedUrl":"https://x"}""")).Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "is not one of markdown, html",
            (await coda.CallAsync("coda_create_page", """{"docId":"AbCDeFGHij","name":"x","content":"a","format":"docx"}""")).Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "is not one of append, prepend",
            (
                await coda.CallAsync(
                    "coda_append_page_content",
                    """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1","content":"a","mode":"replace"}"""
                )
            ).Error,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "Nothing to change",
            (await coda.CallAsync("coda_update_page", """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1"}""")).Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Give either elementIds",
            (
                await coda.CallAsync("coda_delete_page_content", """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1","elementIds":[]}""")
            ).Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "maxChars",
            (await coda.CallAsync("coda_get_page_content", """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1","maxChars":-1}""")).Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "numLines",
            (await coda.CallAsync("coda_peek_page", """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1","numLines":-1}""")).Error,
            StringComparison.Ordinal
        );
        Assert.Empty(coda.Coda.Received);
    }

    [Fact]
    public async Task Appending_is_sent_once_even_when_it_fails()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("PUT /pages/canvas-1", "{}", 503);
        var error = (
            await coda.CallAsync(
                "coda_append_page_content",
                """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1","content":"x","elementId":"cl-1"}"""
            )
        ).Error;
        Assert.Contains("check before you try again", error, StringComparison.Ordinal);
        Assert.Equal(
            """{"contentUpdate":{"insertionMode":"append","elementId":"cl-1","canvasContent":{"format":"markdown","content":"x"}}}""",
            Assert.Single(coda.Coda.Received).Text
        );
    }

    [Fact]
    public async Task Renaming_is_repeated_when_it_fails()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("PUT /pages/canvas-1", "{}", 503).OnApplied("PUT /pages/canvas-1");
        Assert.False((await coda.CallAsync("coda_update_page", """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1","name":"x"}""")).IsError);
    }

    [Theory]
    [InlineData("coda_delete_page_content", """, "elementIds":"[]" """)]
    [InlineData("coda_delete_page_content", """, "elementIds":[] """)]
    [InlineData("coda_delete_page_content", """, "elementIds":[""] """)]
    [InlineData("coda_delete_page_content", """, "elementIds":["cl-1"," "] """)]
    [InlineData("coda_delete_page_content", """, "elementIds":"", "everything":"false" """)]
    [InlineData("coda_delete_page_content", """, "elementIds":{}, "everything":"" """)]
    [InlineData("coda_delete_page_content", """, "elementIds":["cl-1"], "everything":true """)]
    [InlineData("coda_replace_page_content", """, "elementId":" ", "content":"x" """)]
    [InlineData("coda_replace_page_content", """, "elementId":[], "content":"x" """)]
    public async Task Whatever_stands_for_nothing_is_not_the_whole_page(string tool, string arguments)
    {
        await using var coda = await CodaGateway.StartAsync();
        _ = (await coda.CallAsync(tool, $$"""{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1"{{arguments}}}""")).Error;
        Assert.Empty(coda.Coda.Received);
    }

    [Theory]
    [InlineData("coda_delete_doc", """{"docId":""}""", "docId")]
    [InlineData("coda_delete_page", """{"docId":"AbCDeFGHij","pageIdOrName":" "}""", "pageIdOrName")]
    [InlineData("coda_delete_row", """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1","rowIdOrName":""}""", "rowIdOrName")]
    [InlineData("coda_delete_row", """{"docId":"AbCDeFGHij","tableIdOrName":"","rowIdOrName":"i-1"}""", "tableIdOrName")]
    public async Task What_has_no_name_is_not_meant_by_an_empty_one(string tool, string arguments, string field)
    {
        await using var coda = await CodaGateway.StartAsync();
        Assert.Equal(
            $"Invalid arguments for tool {tool}, nothing was done. {field} is empty. Example: \"{field}\": \"text\"",
            (await coda.CallAsync(tool, arguments)).Error
        );
        Assert.Empty(coda.Coda.Received);
    }

    [Theory]
    [InlineData("coda_replace_page_content", """, "everything":true, "content":"x" """)]
    [InlineData("coda_delete_page_content", """, "everything":true """)]
    public async Task What_holds_tables_controls_or_formulas_is_not_wiped_without_force(string tool, string more)
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc(
                "GET /tables",
                """{"items":[{"id":"grid-1","name":"Tasks","tableType":"table","parent":{"id":"canvas-1"}},{"id":"grid-2","name":"Other","parent":{"id":"canvas-2"}}]}"""
            )
            .OnDoc("GET /controls", """{"items":[{"id":"ctrl-1","name":"Slider","parent":{"id":"canvas-1"}}]}""")
            .OnDoc("GET /formulas", """{"items":[{"id":"f-1","name":"Sum","parent":{"id":"canvas-1"}}]}""")
            .OnApplied("PUT /pages/canvas-1")
            .OnApplied("DELETE /pages/canvas-1/content");
        var refusal = (await coda.CallAsync(tool, $$"""{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1"{{more}}}""")).Error;
        Assert.StartsWith(
            "Nothing was changed: the page holds table 'Tasks', control 'Slider', formula 'Sum', which this would destroy for good.",
            refusal,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(coda.Requests, request => !request.StartsWith("GET", StringComparison.Ordinal));
        Assert.Equal(
            "applied",
            (await coda.CallAsync(tool, $$"""{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1","force":true{{more}}}"""))
                .Json.GetProperty("outcome")
                .GetString()
        );
    }

    [Fact]
    public async Task Single_elements_are_replaced_and_deleted_without_the_guard()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnApplied("PUT /pages/canvas-1").OnApplied("DELETE /pages/canvas-1/content");
        await coda.CallAsync(
            "coda_replace_page_content",
            """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1","content":"x","elementId":"cl-1"}"""
        );
        await coda.CallAsync("coda_delete_page_content", """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1","elementIds":["cl-1"]}""");
        Assert.Equal(
            """{"elementIds":["cl-1"]}""",
            coda.Coda.Received.Single(r => r.Target.EndsWith("/content", StringComparison.Ordinal)).Text
        );
        Assert.Equal(2, coda.Requests.Count(request => !request.StartsWith("GET", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_page_is_peeked_at_by_its_lines()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc(
            "GET /pages/canvas-1/content",
            """{"items":[{"id":"cl-1","type":"line","itemContent":{"style":"h1","format":"plainText","content":"Title"}},{"id":"cl-2","type":"line","itemContent":{"style":"new-style","content":"Text","lineLevel":1}},{"id":"cl-3","type":"line"}],"nextPageToken":"t"}"""
        );
        var peek = (await coda.CallAsync("coda_peek_page", """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1","numLines":3}""")).Json;
        Assert.Equal(
            """[{"id":"cl-1","style":"h1","text":"Title"},{"id":"cl-2","style":"new-style","text":"Text","level":1},{"id":"cl-3"}]""",
            peek.GetProperty("lines").GetRawText()
        );
        Assert.False(peek.GetProperty("complete").GetBoolean());
        Assert.EndsWith("?limit=3&contentFormat=plainText", coda.Requests[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_is_deleted_with_what_is_below_and_on_it_only_when_told_so()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc(
                "GET /pages",
                """{"items":[{"id":"canvas-1","name":"Home"},{"id":"canvas-2","name":"Sub","parent":{"id":"canvas-1"}},{"id":"canvas-3","name":"Empty"}]}"""
            )
            .OnDoc("GET /tables", """{"items":[{"id":"grid-1","name":"Tasks","tableType":"table","parent":{"id":"canvas-2"}}]}""")
            .OnDoc("GET /controls", """{"items":[]}""")
            .OnDoc("GET /formulas", """{"items":[]}""")
            .OnApplied("DELETE /pages/canvas-1")
            .OnApplied("DELETE /pages/canvas-3");
        Assert.Equal(
            "Nothing was deleted: with the page goes page 'Sub', table 'Tasks'. Ask the user, and call again with force=true.",
            (await coda.CallAsync("coda_delete_page", """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1"}""")).Error
        );
        Assert.False((await coda.CallAsync("coda_delete_page", """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-3"}""")).IsError);
        Assert.False(
            (await coda.CallAsync("coda_delete_page", """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1","force":true}""")).IsError
        );
        Assert.Equal(2, coda.Requests.Count(request => request.StartsWith("DELETE", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_page_that_cannot_be_read_does_not_end_a_search()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("GET /pages", """{"items":[{"id":"canvas-1","name":"Gone"},{"id":"canvas-2","name":"Notes"}]}""")
            .OnDoc("GET /pages/canvas-1/content", "{}", 410)
            .OnDoc("GET /pages/canvas-2/content", """{"items":[{"id":"cl-1","itemContent":{"content":"the budget"}}]}""");
        var found = (await coda.CallAsync("coda_search_pages", """{"docId":"AbCDeFGHij","query":"budget","includeContent":true}""")).Json;
        Assert.Equal("canvas-2", found.GetProperty("items")[0].GetProperty("id").GetString());
        Assert.False(found.GetProperty("complete").GetBoolean());
        Assert.Contains("These could not be read: 'Gone'.", found.GetProperty("note").GetString(), StringComparison.Ordinal);
    }
}
