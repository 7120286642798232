namespace Coda.Specs;

public sealed class PageSpecs
{
    private const string Pages = """
        {"items":[{"id":"canvas-1x","name":"Plan","contentType":"canvas"},{"id":"canvas-2x","name":"Notes","contentType":"canvas","parent":{"id":"canvas-1x","name":"Plan"}},
                  {"id":"canvas-3x","name":"Twin"},{"id":"canvas-4x","name":"Twin"}]}
        """;

    [Fact]
    public async Task Pages_are_listed_flat_and_as_a_tree()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc(
                "GET /pages",
                """{"items":[{"id":"canvas-2x","name":"Notes","parent":{"id":"canvas-1x","name":"Plan"}}],"nextPageToken":"t"}"""
            )
            .OnDoc(
                "GET /pages",
                """{"items":[{"id":"canvas-2x","name":"Notes","parent":{"id":"canvas-1x","name":"Plan"}}],"nextPageToken":"t"}"""
            )
            .OnDoc("GET /pages?pageToken=t", """{"items":[{"id":"canvas-1x","name":"Plan"}]}""");
        var flat = (await coda.CallAsync("coda_list_pages", """{"docId":"AbCDeFGHij","limit":1}""")).Json;
        Assert.Equal("t", flat.GetProperty("nextPageToken").GetString());
        var tree = (await coda.CallAsync("coda_list_pages", """{"docId":"AbCDeFGHij","tree":true}""")).Json;
        Assert.Equal(
            ["canvas-1x 0", "canvas-2x 1"],
            tree.GetProperty("items").EnumerateArray().Select(page => $"{page.GetProperty("id")} {page.GetProperty("depth")}")
        );
        Assert.True(tree.GetProperty("complete").GetBoolean());
    }

    [Theory]
    [InlineData("canvas-2x")]
    [InlineData("Notes")]
    [InlineData("notes")]
    public async Task A_page_is_found_by_id_and_name(string page)
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("GET /pages", Pages)
            .OnDoc(
                "GET /pages/canvas-2x",
                """{"id":"canvas-2x","name":"Notes","contentType":"shiny-new-type","children":[],"icon":{"name":"x"}}"""
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
                """{"resource":{"type":"page","id":"canvas-2x","href":"https://coda.io/apis/v1/docs/AbCDeFGHij/pages/canvas-2x"}}"""
            )
            .On(
                "GET /resolveBrowserLink",
                """{"resource":{"type":"page","id":"canvas-2x","href":"https://coda.io/apis/v1/docs/OtherDocX2/pages/canvas-2x"}}"""
            )
            .On(
                "GET /resolveBrowserLink",
                """{"resource":{"type":"table","id":"grid-1x","name":"Tasks","href":"https://coda.io/apis/v1/docs/AbCDeFGHij/tables/grid-1x"}}"""
            )
            .OnDoc("GET /pages/canvas-2x", """{"id":"canvas-2x","name":"Notes"}""");
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
            "pageIdOrName='Plans' is not there. There are: 'Plan' (canvas-1x), 'Notes' (canvas-2x), 'Twin' (canvas-3x), 'Twin' (canvas-4x).",
            (await coda.CallAsync("coda_get_page", """{"docId":"AbCDeFGHij","pageIdOrName":"Plans"}""")).Error
        );
        Assert.Equal(
            "pageIdOrName='Twin' is the name of 2: 'Twin' (canvas-3x), 'Twin' (canvas-4x). Give the id of one.",
            (await coda.CallAsync("coda_delete_page", """{"docId":"AbCDeFGHij","pageIdOrName":"Twin"}""")).Error
        );
    }

    [Theory]
    [InlineData("Plan", "canvas-1x")]
    [InlineData("plan", "canvas-2x")]
    [InlineData("canvas-3x", "canvas-3x")]
    [InlineData("PLAN", "canvas-5x")]
    public async Task An_id_and_then_the_very_name_come_before_names_that_are_nearly_it(string said, string id)
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc(
                "GET /pages",
                """
                {"items":[{"id":"canvas-1x","name":"Plan"},{"id":"canvas-2x","name":"plan"},{"id":"canvas-3x","name":"Twin"},
                {"id":"canvas-4x","name":"canvas-3x"},{"id":"canvas-5x","name":"PLAN"}]}
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
        for (var page = 1; page <= 25; page++)
        {
            coda.OnDoc("GET /pages", $$"""{"items":[{{items}}],"nextPageToken":"more{{page}}"}""");
        }

        Assert.Contains(
            "pageIdOrName='Nowhere' is not there",
            (await coda.CallAsync("coda_get_page", """{"docId":"AbCDeFGHij","pageIdOrName":"Nowhere"}""")).Error,
            StringComparison.Ordinal
        );
        Assert.Equal(20, coda.Requests.Count);
    }

    [Fact]
    public async Task A_list_whose_pages_go_round_in_a_circle_ends()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("GET /pages", """{"items":[{"id":"canvas-1x","name":"Page"}],"nextPageToken":"more"}""");
        Assert.Contains(
            "pageIdOrName='Nowhere' is not there",
            (await coda.CallAsync("coda_get_page", """{"docId":"AbCDeFGHij","pageIdOrName":"Nowhere"}""")).Error,
            StringComparison.Ordinal
        );
        Assert.Equal(2, coda.Requests.Count);
    }

    [Fact]
    public async Task A_deleted_page_is_said_to_be_deleted()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("GET /pages/canvas-9x", """{"statusCode":410,"statusMessage":"Gone","message":"Page deleted."}""", 410);
        Assert.Equal(
            "Coda returned 410: Page deleted. The page was deleted.",
            (await coda.CallAsync("coda_get_page", """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-9x"}""")).Error
        );
    }

    [Fact]
    public async Task A_page_is_peeked_at_by_its_lines()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc(
            "GET /pages/canvas-1x/content",
            """{"items":[{"id":"cl-1","type":"line","itemContent":{"style":"h1","format":"plainText","content":"Title"}},{"id":"cl-2","type":"line","itemContent":{"style":"new-style","content":"Text","lineLevel":1}},{"id":"cl-3","type":"line"}],"nextPageToken":"t"}"""
        );
        var peek = (await coda.CallAsync("coda_peek_page", """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x","numLines":3}""")).Json;
        Assert.Equal(
            """[{"id":"cl-1","style":"h1","text":"Title"},{"id":"cl-2","style":"new-style","text":"Text","level":1},{"id":"cl-3"}]""",
            peek.GetProperty("lines").GetRawText()
        );
        Assert.False(peek.GetProperty("complete").GetBoolean());
        Assert.EndsWith("?limit=3&contentFormat=plainText", coda.Requests[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_cannot_be_read_does_not_end_a_search()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("GET /pages", """{"items":[{"id":"canvas-1x","name":"Gone"},{"id":"canvas-2x","name":"Notes"}]}""")
            .OnDoc("GET /pages/canvas-1x/content", "{}", 410)
            .OnDoc("GET /pages/canvas-2x/content", """{"items":[{"id":"cl-1","itemContent":{"content":"the budget"}}]}""");
        var found = (await coda.CallAsync("coda_search_pages", """{"docId":"AbCDeFGHij","query":"budget","includeContent":true}""")).Json;
        Assert.Equal("canvas-2x", found.GetProperty("items")[0].GetProperty("id").GetString());
        Assert.False(found.GetProperty("complete").GetBoolean());
        Assert.Contains("These could not be read: 'Gone'.", found.GetProperty("note").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_says_of_which_long_pages_it_read_the_beginning_only()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("GET /pages", """{"items":[{"id":"canvas-1x","name":"Long"},{"id":"canvas-2x","name":"Notes"}]}""")
            .OnDoc(
                "GET /pages/canvas-1x/content",
                $$"""{"items":[{{string.Join(',', Enumerable.Range(0, 500).Select(n => $$"""{"id":"cl-{{n}}"}"""))}}],"nextPageToken":"more"}"""
            )
            .OnDoc("GET /pages/canvas-2x/content", """{"items":[{"id":"cl-1","itemContent":{"content":"the budget"}}]}""");
        var found = (await coda.CallAsync("coda_search_pages", """{"docId":"AbCDeFGHij","query":"budget","includeContent":true}""")).Json;
        Assert.False(found.GetProperty("complete").GetBoolean());
        Assert.EndsWith("Of these the first 500 lines only: 'Long'.", found.GetProperty("note").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_named_twice_is_exported_once()
    {
        await using var coda = await CodaGateway.StartAsync(("CODA_TOOLSETS", "all"));
        coda.OnDoc("GET /pages", """{"items":[{"id":"canvas-1x","name":"Notes"}]}""")
            .OnDoc("GET /pages/canvas-1x/content", """{"items":[{"id":"cl-1","itemContent":{"content":"the budget"}}]}""");
        var exported = await coda.CallAsync(
            "coda_export_pages",
            """{"docId":"AbCDeFGHij","pageIdsOrNames":["Notes","canvas-1x"],"format":"plainText"}"""
        );
        Assert.Equal("canvas-1x", Assert.Single(exported.Json.GetProperty("items").EnumerateArray()).GetProperty("pageId").GetString());
    }
}
