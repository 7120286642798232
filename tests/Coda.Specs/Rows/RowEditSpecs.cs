namespace Coda.Specs.Rows;

public sealed class RowEditSpecs
{
    private const string Table = "\"docId\":\"AbCDeFGHij\",\"tableIdOrName\":\"Tasks\"";
    private const string Added = """{"requestId":"r1","addedRowIds":["i-1x","i-2x"]}""";

    [Fact]
    public async Task Rows_are_added_in_one_request_and_their_ids_told()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnApplied("POST /tables/grid-1x/rows", Added);
        var result = (
            await coda.CallAsync(
                "coda_upsert_rows",
                $$"""{{{Table}},"rows":[{"Task":"One","Done":false},{"cells":[{"column":"c-name","value":"Two"}]}]}"""
            )
        ).Json;
        Assert.Equal(
            """{"outcome":"applied","requestId":"r1","ids":["i-1x","i-2x"],"rows":[{"id":"i-1x","cells":{"Task":"T","Done":true,"Total":2},"name":"T"},{"id":"i-2x","cells":{"Task":"T","Done":true,"Total":2},"name":"T"}]}""",
            result.GetRawText()
        );
        Assert.Equal(
            """{"rows":[{"cells":[{"column":"c-name","value":"One"},{"column":"c-done","value":false}]},{"cells":[{"column":"c-name","value":"Two"}]}]}""",
            Sent(coda)
        );
    }

    [Fact]
    public async Task Key_columns_are_sent_by_id_and_flags_in_lower_case()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnApplied("POST /tables/grid-1x/rows", """{"requestId":"r1"}""");
        await coda.CallAsync(
            "coda_upsert_rows",
            $$"""{{{Table}},"rows":[{"Task":"One"}],"keyColumns":["task","c-name"],"disableParsing":true}"""
        );
        Assert.EndsWith(
            "/rows?disableParsing=true",
            coda.Requests.Single(request => request.StartsWith("POST", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
        Assert.EndsWith("\"keyColumns\":[\"c-name\"]}", Sent(coda), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Views_texts_empty_rows_and_calculated_keys_are_refused()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        Assert.Equal(
            "'My tasks' is a view, and rows are added to tables only: use its table 'Tasks' (grid-1x).",
            (await coda.CallAsync("coda_upsert_rows", """{"docId":"AbCDeFGHij","tableIdOrName":"My tasks","rows":[{"Task":"x"}]}""")).Error
        );
        Assert.Contains(
            "rows[0]: expected an object, received \"Task: x\"",
            (await coda.CallAsync("coda_upsert_rows", $$"""{{{Table}},"rows":["Task: x"]}""")).Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "A row without any cell",
            (await coda.CallAsync("coda_upsert_rows", $$"""{{{Table}},"rows":[{}]}""")).Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "nothing to write",
            (await coda.CallAsync("coda_upsert_rows", $$"""{{{Table}},"rows":[]}""")).Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "'Total' is calculated",
            (await coda.CallAsync("coda_upsert_rows", $$"""{{{Table}},"rows":[{"Task":"x"}],"keyColumns":["Total"]}""")).Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "is given twice",
            (await coda.CallAsync("coda_upsert_rows", $$"""{{{Table}},"rows":[{"Task":"x","c-name":"y"}]}""")).Error,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(coda.Requests, request => request.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rows_are_deleted_by_id_and_never_said_to_be_deleted_before_they_are()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnDoc("DELETE /tables/grid-1x/rows", """{"requestId":"r1","rowIds":["i-1x","i-2x"]}""", 202)
            .OnDoc("DELETE /tables/grid-1x/rows/i-3x", """{"requestId":"r1","id":"i-3x"}""", 202)
            .On("GET /mutationStatus/r1", """{"completed":false}""");
        var rows = (await coda.CallAsync("coda_delete_rows", $$"""{{{Table}},"rowIds":["i-1x","i-2x"],"waitSeconds":2}""")).Json;
        Assert.Equal("pending", rows.GetProperty("outcome").GetString());
        Assert.Equal("""{"rowIds":["i-1x","i-2x"]}""", coda.Coda.Received.Single(r => r.Method == "DELETE").Text);
        Assert.Equal(
            "pending",
            (await coda.CallAsync("coda_delete_row", $$"""{{{Table}},"rowIdOrName":"i-3x","waitSeconds":2}"""))
                .Json.GetProperty("outcome")
                .GetString()
        );
        Assert.Contains(
            "which is not a row ID (i-…)",
            (await coda.CallAsync("coda_delete_rows", $$"""{{{Table}},"rowIds":["Call Ann"]}""")).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_row_that_is_named_twice_is_deleted_and_counted_once()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnApplied("DELETE /tables/grid-1x/rows", """{"requestId":"r1","rowIds":["i-1x","i-2x"]}""");
        var rows = (await coda.CallAsync("coda_delete_rows", $$"""{{{Table}},"rowIds":["i-1x","i-2x","i-1x"," i-2x"]}""")).Json;
        Assert.Equal("""{"outcome":"applied","requestId":"r1","ids":["i-1x","i-2x"]}""", rows.GetRawText());
        Assert.Equal("""{"rowIds":["i-1x","i-2x"]}""", coda.Coda.Received.Single(r => r.Method == "DELETE").Text);
    }

    [Fact]
    public async Task A_button_is_pressed_once_and_only_if_it_is_one()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnApplied("POST /tables/grid-1x/rows/i-1x/buttons/c-button", """{"requestId":"r1","rowId":"i-1x","columnId":"c-button"}""");
        Assert.Equal(
            "applied",
            (await coda.CallAsync("coda_push_button", $$"""{{{Table}},"rowIdOrName":"i-1x","columnIdOrName":"Send"}"""))
                .Json.GetProperty("outcome")
                .GetString()
        );
        Assert.Contains(
            "is a checkbox column, not one of buttons",
            (await coda.CallAsync("coda_push_button", $$"""{{{Table}},"rowIdOrName":"i-1x","columnIdOrName":"Done"}""")).Error,
            StringComparison.Ordinal
        );
    }

    private static string Rows(int count, string text = "x") =>
        string.Join(',', Enumerable.Range(1, count).Select(n => $$"""{"Task":"{{n}} {{text}}"}"""));

    private static string Sent(CodaGateway coda) => coda.Coda.Received.Single(r => r.Method == "POST").Text;

    [Fact]
    public async Task A_column_that_was_added_just_now_is_found()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("GET /tables/grid-1x/columns", """{"items":[{"id":"c-1","name":"Name"}]}""")
            .OnDoc("GET /tables/grid-1x/columns", """{"items":[{"id":"c-1","name":"Name"},{"id":"c-2","name":"Priority"}]}""")
            .OnDoc("GET /tables/grid-1x/rows/i-1x", """{"id":"i-1x","values":{"c-1":"A"}}""")
            .OnApplied("PUT /tables/grid-1x/rows/i-1x");
        await coda.CallAsync(
            "coda_update_row",
            """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1x","rowIdOrName":"i-1x","cells":{"Name":"A"}}"""
        );
        Assert.False(
            (
                await coda.CallAsync(
                    "coda_update_row",
                    $$"""{"docId":"AbCDeFGHij","tableIdOrName":"grid-1x","rowIdOrName":"i-1x","cells":{"Priority":1} }"""
                )
            ).IsError
        );
    }

    [Fact]
    public async Task Rows_of_the_same_name_are_told_apart_by_their_cells()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnDoc(
                "GET /tables/grid-1x/rows?query=c-name%3A%22Review%22&valueFormat=simple&limit=5",
                """{"items":[],"nextPageToken":"t"}"""
            )
            .OnDoc(
                "GET /tables/grid-1x/rows?pageToken=t",
                """{"items":[{"id":"i-7x","name":"Review","values":{"c-name":"Review","c-due":"2026-11-02"}},{"id":"i-8x","name":"Review","values":{"c-name":"Review","c-owner":"Bob"}}]}"""
            );
        Assert.Equal(
            "rowIdOrName='Review' is the name of several rows of 'Tasks': i-7x (2026-11-02), i-8x (Bob). Give the id of one.",
            (await coda.CallAsync("coda_delete_row", $$"""{{{Table}},"rowIdOrName":"Review"}""")).Error
        );
    }

    [Fact]
    public async Task A_row_is_found_by_its_name_in_another_case()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnDoc("GET /tables/grid-1x/rows?query=c-name%3A%22call%20ann%22&valueFormat=simple&limit=5", """{"items":[]}""")
            .OnDoc("GET /tables/grid-1x/rows?valueFormat=simple&limit=500", """{"items":[{"id":"i-3x","name":"Call Ann ","values":{}}]}""")
            .OnApplied("PUT /tables/grid-1x/rows/i-3x");
        Assert.False(
            (await coda.CallAsync("coda_update_row", $$"""{{{Table}},"rowIdOrName":"call ann","cells":{"Done":true} }""")).IsError
        );
    }

    [Fact]
    public async Task A_link_to_a_row_leads_to_its_table_as_well()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.On(
                "GET /resolveBrowserLink",
                """{"type":"apiLink","resource":{"type":"row","id":"i-5x","href":"https://coda.io/apis/v1/docs/AbCDeFGHij/tables/grid-1x/rows/i-5x"}}"""
            )
            .OnApplied("PUT /tables/grid-1x/rows/i-5x");
        const string Link = "https://coda.io/d/_dAbCDeFGHij#Tasks_tgrid-1/_rui-5";
        Assert.False(
            (
                await coda.CallAsync(
                    "coda_update_row",
                    $$"""{"docId":"{{Link}}","tableIdOrName":"{{Link}}","rowIdOrName":"{{Link}}","cells":{"Done":true} }"""
                )
            ).IsError
        );
    }

    [Fact]
    public async Task A_row_whose_name_is_an_address_is_found_by_it()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnDoc("GET /tables/grid-1x/rows", """{"items":[{"id":"i-5x","name":"https://x.example/a","values":{} }]}""")
            .OnApplied("PUT /tables/grid-1x/rows/i-5x");
        Assert.False(
            (
                await coda.CallAsync("coda_update_row", $$"""{{{Table}},"rowIdOrName":"https://x.example/a","cells":{"Done":true} }""")
            ).IsError
        );
        Assert.DoesNotContain(coda.Requests, request => request.Contains("resolveBrowserLink", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("i-8x", "")]
    [InlineData("i-404x", "a row of 'Projects': no row has this id")]
    public async Task A_relation_takes_the_link_to_a_row_of_its_table(string row, string refused)
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.On(
                "GET /resolveBrowserLink",
                $$$"""{"type":"apiLink","resource":{"type":"row","id":"{{{row}}}","href":"https://coda.io/apis/v1/docs/AbCDeFGHij/tables/grid-2x/rows/{{{row}}}"}}"""
            )
            .OnDoc("GET /tables/grid-2x/rows/i-8x", """{"id":"i-8x","values":{} }""")
            .OnDoc("GET /tables/grid-2x/rows/i-404x", "{}", 404)
            .OnApplied("PUT /tables/grid-1x/rows/i-5x");
        var written = await coda.CallAsync(
            "coda_update_row",
            $$"""{{{Table}},"rowIdOrName":"i-5x","cells":{"Parent":"https://coda.io/d/_dAbCDeFGHij#Projects_tgrid-2/_rui-8"} }"""
        );
        if (refused.Length > 0)
        {
            Assert.Contains(refused, written.Error, StringComparison.Ordinal);
            return;
        }

        Assert.False(written.IsError);
        Assert.Contains(
            """{"column":"c-parent","value":"i-8x"}""",
            coda.Coda.Received.Single(request => request.Method == "PUT").Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Many_rows_are_changed_by_name_link_or_id()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        var named = string.Join(',', Enumerable.Range(10, 40).Select(n => $$"""{"id":"i-{{n}}x","name":"Task {{n}}","values":{} }"""));
        coda.OnDoc("GET /tables/grid-1x/rows?valueFormat=simple&limit=500", $$"""{"items":[{{named}}]}""");
        for (var n = 10; n < 50; n++)
        {
            coda.OnApplied($"PUT /tables/grid-1x/rows/i-{n}x");
        }

        var rows = string.Join(',', Enumerable.Range(10, 40).Select(n => $$"""{"row":"{{(n == 49 ? "i-49x" : $"task {n}")}}"}"""));
        var result = (await coda.CallAsync("coda_update_rows", $$$"""{{{{Table}}},"rows":[{{{rows}}}],"cells":{"Done":"yes"}}""")).Json;
        Assert.Equal("applied", result.GetProperty("outcome").GetString());
        Assert.Equal(40, result.GetProperty("ids").GetArrayLength());
        Assert.Equal(40, coda.Coda.Received.Count(r => r.Method == "PUT"));
        Assert.Single(
            coda.Requests,
            request => request.StartsWith("GET", StringComparison.Ordinal) && request.Contains("/rows", StringComparison.Ordinal)
        );
        Assert.Equal("""{"row":{"cells":[{"column":"c-done","value":true}]}}""", coda.Coda.Received.First(r => r.Method == "PUT").Text);
    }

    [Fact]
    public async Task A_row_that_is_gone_does_not_keep_the_others_from_being_changed()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnApplied("PUT /tables/grid-1x/rows/i-1x").OnDoc("PUT /tables/grid-1x/rows/i-404x", "{}", 404);
        var result = (
            await coda.CallAsync(
                "coda_update_rows",
                $$"""{{{Table}},"rows":[{"row":"i-404x","cells":{"Done":true} },{"row":"i-1x","cells":{"Done":true} }]}"""
            )
        ).Json;
        Assert.Equal("""["i-1x"]""", result.GetProperty("ids").GetRawText());
        Assert.Equal("i-404x", result.GetProperty("failed")[0].GetProperty("row").GetString());
        Assert.Contains(
            "is given twice",
            (
                await coda.CallAsync("coda_update_rows", $$"""{{{Table}},"rows":[{"row":"i-1x"},{"row":"i-1x"}],"cells":{"Done":true} }""")
            ).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Rows_that_coda_did_not_take_are_not_said_to_be_deleted()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnApplied("DELETE /tables/grid-1x/rows", """{"requestId":"r1","rowIds":["i-1x"]}""");
        var result = (await coda.CallAsync("coda_delete_rows", $$"""{{{Table}},"rowIds":["i-1x","i-404x"]}""")).Json;
        Assert.Equal("""["i-1x"]""", result.GetProperty("ids").GetRawText());
        Assert.Equal("Coda did not take i-404x: there may be no such rows.", result.GetProperty("warning").GetString());
    }
}
