namespace Coda.Specs;

public sealed class PageWriteSpecs
{
    private const string Pages = """
        {"items":[{"id":"canvas-1x","name":"Plan","contentType":"canvas"},{"id":"canvas-2x","name":"Notes","contentType":"canvas","parent":{"id":"canvas-1x","name":"Plan"}},
                  {"id":"canvas-3x","name":"Twin"},{"id":"canvas-4x","name":"Twin"}]}
        """;

    private const string Lines = """{"items":[{"id":"cl-1","type":"line"},{"id":"cl-2","type":"line"}]}""";

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
        """ "syncDocId":"OtherDocX2","syncPageId":"canvas-7x" """,
        """{"name":"New","pageContent":{"type":"syncPage","mode":"page","sourceDocId":"OtherDocX2","sourcePageId":"canvas-7x","includeSubpages":true}}"""
    )]
    [InlineData(
        """ "parentPageId":"Plan","subtitle":"S","iconName":"star","imageUrl":"https://x/y.png" """,
        """{"name":"New","subtitle":"S","iconName":"star","imageUrl":"https://x/y.png","parentPageId":"canvas-1x"}"""
    )]
    public async Task A_page_is_created_with_what_it_is_to_hold(string arguments, string body)
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnApplied("POST /pages", """{"requestId":"r1","id":"canvas-new"}""").OnDoc("GET /pages", Pages);
        coda.On("GET /docs/OtherDocX2/pages/canvas-7x", """{"id":"canvas-7x","name":"Seven"}""");
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
                    """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x","content":"a","mode":"replace"}"""
                )
            ).Error,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "Nothing to change",
            (await coda.CallAsync("coda_update_page", """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x"}""")).Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Give either elementIds",
            (
                await coda.CallAsync("coda_delete_page_content", """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x","elementIds":[]}""")
            ).Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "maxChars",
            (await coda.CallAsync("coda_get_page_content", """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x","maxChars":-1}""")).Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "numLines",
            (await coda.CallAsync("coda_peek_page", """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x","numLines":-1}""")).Error,
            StringComparison.Ordinal
        );
        Assert.Empty(coda.Coda.Received);
    }

    [Fact]
    public async Task Appending_is_sent_once_even_when_it_fails()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("PUT /pages/canvas-1x", "{}", 503).OnDoc("GET /pages/canvas-1x/content", Lines);
        var error = (
            await coda.CallAsync(
                "coda_append_page_content",
                """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x","content":"x","elementId":"cl-1"}"""
            )
        ).Error;
        Assert.Contains("check before you try again", error, StringComparison.Ordinal);
        Assert.Equal(
            """{"contentUpdate":{"insertionMode":"append","elementId":"cl-1","canvasContent":{"format":"markdown","content":"x"}}}""",
            Assert.Single(coda.Coda.Received, request => request.Method == "PUT").Text
        );
    }

    [Fact]
    public async Task Renaming_is_repeated_when_it_fails()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("PUT /pages/canvas-1x", "{}", 503).OnApplied("PUT /pages/canvas-1x");
        Assert.False(
            (await coda.CallAsync("coda_update_page", """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x","name":"x"}""")).IsError
        );
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
        _ = (await coda.CallAsync(tool, $$"""{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x"{{arguments}}}""")).Error;
        Assert.Empty(coda.Coda.Received);
    }

    [Theory]
    [InlineData("coda_delete_doc", """{"docId":""}""", "docId")]
    [InlineData("coda_delete_page", """{"docId":"AbCDeFGHij","pageIdOrName":" "}""", "pageIdOrName")]
    [InlineData("coda_delete_row", """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1x","rowIdOrName":""}""", "rowIdOrName")]
    [InlineData("coda_delete_row", """{"docId":"AbCDeFGHij","tableIdOrName":"","rowIdOrName":"i-1x"}""", "tableIdOrName")]
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
                """{"items":[{"id":"grid-1x","name":"Tasks","tableType":"table","parent":{"id":"canvas-1x"}},{"id":"grid-2x","name":"Other","parent":{"id":"canvas-2x"}}]}"""
            )
            .OnDoc("GET /controls", """{"items":[{"id":"ctrl-1x","name":"Slider","parent":{"id":"canvas-1x"}}]}""")
            .OnDoc("GET /formulas", """{"items":[{"id":"f-1x","name":"Sum","parent":{"id":"canvas-1x"}}]}""")
            .OnApplied("PUT /pages/canvas-1x")
            .OnApplied("DELETE /pages/canvas-1x/content");
        var refusal = (await coda.CallAsync(tool, $$"""{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x"{{more}}}""")).Error;
        Assert.StartsWith(
            "Nothing was changed: the page holds table 'Tasks', control 'Slider', formula 'Sum', which this would destroy for good.",
            refusal,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(coda.Requests, request => !request.StartsWith("GET", StringComparison.Ordinal));
        Assert.Equal(
            "applied",
            (await coda.CallAsync(tool, $$"""{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x","force":true{{more}}}"""))
                .Json.GetProperty("outcome")
                .GetString()
        );
    }

    [Fact]
    public async Task Single_elements_are_replaced_and_deleted_without_the_guard()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnApplied("PUT /pages/canvas-1x").OnApplied("DELETE /pages/canvas-1x/content").OnDoc("GET /pages/canvas-1x/content", Lines);
        await coda.CallAsync(
            "coda_replace_page_content",
            """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x","content":"x","elementId":"cl-1"}"""
        );
        await coda.CallAsync("coda_delete_page_content", """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x","elementIds":["cl-1"]}""");
        Assert.Equal("""{"elementIds":["cl-1"]}""", coda.Coda.Received.Single(r => r.Method == "DELETE").Text);
        Assert.Equal(2, coda.Requests.Count(request => !request.StartsWith("GET", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_page_is_deleted_with_what_is_below_and_on_it_only_when_told_so()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc(
                "GET /pages",
                """{"items":[{"id":"canvas-1x","name":"Home"},{"id":"canvas-2x","name":"Sub","parent":{"id":"canvas-1x"}},{"id":"canvas-3x","name":"Empty"}]}"""
            )
            .OnDoc("GET /tables", """{"items":[{"id":"grid-1x","name":"Tasks","tableType":"table","parent":{"id":"canvas-2x"}}]}""")
            .OnDoc("GET /controls", """{"items":[]}""")
            .OnDoc("GET /formulas", """{"items":[]}""")
            .OnApplied("DELETE /pages/canvas-1x")
            .OnApplied("DELETE /pages/canvas-3x");
        Assert.Equal(
            "Nothing was deleted: with the page goes page 'Sub', table 'Tasks'. Ask the user, and call again with force=true.",
            (await coda.CallAsync("coda_delete_page", """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x"}""")).Error
        );
        Assert.False((await coda.CallAsync("coda_delete_page", """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-3x"}""")).IsError);
        Assert.False(
            (await coda.CallAsync("coda_delete_page", """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x","force":true}""")).IsError
        );
        Assert.Equal(2, coda.Requests.Count(request => request.StartsWith("DELETE", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("coda_delete_page_content", """ "elementIds":["cl-1","i-row"] """, "elementIds='i-row'")]
    [InlineData("coda_delete_page_content", """ "elementIds":["Introduction"] """, "elementIds='Introduction'")]
    [InlineData("coda_replace_page_content", """ "elementId":"canvas-1x","content":"x" """, "elementId='canvas-1x'")]
    [InlineData("coda_append_page_content", """ "elementId":"grid-1x","content":"x" """, "elementId='grid-1x'")]
    [InlineData("coda_append_page_content", """ "elementId":"The first line","content":"x" """, "elementId='The first line'")]
    [InlineData("coda_append_page_content", """ "elementId":"cl-9","content":"x" """, "elementId='cl-9'")]
    [InlineData("coda_replace_page_content", """ "elementId":"CL-1","content":"x" """, "elementId='CL-1'")]
    [InlineData("coda_delete_page_content", """ "elementIds":["cl-1","cl-9"] """, "elementIds='cl-9'")]
    public async Task What_is_not_the_id_of_an_element_is_refused(string tool, string arguments, string said)
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("GET /pages/canvas-1x/content", """{"items":[{"id":"cl-1","type":"line"},{"id":"odd-1","type":"line"}]}""");
        Assert.Equal(
            $"{said} is not the id of an element of this page (cl-…): get it from coda_peek_page. Nothing was changed.",
            (await coda.CallAsync(tool, $$"""{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x",{{arguments}}}""")).Error
        );
        Assert.All(coda.Requests, request => Assert.StartsWith("GET", request, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("coda_create_page", """ "name":"x","embedUrl":"example.com/a" """, "embedUrl='example.com/a'")]
    [InlineData("coda_create_page", """ "name":"x","imageUrl":"a picture" """, "imageUrl='a picture'")]
    [InlineData("coda_update_page", """ "pageIdOrName":"canvas-1x","imageUrl":"/a.png" """, "imageUrl='/a.png'")]
    [InlineData("coda_create_page", """ "name":"x","embedUrl":"javascript:alert(1)" """, "embedUrl='javascript:alert(1)'")]
    public async Task What_is_to_be_shown_is_a_web_address(string tool, string arguments, string said)
    {
        await using var coda = await CodaGateway.StartAsync();
        Assert.Equal(
            $"{said} is not a web address: give it whole, such as https://example.com/a. Nothing was written.",
            (await coda.CallAsync(tool, $$"""{"docId":"AbCDeFGHij",{{arguments}}}""")).Error
        );
        Assert.Empty(coda.Requests);
    }

    [Fact]
    public async Task An_element_far_down_a_page_is_found()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("GET /pages/canvas-1x/content", """{"items":[{"id":"cl-1","type":"line"}],"nextPageToken":"more"}""")
            .OnDoc(
                "GET /pages/canvas-1x/content?pageToken=more",
                """{"items":[{"id":"cl-501","type":"line"}],"nextPageToken":"yet more"}"""
            )
            .OnApplied("DELETE /pages/canvas-1x/content");
        var deleted = await coda.CallAsync(
            "coda_delete_page_content",
            """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x","elementIds":["cl-501","cl-501"]}"""
        );
        Assert.Equal("applied", deleted.Json.GetProperty("outcome").GetString());
        Assert.Equal("""{"elementIds":["cl-501"]}""", coda.Coda.Received.Single(request => request.Method == "DELETE").Text);
    }

    [Theory]
    [InlineData(""" "parentPageId":"canvas-9x" """, "parentPageId='canvas-9x' is not a page of the doc AbCDeFGHij")]
    [InlineData(""" "syncDocId":"OtherDocX2","syncPageId":"canvas-9x" """, "syncPageId='canvas-9x' is not a page of the doc OtherDocX2")]
    public async Task A_page_that_is_not_there_is_nothing_to_create_a_page_with(string arguments, string said)
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("GET /pages/canvas-9x", "{}", 404).On("GET /docs/OtherDocX2/pages/canvas-9x", "{}", 404);
        var refused = await coda.CallAsync("coda_create_page", $$"""{"docId":"AbCDeFGHij","name":"New",{{arguments}}}""");
        Assert.StartsWith(said, refused.Error, StringComparison.Ordinal);
        Assert.All(coda.Requests, request => Assert.StartsWith("GET", request, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_element_that_is_on_the_page_is_taken_whatever_its_id_looks_like()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("GET /pages/canvas-1x/content", """{"items":[{"id":"odd-1","type":"line"}]}""")
            .OnApplied("DELETE /pages/canvas-1x/content");
        var result = await coda.CallAsync(
            "coda_delete_page_content",
            """{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x","elementIds":["odd-1"]}"""
        );
        Assert.False(result.IsError);
    }

    [Theory]
    [InlineData(
        "coda_delete_page",
        "",
        """{"items":[{"id":"grid-0x","name":"Other"},{"id":"grid-1x","name":7,"parent":{"id":"canvas-1x"}}]}"""
    )]
    [InlineData(
        "coda_delete_page_content",
        """, "everything":true """,
        """{"items":[{"id":"grid-0x","name":"Other"},{"id":"grid-1x","name":7,"parent":{"id":"canvas-1x"}}]}"""
    )]
    [InlineData("coda_delete_page", "", """{"items":[],"nextPageToken":"again"}""")]
    public async Task What_may_hold_more_than_Coda_lists_is_not_wiped_without_force(string tool, string more, string tables)
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("GET /pages", """{"items":[{"id":"canvas-1x","name":"Home"}]}""")
            .OnDoc("GET /tables", tables)
            .OnDoc("GET /controls", """{"items":[]}""")
            .OnDoc("GET /formulas", """{"items":[]}""");
        Assert.Contains(
            "perhaps more, which Coda did not list",
            (await coda.CallAsync(tool, $$"""{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x"{{more}}}""")).Error,
            StringComparison.Ordinal
        );
        Assert.All(coda.Requests, request => Assert.StartsWith("GET", request, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_of_another_doc_needs_that_doc()
    {
        await using var coda = await CodaGateway.StartAsync();
        Assert.StartsWith(
            "syncPageId is a page of syncDocId",
            (await coda.CallAsync("coda_create_page", """{"docId":"AbCDeFGHij","name":"x","syncPageId":"canvas-7x"}""")).Error,
            StringComparison.Ordinal
        );
        Assert.Empty(coda.Coda.Received);
    }
}
