using Coda.Specs.Rows;

namespace Coda.Specs;

public sealed class RowSpecs
{
    private const string List = """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1"}""";

    [Fact]
    public async Task Rows_come_as_plain_cells_by_column_name()
    {
        await using var coda = await Tasks.StartAsync();
        coda.OnDoc(
            "GET /tables/grid-1/rows",
            """
            {"items":[{"id":"i-1","type":"row","href":"h","name":"Call","index":1,"browserLink":"b","createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-02T00:00:00Z","values":{
              "c-name":"```Call```","c-done":true,"c-due":"2026-01-03","c-n":3.5,
              "c-owner":{"@context":"http://schema.org/","@type":"Person","name":"Ann","email":"ann@example.com"},
              "c-project":[{"@context":"http://schema.org/","@type":"StructuredValue","additionalType":"row","name":"Alpha","rowId":"i-9","tableId":"grid-2","url":"u","tableUrl":"t"}],
              "c-price":{"@type":"MonetaryAmount","currency":"USD","amount":12.5},
              "c-link":{"@type":"WebPage","url":"https://x","name":"X"},
              "c-img":[{"@type":"ImageObject","name":"p.png","url":"https://i","width":1,"height":2,"status":"live"}],
              "c-dup1":"a","c-dup2":"b","c-new":{"@type":"Novelty","x":1}}}]}
            """
        );
        var row = (await coda.CallAsync("coda_list_rows", List)).Json.GetProperty("items")[0];
        Assert.Equal("i-1", row.GetProperty("id").GetString());
        Assert.Equal(
            """{"Task":"Call","Done":true,"Due":"2026-01-03","Hours":3.5,"Owner":{"name":"Ann","email":"ann@example.com"},"Project":[{"rowId":"i-9","name":"Alpha"}],"Price":{"currency":"USD","amount":12.5},"Link":{"url":"https://x","name":"X"},"Picture":[{"name":"p.png","url":"https://i","status":"live"}],"Twin (c-dup1)":"a","Twin (c-dup2)":"b","c-new":{"x":1}}""",
            row.GetProperty("cells").GetRawText()
        );
        Assert.Equal("GET /docs/AbCDeFGHij/tables/grid-1/rows?valueFormat=rich", coda.Requests[^1]);
    }

    [Fact]
    public async Task The_first_filter_goes_to_coda_and_the_others_are_ours()
    {
        await using var coda = await Tasks.StartAsync();
        coda.OnDoc(
            "GET /tables/grid-1/rows",
            """
            {"items":[{"id":"i-1","values":{"c-name":"A","c-done":true,"c-project":[{"@type":"StructuredValue","name":"Alpha","rowId":"i-9"}]}},
                      {"id":"i-2","values":{"c-name":"B","c-done":false,"c-project":[{"@type":"StructuredValue","name":"Alpha","rowId":"i-9"}]}},
                      {"id":"i-3","values":{"c-name":"C","c-done":true,"c-project":[]}}]}
            """
        );
        var list = (
            await coda.CallAsync(
                "coda_list_rows",
                """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1","filters":[{"column":"Task","value":"Open \"x\""},{"column":"done","value":true},{"column":"Project","value":"Alpha"}],"columns":["Task"],"limit":3}"""
            )
        ).Json;
        Assert.Equal("""[{"id":"i-1","cells":{"Task":"A"}}]""", list.GetProperty("items").GetRawText());
        Assert.Equal(
            "GET /docs/AbCDeFGHij/tables/grid-1/rows?query=c-name%3A%22Open%20%5C%22x%5C%22%22&valueFormat=rich&limit=200",
            coda.Requests.First(request => request.Contains("/rows", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task All_pages_are_fetched_when_asked_for()
    {
        await using var coda = await Tasks.StartAsync();
        coda.OnDoc("GET /tables/grid-1/rows?valueFormat=rich&limit=200", """{"items":[{"id":"i-1","values":{}}],"nextPageToken":"t1"}""")
            .OnDoc("GET /tables/grid-1/rows?pageToken=t1", """{"items":[],"nextPageToken":"t2"}""")
            .OnDoc("GET /tables/grid-1/rows?pageToken=t2", """{"items":[{"id":"i-2","values":{}}]}""");
        var list = (await coda.CallAsync("coda_list_rows", """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1","fetchAll":true}""")).Json;
        Assert.Equal(2, list.GetProperty("items").GetArrayLength());
        Assert.True(list.GetProperty("complete").GetBoolean());
    }

    [Fact]
    public async Task All_pages_are_fetched_up_to_a_bound_and_the_token_goes_on()
    {
        await using var coda = await Tasks.StartAsync();
        coda.OnDoc(
            "GET /tables/grid-1/rows",
            $$"""{"items":[{"id":"i-1","values":{"c-name":"{{new string('x', 600_000)}}"} }],"nextPageToken":"t1"}"""
        );
        var list = (await coda.CallAsync("coda_list_rows", """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1","fetchAll":true}""")).Json;
        Assert.Equal(2, list.GetProperty("items").GetArrayLength());
        Assert.Equal("t1", list.GetProperty("nextPageToken").GetString());
        Assert.False(list.GetProperty("complete").GetBoolean());
    }

    [Fact]
    public async Task A_page_past_the_end_is_empty_and_complete()
    {
        await using var coda = await Tasks.StartAsync();
        coda.OnDoc("GET /tables/grid-1/rows?pageToken=past", """{"items":[]}""");
        var list = (await coda.CallAsync("coda_list_rows", """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1","pageToken":"past"}""")).Json;
        Assert.Equal("""{"items":[],"complete":true}""", list.GetRawText());
    }

    [Fact]
    public async Task A_doc_too_large_for_the_page_is_asked_for_half_as_much()
    {
        await using var coda = await Tasks.StartAsync();
        coda.OnDoc("GET /tables/grid-1/rows?valueFormat=rich&limit=100", "{}", 504)
            .OnDoc("GET /tables/grid-1/rows?valueFormat=rich&limit=50", """{"items":[{"id":"i-1","values":{}}],"nextPageToken":"t"}""")
            .OnDoc("GET /tables/grid-1/rows?pageToken=t", "{}", 504);
        Assert.Equal(
            1,
            (await coda.CallAsync("coda_list_rows", """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1","limit":100}"""))
                .Json.GetProperty("items")
                .GetArrayLength()
        );
        Assert.Contains(
            "start over without pageToken and with a smaller limit",
            (await coda.CallAsync("coda_list_rows", """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1","pageToken":"t"}""")).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_latest_is_required_by_a_header_and_its_refusal_explained()
    {
        await using var coda = await Tasks.StartAsync();
        coda.OnDoc(
            "GET /tables/grid-1/rows",
            """{"statusCode":400,"statusMessage":"Bad Request","message":"Doc is not yet up to date."}""",
            400
        );
        var error = (
            await coda.CallAsync("coda_list_rows", """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1","requireLatest":true}""")
        ).Error;
        Assert.Equal(
            "Coda returned 400: Doc is not yet up to date. Coda's snapshot is behind the doc: call again in some seconds, or without requireLatest.",
            error
        );
        Assert.Equal("latest", coda.Coda.Received[^1].Headers["X-Coda-Doc-Version"]);
    }

    [Theory]
    [InlineData("""  "sortBy":"-Created" """, "is not one of createdAt, updatedAt, natural")]
    [InlineData("""  "sortBy":"natural","visibleOnly":false """, "leave visibleOnly out")]
    [InlineData("""  "valueFormat":"pretty" """, "is not one of rich, simple, simpleWithArrays")]
    [InlineData("""  "columns":["Nope"] """, "columns='Nope' is not there. There are: 'Task' (c-name)")]
    [InlineData("""  "columns":["Twin"] """, "columns='Twin' is the name of 2")]
    public async Task What_coda_would_refuse_or_confuse_is_refused_with_the_remedy(string more, string told)
    {
        await using var coda = await Tasks.StartAsync();
        Assert.Contains(
            told,
            (await coda.CallAsync("coda_list_rows", $$"""{"docId":"AbCDeFGHij","tableIdOrName":"grid-1",{{more}}}""")).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_row_is_found_by_name_unless_several_have_it()
    {
        await using var coda = await Tasks.StartAsync();
        coda.OnDoc(
                "GET /tables/grid-1/rows?query=c-name%3A%22Call%22&valueFormat=simple&limit=5",
                """{"items":[{"id":"i-1","values":{}}]}"""
            )
            .OnDoc(
                "GET /tables/grid-1/rows?query=c-name%3A%22Twin%22&valueFormat=simple&limit=5",
                """{"items":[{"id":"i-1","values":{}},{"id":"i-2","values":{}}]}"""
            )
            .OnDoc("GET /tables/grid-1/rows/i-1", """{"id":"i-1","name":"Call","values":{"c-name":"Call"}}""");
        Assert.Equal(
            "Call",
            (await coda.CallAsync("coda_get_row", """{"docId":"AbCDeFGHij","tableIdOrName":"Tasks","rowIdOrName":"Call"}"""))
                .Json.GetProperty("name")
                .GetString()
        );
        Assert.Equal(
            "rowIdOrName='Twin' is the name of several rows of 'Tasks': i-1, i-2. Give the id of one.",
            (await coda.CallAsync("coda_delete_row", """{"docId":"AbCDeFGHij","tableIdOrName":"Tasks","rowIdOrName":"Twin"}""")).Error
        );
    }

    [Fact]
    public async Task Columns_are_looked_up_once_a_minute_and_beyond_a_hundred()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("GET /tables/grid-1/columns?limit=100", """{"items":[{"id":"c-1","name":"A"}],"nextPageToken":"t"}""")
            .OnDoc("GET /tables/grid-1/columns?pageToken=t", """{"items":[{"id":"c-2","name":"B"}]}""")
            .OnDoc("GET /tables/grid-1/rows", """{"items":[{"id":"i-1","values":{"c-1":1,"c-2":2}}]}""");
        Assert.Equal(
            """{"A":1,"B":2}""",
            (await coda.CallAsync("coda_list_rows", List)).Json.GetProperty("items")[0].GetProperty("cells").GetRawText()
        );
        await coda.CallAsync("coda_list_rows", List);
        Assert.Equal(2, coda.Requests.Count(request => request.Contains("/columns", StringComparison.Ordinal)));
        coda.Time.Advance(TimeSpan.FromSeconds(61));
        await coda.CallAsync("coda_list_rows", List);
        Assert.Equal(4, coda.Requests.Count(request => request.Contains("/columns", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Tables_and_columns_are_listed_with_what_they_hold()
    {
        await using var coda = await Tasks.StartAsync(("CODA_TOOLSETS", "all"));
        coda.OnDoc(
            "GET /tables/grid-1/columns/c-status",
            """{"id":"c-status","type":"column","name":"Status","format":{"type":"select","isArray":false,"options":[{"name":"Open","backgroundColor":"red"}],"extra":7},"parent":{"id":"grid-1"}}"""
        );
        Assert.Equal(
            "Tasks",
            (await coda.CallAsync("coda_list_tables", """{"docId":"AbCDeFGHij","tableTypes":"table","sortBy":"name"}"""))
                .Json.GetProperty("items")[0]
                .GetProperty("name")
                .GetString()
        );
        Assert.Equal("GET /docs/AbCDeFGHij/tables?sortBy=name&tableTypes=table", coda.Requests[^1]);
        Assert.Equal(
            "grid-1",
            (await coda.CallAsync("coda_get_table", """{"docId":"AbCDeFGHij","tableIdOrName":"tasks"}"""))
                .Json.GetProperty("id")
                .GetString()
        );
        Assert.True(
            (await coda.CallAsync("coda_list_columns", """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1","visibleOnly":true}"""))
                .Json.GetProperty("complete")
                .GetBoolean()
        );
        Assert.EndsWith("/columns?visibleOnly=true", coda.Requests[^1], StringComparison.Ordinal);
        Assert.Equal(
            """{"id":"c-status","name":"Status","format":{"type":"select","isArray":false,"options":[{"name":"Open"}],"extra":7}}""",
            (
                await coda.CallAsync("coda_get_column", """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1","columnIdOrName":"status"}""")
            ).Json.GetRawText()
        );
    }

    [Fact]
    public async Task Formulas_and_controls_are_read_by_name()
    {
        await using var coda = await CodaGateway.StartAsync(("CODA_TOOLSETS", "formulas"));
        coda.OnDoc("GET /formulas", """{"items":[{"id":"f-1","type":"formula","href":"h","name":"Sum"}]}""")
            .OnDoc("GET /formulas/f-1", """{"id":"f-1","name":"Sum","value":[1,"a"]}""")
            .OnDoc("GET /controls", """{"items":[{"id":"ctrl-1","name":"Slide"}]}""")
            .OnDoc("GET /controls/ctrl-1", """{"id":"ctrl-1","name":"Slide","controlType":"newKind","value":3}""");
        Assert.Equal(
            """[1,"a"]""",
            (await coda.CallAsync("coda_get_formula", """{"docId":"AbCDeFGHij","formulaIdOrName":"Sum"}"""))
                .Json.GetProperty("value")
                .GetRawText()
        );
        Assert.Equal(
            "newKind",
            (await coda.CallAsync("coda_get_control", """{"docId":"AbCDeFGHij","controlIdOrName":"ctrl-1"}"""))
                .Json.GetProperty("controlType")
                .GetString()
        );
        Assert.Equal(
            1,
            (await coda.CallAsync("coda_list_formulas", """{"docId":"AbCDeFGHij"}""")).Json.GetProperty("items").GetArrayLength()
        );
        Assert.Equal(
            1,
            (await coda.CallAsync("coda_list_controls", """{"docId":"AbCDeFGHij","sortBy":"name"}"""))
                .Json.GetProperty("items")
                .GetArrayLength()
        );
    }

    [Theory]
    [InlineData("""{"column":"Due","value":"2026-11-23"}""", "i-1")]
    [InlineData("""{"column":"Status","value":"open"}""", "i-1")]
    [InlineData("""{"column":"Owner","value":"BOB@example.com"}""", "i-1")]
    [InlineData("""{"column":"Owner","value":"bob"}""", "i-1")]
    [InlineData("""{"column":"Done","value":"no"}""", "i-1")]
    [InlineData("""{"column":"Price","value":"$1,250.00"}""", "i-1")]
    [InlineData("""{"column":"Status","value":["Open","Blocked"]}""", null)]
    [InlineData("""{"column":"Status","value":["Open","Closed"]}""", "i-1 i-2")]
    [InlineData("""{"column":"Status","value":"[\"Open\",\"Closed\"]"}""", "i-1 i-2")]
    [InlineData("""{"column":"Price","value":"1250"}""", "i-1")]
    [InlineData("""{"column":"Price","value":1250}""", "i-1")]
    [InlineData("""{"column":"Done","value":true}""", "i-2")]
    [InlineData("""{"column":"Owner","value":""}""", "i-2")]
    [InlineData("""{"column":"Project","value":"ALPHA"}""", "i-1")]
    [InlineData("""{"column":"Due","value":"November"}""", null)]
    [InlineData("""{"column":"Hours","value":"many"}""", null)]
    public async Task A_filter_is_brought_into_the_form_of_its_column_or_refused(string filter, string? found)
    {
        await using var coda = await Tasks.StartAsync();
        coda.OnDoc(
            "GET /tables/grid-1/rows",
            """
            {"items":[{"id":"i-1","values":{"c-name":"A","c-due":"2026-11-23T00:00:00.000-08:00","c-status":"Open","c-done":false,"c-price":{"@type":"MonetaryAmount","currency":"USD","amount":1250},
              "c-owner":{"@type":"Person","name":"Bob","email":"bob@example.com"},"c-project":[{"@type":"StructuredValue","name":"Alpha","rowId":"i-9"}]}},
              {"id":"i-2","values":{"c-name":"A","c-due":"2026-11-24T00:00:00.000-08:00","c-status":"Closed","c-done":true,"c-price":{"@type":"MonetaryAmount","currency":"USD","amount":1},"c-owner":"","c-project":[]}}]}
            """
        );
        // Behind one that Coda checks, so that every other is checked here.
        var reply = await coda.CallAsync(
            "coda_list_rows",
            $$"""{"docId":"AbCDeFGHij","tableIdOrName":"grid-1","filters":[{"column":"Task","value":"A"},{{filter}}]}"""
        );
        if (found is null)
        {
            Assert.Contains("cannot take", reply.Error, StringComparison.Ordinal);
            return;
        }

        Assert.Equal(
            found,
            string.Join(' ', reply.Json.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("id").GetString()))
        );
        Assert.True(reply.Json.GetProperty("complete").GetBoolean());
    }

    [Fact]
    public async Task The_order_of_filters_does_not_matter()
    {
        await using var coda = await Tasks.StartAsync();
        coda.OnDoc(
            "GET /tables/grid-1/rows?query=c-status%3A%22Open%22&valueFormat=rich&limit=200",
            """{"items":[{"id":"i-1","values":{"c-owner":{"@type":"Person","name":"Bob","email":"bob@example.com"}}}]}"""
        );
        const string Status = """{"column":"Status","value":"Open"}""";
        const string Owner = """{"column":"Owner","value":"bob@example.com"}""";
        foreach (var filters in (string[])[$"{Status},{Owner}", $"{Owner},{Status}"])
        {
            var list = (
                await coda.CallAsync("coda_list_rows", $$"""{"docId":"AbCDeFGHij","tableIdOrName":"grid-1","filters":[{{filters}}]}""")
            ).Json;
            Assert.Equal(1, list.GetProperty("items").GetArrayLength());
        }
    }

    [Fact]
    public async Task Filters_of_ours_read_on_and_a_token_goes_on_in_the_middle_of_a_page()
    {
        await using var coda = await Tasks.StartAsync();
        const string Bob = """{"@type":"Person","name":"Bob","email":"bob@example.com"}""";
        coda.OnDoc("GET /tables/grid-1/rows?valueFormat=rich&limit=200", """{"items":[{"id":"i-0","values":{} }],"nextPageToken":"t1"}""")
            .OnDoc(
                "GET /tables/grid-1/rows?pageToken=t1",
                $$"""{"items":[{"id":"i-1","values":{"c-owner":{{Bob}} } },{"id":"i-2","values":{"c-owner":{{Bob}} } },{"id":"i-3","values":{"c-owner":{{Bob}} } }]}"""
            );
        const string Ask = """ "docId":"AbCDeFGHij","tableIdOrName":"grid-1","limit":2,"filters":[{"column":"Owner","value":"Bob"}] """;
        var first = (await coda.CallAsync("coda_list_rows", $$"""{{{Ask}}}""")).Json;
        Assert.Equal(2, first.GetProperty("items").GetArrayLength());
        var token = first.GetProperty("nextPageToken").GetString();
        var second = (await coda.CallAsync("coda_list_rows", $$"""{{{Ask}},"pageToken":"{{token}}"}""")).Json;
        Assert.Equal("i-3", second.GetProperty("items")[0].GetProperty("id").GetString());
        Assert.True(second.GetProperty("complete").GetBoolean());

        var other = await coda.CallAsync(
            "coda_list_rows",
            $$"""{"docId":"AbCDeFGHij","tableIdOrName":"grid-1","filters":[{"column":"Owner","value":"Ann"}],"pageToken":"{{token}}"}"""
        );
        Assert.Contains("pageToken belongs to other filters", other.Error, StringComparison.Ordinal);
    }
}
