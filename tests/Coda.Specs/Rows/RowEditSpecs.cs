using System.Text.Json;

namespace Coda.Specs.Rows;

public sealed class RowEditSpecs
{
    private const string Table = "\"docId\":\"AbCDeFGHij\",\"tableIdOrName\":\"Tasks\"";
    private const string Added = """{"requestId":"r1","addedRowIds":["i-1","i-2"]}""";

    [Fact]
    public async Task Rows_are_added_in_one_request_and_their_ids_told()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnApplied("POST /tables/grid-1/rows", Added);
        var result = (
            await coda.CallAsync(
                "coda_upsert_rows",
                $$"""{{{Table}},"rows":[{"Task":"One","Done":false},{"cells":[{"column":"c-name","value":"Two"}]}]}"""
            )
        ).Json;
        Assert.Equal(
            """{"outcome":"applied","requestId":"r1","ids":["i-1","i-2"],"rows":[{"id":"i-1","cells":{"Task":"T","Done":true,"Total":2},"name":"T"},{"id":"i-2","cells":{"Task":"T","Done":true,"Total":2},"name":"T"}]}""",
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
        coda.OnApplied("POST /tables/grid-1/rows", """{"requestId":"r1"}""");
        await coda.CallAsync("coda_upsert_rows", $$"""{{{Table}},"rows":[{"Task":"One"}],"keyColumns":["task"],"disableParsing":true}""");
        Assert.EndsWith(
            "/rows?disableParsing=true",
            coda.Requests.Single(request => request.StartsWith("POST", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
        Assert.EndsWith("\"keyColumns\":[\"c-name\"]}", Sent(coda), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Hours", "\"3.5\"", "3.5")]
    [InlineData("Hours", "3", "3")]
    [InlineData("Price", """{"currency":"USD","amount":12.5}""", "12.5")]
    [InlineData("Done", "\"true\"", "true")]
    [InlineData("Due", "\"2026-11-23\"", "\"2026-11-23\"")]
    [InlineData("Due", "\"2026-11-23T00:00:00.000-08:00\"", "\"2026-11-23\"")]
    [InlineData("Due", "\"2026-11-23T00:00:00Z\"", "\"2026-11-23\"")]
    [InlineData("Price", "\"$1,250.00\"", "1250")]
    [InlineData("Share", "\"50%\"", "0.5")]
    [InlineData("Share", "0.5", "0.5")]
    [InlineData("Done", "\"Yes\"", "true")]
    [InlineData("Link", """{"url":"https://x.example/","name":"X"}""", "\"https://x.example/\"")]
    [InlineData("Status", """["Open"]""", "\"Open\"")]
    [InlineData("At", "\"14:30\"", "\"14:30\"")]
    [InlineData("Status", "\"open\"", "\"Open\"")]
    [InlineData("Tags", """["a","B"]""", """["a","b"]""")]
    [InlineData("Owner", "\"ann@example.com\"", "\"ann@example.com\"")]
    [InlineData("Owner", """{"name":"Ann","email":"ann@example.com"}""", "\"ann@example.com\"")]
    [InlineData("Picture", """["https://x/y.png"]""", """["https://x/y.png"]""")]
    [InlineData("Task", "null", "\"\"")]
    [InlineData("Hours", "\"\"", "\"\"")]
    [InlineData("c-dup2", "\"as it is\"", "\"as it is\"")]
    public async Task A_value_is_brought_into_the_form_its_column_takes(string column, string given, string sent)
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnApplied("PUT /tables/grid-1/rows/i-1");
        await coda.CallAsync("coda_update_row", $$$"""{{{{Table}}},"rowIdOrName":"i-1","cells":{"{{{column}}}":{{{given}}}}}""");
        var cell = JsonDocument
            .Parse(coda.Coda.Received.Single(r => r.Method == "PUT").Text)
            .RootElement.GetProperty("row")
            .GetProperty("cells")[0];
        Assert.Equal(sent, cell.GetProperty("value").GetRawText());
    }

    [Theory]
    [InlineData("Hours", "\"many\"", "The column 'Hours' (number) cannot take \"many\": give a number, such as 12.5.")]
    [InlineData("Done", "\"perhaps\"", "give true or false")]
    [InlineData("Due", "\"11/23/2026\"", "a day, such as 2026-11-23")]
    [InlineData("Due", "\"tomorrow\"", "a day, such as 2026-11-23")]
    [InlineData("Due", "\"2026-11-23T10:00:00Z\"", "a day, such as 2026-11-23, without a time")]
    [InlineData("Share", "50", "give a share, such as 0.5 or \"50%\" for fifty percent.")]
    [InlineData("Hours", "[1,2]", "the column does not take several")]
    [InlineData("Status", """["Open","Closed"]""", "the column does not take several")]
    [InlineData("At", "\"half past two\"", "a time as ISO 8601")]
    [InlineData("Status", "\"Opened\"", "give one of its options: 'Open', 'Closed'.")]
    [InlineData("Owner", "\"Ann\"", "give the person's e-mail address; there are: Ann Lee (lee@example.com).")]
    [InlineData("Picture", "\"y.png\"", "give a public URL")]
    [InlineData("Total", "1", "The column 'Total' is calculated by a formula and cannot be written or used as a key: leave it out.")]
    [InlineData("Send", "1", "press one with coda_push_button")]
    [InlineData("Nope", "1", "column='Nope' is not there.")]
    [InlineData("Twin", "1", "column='Twin' is the name of 2: 'Twin' (c-dup1), 'Twin' (c-dup2).")]
    [InlineData("Task", """{"a":1}""", "give a text, number or flag")]
    public async Task What_coda_would_store_broken_is_refused_with_the_remedy(string column, string given, string told)
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        if (column == "Owner")
        {
            coda.OnDoc("GET /acl/principals/search", """{"users":[{"name":"Ann Lee","loginId":"lee@example.com"}]}""");
        }

        Assert.Contains(
            told,
            (
                await coda.CallAsync("coda_update_row", $$$"""{{{{Table}}},"rowIdOrName":"i-1","cells":{"{{{column}}}":{{{given}}}}}""")
            ).Error,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(coda.Requests, request => request.StartsWith("PUT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Relations_are_resolved_to_rows_that_exist()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnApplied("POST /tables/grid-1/rows", Added)
            .OnDoc(
                "GET /tables/grid-2/rows?query=c-title%3A%22Alpha%22&valueFormat=simple&limit=5",
                """{"items":[{"id":"i-7","values":{}}]}"""
            )
            .OnDoc("GET /tables/grid-2/rows/i-8", """{"id":"i-8","values":{}}""");
        await coda.CallAsync(
            "coda_upsert_rows",
            $$"""{{{Table}},"rows":[{"Project":["Alpha",{"rowId":"i-8","name":"Beta"}],"Parent":"Alpha"},{"Project":"Alpha"}]}"""
        );
        Assert.Equal(
            """{"rows":[{"cells":[{"column":"c-project","value":["i-7","i-8"]},{"column":"c-parent","value":"i-7"}]},{"cells":[{"column":"c-project","value":"i-7"}]}]}""",
            Sent(coda)
        );
        Assert.Single(coda.Requests, request => request.Contains("Alpha", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"Nowhere\"", "the relation 'Project'='Nowhere': the table 'Projects' has no row of this name.")]
    [InlineData("\"Twin\"", "the relation 'Project'='Twin' is the name of several rows of 'Projects': i-7, i-8.")]
    [InlineData("\"i-404\"", "give a row of 'Projects': no row has this id.")]
    [InlineData("true", "give a row's name or id (i-…)")]
    public async Task A_relation_that_is_missing_or_ambiguous_is_refused(string given, string told)
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnDoc("GET /tables/grid-2/rows?query=c-title%3A%22Nowhere%22&valueFormat=simple&limit=5", """{"items":[]}""")
            .OnDoc(
                "GET /tables/grid-2/rows?query=c-title%3A%22Twin%22&valueFormat=simple&limit=5",
                """{"items":[{"id":"i-7","values":{}},{"id":"i-8","values":{}}]}"""
            )
            .OnDoc("GET /tables/grid-2/rows?valueFormat=simple&limit=500", """{"items":[{"id":"i-1","name":"Alpha","values":{}}]}""")
            .OnDoc("GET /tables/grid-2/rows/i-404", "{}", 404);
        var error = (await coda.CallAsync("coda_upsert_rows", $$"""{{{Table}},"rows":[{"Task":"fine"},{"Project":{{given}}}]}""")).Error;
        Assert.StartsWith("Nothing was written. Row 2 of 2: ", error, StringComparison.Ordinal);
        Assert.Contains(told, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Relations_and_stored_as_is_do_not_go_together_and_one_relation_takes_one_row()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        Assert.Contains(
            "would store the relation 'Parent' as broken text",
            (await coda.CallAsync("coda_upsert_rows", $$"""{{{Table}},"rows":[{"Parent":"Alpha"}],"disableParsing":true}""")).Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "the column does not take several",
            (await coda.CallAsync("coda_upsert_rows", $$"""{{{Table}},"rows":[{"Parent":["Alpha","Beta"]}]}""")).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Views_texts_empty_rows_and_calculated_keys_are_refused()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        Assert.Equal(
            "'My tasks' is a view, and rows are added to tables only: use its table 'Tasks' (grid-1).",
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
    public async Task A_row_too_large_is_refused_before_any_is_sent_counted_as_coda_counts()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnApplied("POST /tables/grid-1/rows", Added);
        string Call(string text) => $$"""{{{Table}},"rows":[{"Task":"x"},{"Task":{{JsonSerializer.Serialize(text)}}}]}""";
        Assert.Contains(
            "Row 2 of 2: The row has 85",
            (await coda.CallAsync("coda_upsert_rows", Call(new string('ü', 43_521)))).Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "at most 85 KB",
            (await coda.CallAsync("coda_upsert_rows", Call(new string('\n', 43_521)))).Error,
            StringComparison.Ordinal
        );
        Assert.False((await coda.CallAsync("coda_upsert_rows", Call(new string('ü', 43_520)))).IsError);
    }

    [Fact]
    public async Task Many_rows_go_in_batches_and_all_of_them_are_waited_for()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnDoc("POST /tables/grid-1/rows", """{"requestId":"r1","addedRowIds":["i-1"]}""", 202)
            .OnDoc("POST /tables/grid-1/rows", """{"requestId":"r2","addedRowIds":["i-2"]}""", 202)
            .OnDoc("POST /tables/grid-1/rows", """{"requestId":"r3","addedRowIds":["i-3"]}""", 202)
            .On("GET /mutationStatus/r1", """{"completed":true}""")
            .On("GET /mutationStatus/r2", """{"completed":true,"warning":"w"}""")
            .On("GET /mutationStatus/r3", """{"completed":true}""");
        var result = (await coda.CallAsync("coda_upsert_rows", $$"""{{{Table}},"rows":[{{Rows(250)}}]}""")).Json;
        Assert.StartsWith(
            """{"outcome":"applied","requestId":"r3","ids":["i-1","i-2","i-3"],"warning":"w","rows":[""",
            result.GetRawText(),
            StringComparison.Ordinal
        );
        Assert.Equal(
            [100, 100, 50],
            coda.Coda.Received.Where(r => r.Method == "POST")
                .Select(r => JsonDocument.Parse(r.Body).RootElement.GetProperty("rows").GetArrayLength())
        );
    }

    [Fact]
    public async Task Large_rows_go_in_batches_below_the_size_of_a_request()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnApplied("POST /tables/grid-1/rows", """{"requestId":"r1"}""");
        await coda.CallAsync("coda_upsert_rows", $$"""{{{Table}},"rows":[{{Rows(40, new string('x', 80_000))}}]}""");
        Assert.All(coda.Coda.Received.Where(r => r.Method == "POST"), r => Assert.InRange(r.Body.Length, 1, 1_600_000));
        Assert.Equal(
            40,
            coda.Coda.Received.Where(r => r.Method == "POST")
                .Sum(r => JsonDocument.Parse(r.Body).RootElement.GetProperty("rows").GetArrayLength())
        );
    }

    [Theory]
    [InlineData(
        400,
        "Rows 101-200 were refused, none of them written. Rows 201-250 were not sent. To go on, mend them and call again with continueFrom=100."
    )]
    [InlineData(503, "Rows 101-200 may or may not be written: look before you send them again. Rows 201-250 were not sent.")]
    public async Task An_interrupted_batch_says_which_rows_were_acknowledged(int status, string told)
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnDoc("POST /tables/grid-1/rows", """{"requestId":"r1","addedRowIds":["i-1"]}""", 202)
            .OnDoc("POST /tables/grid-1/rows", """{"message":"Sorry."}""", status);
        var error = (await coda.CallAsync("coda_upsert_rows", $$"""{{{Table}},"rows":[{{Rows(250)}}]}""")).Error;
        Assert.StartsWith(
            "Interrupted: rows 1-100 of 250 were accepted (requestIds r1; ids i-1); do not send these again.",
            error,
            StringComparison.Ordinal
        );
        Assert.Contains(told, error, StringComparison.Ordinal);
        Assert.Equal(2, coda.Requests.Count(request => request.StartsWith("POST", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Rows_are_deleted_by_id_and_never_said_to_be_deleted_before_they_are()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnDoc("DELETE /tables/grid-1/rows", """{"requestId":"r1","rowIds":["i-1","i-2"]}""", 202)
            .OnDoc("DELETE /tables/grid-1/rows/i-3", """{"requestId":"r1","id":"i-3"}""", 202)
            .On("GET /mutationStatus/r1", """{"completed":false}""");
        var rows = (await coda.CallAsync("coda_delete_rows", $$"""{{{Table}},"rowIds":["i-1","i-2"],"waitSeconds":2}""")).Json;
        Assert.Equal("pending", rows.GetProperty("outcome").GetString());
        Assert.Equal("""{"rowIds":["i-1","i-2"]}""", coda.Coda.Received.Single(r => r.Method == "DELETE").Text);
        Assert.Equal(
            "pending",
            (await coda.CallAsync("coda_delete_row", $$"""{{{Table}},"rowIdOrName":"i-3","waitSeconds":2}"""))
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
    public async Task A_button_is_pressed_once_and_only_if_it_is_one()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnApplied("POST /tables/grid-1/rows/i-1/buttons/c-button", """{"requestId":"r1","rowId":"i-1","columnId":"c-button"}""");
        Assert.Equal(
            "applied",
            (await coda.CallAsync("coda_push_button", $$"""{{{Table}},"rowIdOrName":"i-1","columnIdOrName":"Send"}"""))
                .Json.GetProperty("outcome")
                .GetString()
        );
        Assert.Contains(
            "is a checkbox column, not one of buttons",
            (await coda.CallAsync("coda_push_button", $$"""{{{Table}},"rowIdOrName":"i-1","columnIdOrName":"Done"}""")).Error,
            StringComparison.Ordinal
        );
    }

    private static string Rows(int count, string text = "x") =>
        string.Join(',', Enumerable.Range(1, count).Select(n => $$"""{"Task":"{{n}} {{text}}"}"""));

    private static string Sent(CodaGateway coda) => coda.Coda.Received.Single(r => r.Method == "POST").Text;

    [Fact]
    public async Task Two_hundred_relation_names_take_a_request_for_each_five_hundred_rows()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        var rows = string.Join(',', Enumerable.Range(0, 200).Select(n => $$"""{"id":"i-{{n}}","name":"Project {{n}}","values":{} }"""));
        coda.OnDoc("GET /tables/grid-2/rows?valueFormat=simple&limit=500", $$"""{"items":[{{rows}}]}""")
            .OnApplied("POST /tables/grid-1/rows");
        var given = string.Join(',', Enumerable.Range(0, 200).Select(n => $$"""{"Task":"T{{n}}","Project":"project {{n}}"}"""));
        Assert.Equal(
            "applied",
            (await coda.CallAsync("coda_upsert_rows", $$"""{{{Table}},"rows":[{{given}}]}""")).Json.GetProperty("outcome").GetString()
        );
        Assert.Single(coda.Requests, request => request.Contains("/tables/grid-2", StringComparison.Ordinal));
        Assert.Contains(""" "i-199" """.Trim(), coda.Coda.Received.Last(r => r.Method == "POST").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_column_that_was_added_just_now_is_found()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("GET /tables/grid-1/columns", """{"items":[{"id":"c-1","name":"Name"}]}""")
            .OnDoc("GET /tables/grid-1/columns", """{"items":[{"id":"c-1","name":"Name"},{"id":"c-2","name":"Priority"}]}""")
            .OnDoc("GET /tables/grid-1/rows/i-1", """{"id":"i-1","values":{"c-1":"A"}}""")
            .OnApplied("PUT /tables/grid-1/rows/i-1");
        await coda.CallAsync(
            "coda_update_row",
            """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1","rowIdOrName":"i-1","cells":{"Name":"A"}}"""
        );
        Assert.False(
            (
                await coda.CallAsync(
                    "coda_update_row",
                    $$"""{"docId":"AbCDeFGHij","tableIdOrName":"grid-1","rowIdOrName":"i-1","cells":{"Priority":1} }"""
                )
            ).IsError
        );
    }

    [Fact]
    public async Task Rows_of_the_same_name_are_told_apart_by_their_cells()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnDoc("GET /tables/grid-1/rows?query=c-name%3A%22Review%22&valueFormat=simple&limit=5", """{"items":[],"nextPageToken":"t"}""")
            .OnDoc(
                "GET /tables/grid-1/rows?pageToken=t",
                """{"items":[{"id":"i-7","name":"Review","values":{"c-name":"Review","c-due":"2026-11-02"}},{"id":"i-8","name":"Review","values":{"c-name":"Review","c-owner":"Bob"}}]}"""
            );
        Assert.Equal(
            "rowIdOrName='Review' is the name of several rows of 'Tasks': i-7 (2026-11-02), i-8 (Bob). Give the id of one.",
            (await coda.CallAsync("coda_delete_row", $$"""{{{Table}},"rowIdOrName":"Review"}""")).Error
        );
    }

    [Fact]
    public async Task A_row_is_found_by_its_name_in_another_case()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnDoc("GET /tables/grid-1/rows?query=c-name%3A%22call%20ann%22&valueFormat=simple&limit=5", """{"items":[]}""")
            .OnDoc("GET /tables/grid-1/rows?valueFormat=simple&limit=500", """{"items":[{"id":"i-3","name":"Call Ann ","values":{}}]}""")
            .OnApplied("PUT /tables/grid-1/rows/i-3");
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
                """{"type":"apiLink","resource":{"type":"row","id":"i-5","href":"https://coda.io/apis/v1/docs/AbCDeFGHij/tables/grid-1/rows/i-5"}}"""
            )
            .OnApplied("PUT /tables/grid-1/rows/i-5");
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
    public async Task What_coda_did_not_take_is_told()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnApplied("PUT /tables/grid-1/rows/i-1");
        var result = (await coda.CallAsync("coda_update_row", $$"""{{{Table}},"rowIdOrName":"i-1","cells":{"Hours":3} }""")).Json;
        Assert.Equal(
            "Coda shows nothing in 'Hours' although it was written: read the row again.",
            result.GetProperty("warning").GetString()
        );
    }

    [Fact]
    public async Task A_refusal_for_the_rate_is_waited_for_and_the_batch_goes_on()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnDoc("POST /tables/grid-1/rows", """{"requestId":"r1"}""", 202)
            .OnDoc("POST /tables/grid-1/rows", """{"message":"Too Many Requests"}""", 429)
            .OnDoc("POST /tables/grid-1/rows", """{"requestId":"r1"}""", 202)
            .On("GET /mutationStatus/r1", """{"completed":true}""");
        var result = (await coda.CallAsync("coda_upsert_rows", $$"""{{{Table}},"rows":[{{Rows(250)}}]}""")).Json;
        Assert.Equal("""{"outcome":"applied","requestId":"r1"}""", result.GetRawText());
        Assert.Equal(
            [100, 100, 100, 50],
            coda.Coda.Received.Where(r => r.Method == "POST")
                .Select(r => JsonDocument.Parse(r.Body).RootElement.GetProperty("rows").GetArrayLength())
        );
    }

    [Fact]
    public async Task More_rows_than_a_call_has_time_for_are_gone_on_with()
    {
        // One write an hour on the machine's clock: the second has no turn in this call.
        await using var coda = await Tasks.StartWithRowsAsync(("CODA_LIMIT_CONTENT_WRITES", "1/3600"));
        coda.OnApplied("POST /tables/grid-1/rows", """{"requestId":"r1","addedRowIds":["i-1"]}""");
        var before = coda.Time.GetUtcNow();
        var result = (await coda.CallAsync("coda_upsert_rows", $$"""{{{Table}},"rows":[{{Rows(250)}}]}""")).Json;
        Assert.Equal("partial", result.GetProperty("outcome").GetString());
        Assert.Equal(100, result.GetProperty("continueFrom").GetInt32());
        Assert.Equal("""["i-1"]""", result.GetProperty("ids").GetRawText());
        Assert.StartsWith(
            "Rows 1-100 of 250 are accepted, the others not sent yet: call again with the same rows and continueFrom=100.",
            result.GetProperty("note").GetString(),
            StringComparison.Ordinal
        );
        Assert.InRange((coda.Time.GetUtcNow() - before).TotalSeconds, 0, 50);
    }

    [Fact]
    public async Task It_goes_on_where_the_call_before_ended()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnApplied("POST /tables/grid-1/rows", """{"requestId":"r1"}""");
        await coda.CallAsync("coda_upsert_rows", $$"""{{{Table}},"rows":[{{Rows(250)}}],"continueFrom":240}""");
        Assert.StartsWith("""{"rows":[{"cells":[{"column":"c-name","value":"241 x"}]}""", Sent(coda), StringComparison.Ordinal);
        Assert.Contains(
            "continueFrom=250: there are 250 rows, so nothing is left.",
            (await coda.CallAsync("coda_upsert_rows", $$"""{{{Table}},"rows":[{{Rows(250)}}],"continueFrom":250}""")).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_row_without_its_key_is_refused_before_any_is_sent()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        Assert.StartsWith(
            "Nothing was written. Row 2 has no value for the key column c-name",
            (await coda.CallAsync("coda_upsert_rows", $$"""{{{Table}},"rows":[{"Task":"A"},{"Hours":1}],"keyColumns":["Task"]}""")).Error,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(coda.Requests, request => request.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Many_rows_are_changed_by_name_link_or_id()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        var named = string.Join(',', Enumerable.Range(10, 40).Select(n => $$"""{"id":"i-{{n}}","name":"Task {{n}}","values":{} }"""));
        coda.OnDoc("GET /tables/grid-1/rows?valueFormat=simple&limit=500", $$"""{"items":[{{named}}]}""");
        for (var n = 10; n < 50; n++)
        {
            coda.OnApplied($"PUT /tables/grid-1/rows/i-{n}");
        }

        var rows = string.Join(',', Enumerable.Range(10, 40).Select(n => $$"""{"row":"{{(n == 49 ? "i-49" : $"task {n}")}}"}"""));
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
        coda.OnApplied("PUT /tables/grid-1/rows/i-1").OnDoc("PUT /tables/grid-1/rows/i-404", "{}", 404);
        var result = (
            await coda.CallAsync(
                "coda_update_rows",
                $$"""{{{Table}},"rows":[{"row":"i-404","cells":{"Done":true} },{"row":"i-1","cells":{"Done":true} }]}"""
            )
        ).Json;
        Assert.Equal("""["i-1"]""", result.GetProperty("ids").GetRawText());
        Assert.Equal("i-404", result.GetProperty("failed")[0].GetProperty("row").GetString());
        Assert.Contains(
            "is given twice",
            (
                await coda.CallAsync("coda_update_rows", $$"""{{{Table}},"rows":[{"row":"i-1"},{"row":"i-1"}],"cells":{"Done":true} }""")
            ).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Rows_that_coda_did_not_take_are_not_said_to_be_deleted()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnApplied("DELETE /tables/grid-1/rows", """{"requestId":"r1","rowIds":["i-1"]}""");
        var result = (await coda.CallAsync("coda_delete_rows", $$"""{{{Table}},"rowIds":["i-1","i-404"]}""")).Json;
        Assert.Equal("""["i-1"]""", result.GetProperty("ids").GetRawText());
        Assert.Equal("Coda did not take i-404: there may be no such rows.", result.GetProperty("warning").GetString());
    }
}
