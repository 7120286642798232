namespace Coda.Specs.Rows;

/// <summary>Tables, columns, formulas and controls.</summary>
public sealed class TableSpecs
{
    private const string List = """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1x"}""";

    [Fact]
    public async Task Columns_are_looked_up_once_a_minute_and_beyond_a_hundred()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("GET /tables/grid-1x/columns?limit=100", """{"items":[{"id":"c-1","name":"A"}],"nextPageToken":"t"}""")
            .OnDoc("GET /tables/grid-1x/columns?pageToken=t", """{"items":[{"id":"c-2","name":"B"}]}""")
            .OnDoc("GET /tables/grid-1x/rows", """{"items":[{"id":"i-1x","values":{"c-1":1,"c-2":2}}]}""");
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
            "GET /tables/grid-1x/columns/c-status",
            """{"id":"c-status","type":"column","name":"Status","format":{"type":"select","isArray":false,"options":[{"name":"Open","backgroundColor":"red"}],"extra":7},"parent":{"id":"grid-1x"}}"""
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
            "grid-1x",
            (await coda.CallAsync("coda_get_table", """{"docId":"AbCDeFGHij","tableIdOrName":"tasks"}"""))
                .Json.GetProperty("id")
                .GetString()
        );
        Assert.True(
            (await coda.CallAsync("coda_list_columns", """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1x","visibleOnly":true}"""))
                .Json.GetProperty("complete")
                .GetBoolean()
        );
        Assert.EndsWith("/columns?visibleOnly=true", coda.Requests[^1], StringComparison.Ordinal);
        Assert.Equal(
            """{"id":"c-status","name":"Status","format":{"type":"select","isArray":false,"options":[{"name":"Open"}],"extra":7}}""",
            (
                await coda.CallAsync("coda_get_column", """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1x","columnIdOrName":"status"}""")
            ).Json.GetRawText()
        );
    }

    [Fact]
    public async Task Formulas_and_controls_are_read_by_name()
    {
        await using var coda = await CodaGateway.StartAsync(("CODA_TOOLSETS", "formulas"));
        coda.OnDoc("GET /formulas", """{"items":[{"id":"f-1x","type":"formula","href":"h","name":"Sum"}]}""")
            .OnDoc("GET /formulas/f-1x", """{"id":"f-1x","name":"Sum","value":[1,"a"]}""")
            .OnDoc("GET /controls", """{"items":[{"id":"ctrl-1x","name":"Slide"}]}""")
            .OnDoc("GET /controls/ctrl-1x", """{"id":"ctrl-1x","name":"Slide","controlType":"newKind","value":3}""");
        Assert.Equal(
            """[1,"a"]""",
            (await coda.CallAsync("coda_get_formula", """{"docId":"AbCDeFGHij","formulaIdOrName":"Sum"}"""))
                .Json.GetProperty("value")
                .GetRawText()
        );
        Assert.Equal(
            "newKind",
            (await coda.CallAsync("coda_get_control", """{"docId":"AbCDeFGHij","controlIdOrName":"ctrl-1x"}"""))
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

    [Fact]
    public async Task A_column_that_comes_with_two_pages_of_a_list_is_one()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("GET /tables/grid-1x/columns", """{"items":[{"id":"c-1","name":"Task"}],"nextPageToken":"t"}""")
            .OnDoc("GET /tables/grid-1x/columns?pageToken=t", """{"items":[{"id":"c-1","name":"Task"},{"id":"c-2","name":"Due"}]}""")
            .OnDoc("GET /tables/grid-1x/rows/i-1x", """{"id":"i-1x","name":"A","values":{"c-1":"A","c-2":"B"}}""");
        Assert.Equal(
            """{"Task":"A","Due":"B"}""",
            (await coda.CallAsync("coda_get_row", """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1x","rowIdOrName":"i-1x"}"""))
                .Json.GetProperty("cells")
                .GetRawText()
        );
    }
}
