namespace Coda.Specs.Rows;

public sealed class RowSearchSpecs
{
    private const string Table = "\"docId\":\"AbCDeFGHij\",\"tableIdOrName\":\"grid-1x\"";

    private const string Rows = """
        {"items":[
          {"id":"i-1x","name":"Call Ann","values":{"c-name":"```Call Ann```","c-done":false,"c-due":"2026-11-23T00:00:00.000-08:00","c-n":3,"c-price":{"@type":"MonetaryAmount","currency":"USD","amount":10.5},"c-status":"Open","c-owner":{"@type":"Person","name":"Bob Miller","email":"bob@example.com"}}},
          {"id":"i-2x","name":"Write report","values":{"c-name":"Write report","c-done":true,"c-due":"2026-11-30T00:00:00.000-08:00","c-n":10,"c-price":{"@type":"MonetaryAmount","currency":"USD","amount":2},"c-status":"Closed","c-owner":""}},
          {"id":"i-3x","name":"Review","values":{"c-name":"Review of ANN's text","c-done":false,"c-due":"","c-n":"","c-status":"Open","c-owner":{"@type":"Person","name":"Ann","email":"ann@example.com"}}}]}
        """;

    [Theory]
    [InlineData(""" "text":"ann" """, "i-1x i-3x")]
    [InlineData(""" "text":"bob miller" """, "i-1x")]
    [InlineData(""" "filters":[{"column":"Due","op":"before","value":"2026-11-30"}] """, "i-1x")]
    [InlineData(""" "filters":[{"column":"Due","op":"after","value":"2026-11-23"}] """, "i-2x")]
    [InlineData(""" "filters":[{"column":"Due","value":"2026-11-23"}] """, "i-1x")]
    [InlineData(""" "filters":[{"column":"Hours","op":"less","value":10}] """, "i-1x")]
    [InlineData(""" "filters":[{"column":"Hours","op":"more","value":"9"}] """, "i-2x")]
    [InlineData(""" "filters":[{"column":"Price","op":"more","value":"$5"}] """, "i-1x")]
    [InlineData(""" "filters":[{"column":"Owner","op":"empty"}] """, "i-2x")]
    [InlineData(""" "filters":[{"column":"Owner","op":"notEmpty"}] """, "i-1x i-3x")]
    [InlineData(""" "filters":[{"column":"Owner","value":"bob miller"}] """, "i-1x")]
    [InlineData(""" "filters":[{"column":"Status","op":"not","value":"open"}] """, "i-2x")]
    [InlineData(""" "filters":[{"column":"Task","op":"contains","value":"RE"}] """, "i-2x i-3x")]
    [InlineData(
        """ "filters":[{"column":"Done","op":"not","value":false},{"column":"Hours","op":"less","value":5}],"match":"any" """,
        "i-1x i-2x"
    )]
    [InlineData(""" "filters":[{"column":"Status","op":"notEmpty"}],"sortBy":"Hours","descending":true """, "i-2x i-1x i-3x")]
    [InlineData(""" "filters":[{"column":"Done","value":[true]}] """, "i-2x")]
    [InlineData(""" "filters":[{"column":"Done","value":[true,"no"]}] """, "i-1x i-2x i-3x")]
    [InlineData(""" "filters":[{"column":"Done","value":[[true]]}] """, "i-2x")]
    [InlineData(""" "filters":[{"column":"Hours","value":[3,"10"]}] """, "i-1x i-2x")]
    [InlineData(""" "filters":[{"column":"Hours","value":{"$gt":5}}] """, "i-2x")]
    [InlineData(""" "filters":[{"column":"Hours","value":"{\"gte\":10}"}] """, "i-2x")]
    [InlineData(""" "filters":[{"column":"Hours","op":">=","value":10}] """, "i-2x")]
    [InlineData(""" "filters":[{"column":"Hours","op":"less than or equal","value":3}] """, "i-1x")]
    [InlineData(""" "filters":[{"column":"Due","op":"on or before","value":"2026-11-23"}] """, "i-1x")]
    [InlineData(""" "filters":[{"column":"Due","value":{"$gte":"2026-11-30"}}] """, "i-2x")]
    [InlineData(""" "filters":[{"column":"Owner","op":"is not empty"}] """, "i-1x i-3x")]
    [InlineData(""" "filters":[{"column":"Owner","op":"empty","value":false}] """, "i-1x i-3x")]
    [InlineData(""" "filters":[{"column":"Owner","value":{"$exists":false}}] """, "i-2x")]
    [InlineData(""" "filters":[{"column":"Owner","value":{"name":"Bob Miller","email":"bob@example.com"}}] """, "i-1x")]
    [InlineData(""" "filters":[{"column":"Owner","value":[{"name":"Bob Miller","email":"bob@example.com"},"Ann"]}] """, "i-1x i-3x")]
    [InlineData(""" "filters":[{"field":"Status","operator":"!=","value":"Open"}] """, "i-2x")]
    [InlineData(""" "sortBy":"Due" """, "i-1x i-2x i-3x")]
    [InlineData(""" "sortBy":"Task" """, "i-1x i-3x i-2x")]
    public async Task Rows_are_found_by_what_is_in_them(string question, string found)
    {
        await using var coda = await StartAsync();
        var result = (await coda.CallAsync("coda_find_rows", $"{{{Table},{question}}}")).Json;
        Assert.Equal(
            found,
            string.Join(' ', result.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("id").GetString()))
        );
        Assert.True(result.GetProperty("complete").GetBoolean());
    }

    [Theory]
    [InlineData(""" "filters":[{"column":"Status"}] """, "The filter on 'Status' has no value: give one, or op=empty")]
    [InlineData(""" "filters":[{"column":"Status","value":"Opened"}] """, "give one of its options: 'Open', 'Closed'.")]
    [InlineData(""" "filters":[{"column":"Due","op":"before","value":"soon"}] """, "The column 'Due' (date) cannot take \"soon\"")]
    [InlineData(""" "filters":[{"column":"Nope","value":"x"}] """, "is not there")]
    [InlineData(""" "filters":[{"column":"Hours","value":{"$gt":5,"$lt":9}}] """, "make each a filter of its own")]
    [InlineData(""" "filters":[{"column":"Hours","op":"not","value":{"$gt":5}}] """, "make each a filter of its own")]
    [InlineData(""" "filters":[{"column":"Hours","op":"between","value":[1,5]}] """, "\"between\" is not one of equals, not, contains")]
    [InlineData(""" "filters":[{"column":"Hours","value":">5"}] """, "has its operator in the value: give op=more, and the value alone")]
    [InlineData(""" "filters":[{"column":"Due","value":"not empty"}] """, "has its operator in the value: give op=notEmpty")]
    [InlineData(""" "filters":[{"column":"Owner","op":"empty","value":"Bob"}] """, "has op=empty and a value: leave one of them out")]
    [InlineData(""" "filters":[{"column":"Due","value":{"year":2026,"month":11}}] """, "The column 'Due' (date) cannot take {")]
    [InlineData(""" "filters":[{"column":"Due","value":1795392000000}] """, "The column 'Due' (date) cannot take 1795392000000")]
    [InlineData(""" "filters":[{"column":"Task","value":{"text":"x"}}] """, "The column 'Task' (text) cannot take {")]
    [InlineData(""" "filters":[{"column":"Done","value":[[true,false]]}] """, "filters[0].value[0]: expected a string or a number")]
    [InlineData(""" "sortBy":"Hours","pageToken":"x" """, "pageToken cannot be used with sortBy")]
    public async Task A_question_that_cannot_be_meant_is_refused(string question, string told)
    {
        await using var coda = await StartAsync();
        Assert.Contains(told, (await coda.CallAsync("coda_find_rows", $"{{{Table},{question}}}")).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("coda_find_rows", "not empty", "notEmpty")]
    [InlineData("coda_find_rows", "> 5", "more")]
    [InlineData("coda_list_rows", "is empty", "empty")]
    public async Task An_operator_that_is_looked_for_as_a_text_is_told(string tool, string value, string op)
    {
        await using var coda = await StartAsync();
        var filters = $$"""[{"column":"Task","value":"{{value}}"},{"column":"Owner","op":"notEmpty"}]""";
        coda.OnDoc(
            $"GET /tables/grid-1x/rows?query=c-name%3A%22{Uri.EscapeDataString(value)}%22&valueFormat=rich&limit=200",
            """{"items":[]}"""
        );
        Assert.Equal(
            $"No cell is the text \"{value}\": an operator goes into op={op}.",
            (await coda.CallAsync(tool, $$"""{{{Table}},"filters":{{filters}} }""")).Json.GetProperty("note").GetString()
        );
    }

    [Fact]
    public async Task A_text_that_no_cell_is_exactly_may_be_a_part_of_one_or_in_another_case()
    {
        await using var coda = await StartAsync();
        coda.OnDoc("GET /tables/grid-1x/rows?query=c-name%3A%22pay%20rent%22&valueFormat=rich", """{"items":[]}""");
        Assert.Equal(
            "No cell is exactly the text \"pay rent\": op=contains finds it in other cases and within longer texts.",
            (await coda.CallAsync("coda_list_rows", $$"""{{{Table}},"filters":[{"column":"Task","value":"pay rent"}]}"""))
                .Json.GetProperty("note")
                .GetString()
        );
    }

    [Theory]
    [InlineData(
        """ "sums":["Hours","Due"],"limit":0 """,
        "sums: the column 'Due' has cells that cannot be added, such as '2026-11-23T00:00:00.000-08:00'"
    )]
    [InlineData(""" "groupBy":"Status","sums":["Task"] """, "sums: the column 'Task' has cells that cannot be added, such as 'Call Ann'")]
    [InlineData(""" "descending":true """, "descending is for sortBy: give the column to sort by as well")]
    public async Task What_cannot_be_added_or_sorted_is_said(string question, string told)
    {
        await using var coda = await StartAsync();
        Assert.StartsWith(told, (await coda.CallAsync("coda_find_rows", $"{{{Table},{question}}}")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counts_and_sums_come_by_group()
    {
        await using var coda = await StartAsync();
        var result = (
            await coda.CallAsync("coda_find_rows", $$"""{{{Table}},"groupBy":"Status","sums":["Hours","Price"],"limit":0}""")
        ).Json;
        Assert.Equal(
            """{"items":[],"count":3,"complete":true,"groups":[{"value":"Open","count":2,"sums":{"Hours":3,"Price":10.5}},{"value":"Closed","count":1,"sums":{"Hours":10,"Price":2}}],"sums":{"Hours":13,"Price":12.5}}""",
            result.GetRawText()
        );
    }

    [Fact]
    public async Task Every_table_is_searched_and_gone_on_with()
    {
        await using var coda = await StartAsync();
        coda.OnDoc(
                "GET /tables?limit=100",
                """{"items":[{"id":"grid-1x","name":"Tasks","tableType":"table"},{"id":"table-7x","name":"View","tableType":"view"},{"id":"grid-2x","name":"Projects","tableType":"table"}]}"""
            )
            .OnDoc("GET /tables/grid-2x/columns", """{"items":[{"id":"c-title","name":"Title"}]}""")
            .OnDoc("GET /tables/grid-2x/rows", """{"items":[{"id":"i-9x","name":"Annual plan","values":{"c-title":"Annual plan"}}]}""");
        var first = (await coda.CallAsync("coda_find_rows", """{"docId":"AbCDeFGHij","text":"ann","limit":2}""")).Json;
        Assert.False(first.GetProperty("complete").GetBoolean());
        var token = first.GetProperty("nextPageToken").GetString();
        var second = (
            await coda.CallAsync("coda_find_rows", $$"""{"docId":"AbCDeFGHij","text":"ann","limit":2,"pageToken":"{{token}}"}""")
        ).Json;
        Assert.Equal(
            """[{"id":"i-9x","cells":{"Title":"Annual plan"},"name":"Annual plan","table":{"id":"grid-2x","name":"Projects"}}]""",
            second.GetProperty("items").GetRawText()
        );
        Assert.Contains(
            "pageToken belongs to another question",
            (await coda.CallAsync("coda_find_rows", $$"""{"docId":"AbCDeFGHij","text":"bob","pageToken":"{{token}}"}""")).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_search_that_is_longer_than_a_call_says_where_to_go_on()
    {
        await using var coda = await StartAsync();
        coda.Coda.OnReceived = request =>
        {
            if (request.Target.Contains("/rows", StringComparison.Ordinal))
            {
                coda.Time.Advance(TimeSpan.FromSeconds(39));
            }
        };
        coda.OnDoc("GET /tables/grid-9x/columns", """{"items":[{"id":"c-1","name":"A"}]}""")
            .OnDoc("GET /tables/grid-9x/rows", """{"items":[{"id":"i-1x","values":{"c-1":"x"}}],"nextPageToken":"t2"}""");
        var result = (await coda.CallAsync("coda_find_rows", """{"docId":"AbCDeFGHij","tableIdOrName":"grid-9x","text":"x"}""")).Json;
        Assert.False(result.GetProperty("complete").GetBoolean());
        Assert.EndsWith(".0.0.t2", result.GetProperty("nextPageToken").GetString(), StringComparison.Ordinal);
    }

    private static async Task<CodaGateway> StartAsync() =>
        (await Tasks.StartAsync())
            .OnDoc("GET /tables/grid-1x/rows", Rows)
            // What Coda itself checks.
            .OnDoc("GET /tables/grid-1x/rows?query=c-status%3A%22Open%22&valueFormat=rich&limit=200", """{"items":[]}""");

    [Fact]
    public async Task A_filter_on_a_column_that_no_table_has_is_refused()
    {
        await using var coda = await CodaGateway.StartAsync();
        coda.OnDoc("GET /tables", """{"items":[{"id":"grid-1x","name":"Tasks"},{"id":"grid-2x","name":"Projects"}]}""")
            .OnDoc("GET /tables/grid-1x/columns", """{"items":[{"id":"c-1","name":"Task"}]}""")
            .OnDoc("GET /tables/grid-2x/columns", """{"items":[{"id":"c-1","name":"Name"}]}""");
        Assert.StartsWith(
            "filters: no table of the doc has 'Stauts'.",
            (await coda.CallAsync("coda_find_rows", """{"docId":"AbCDeFGHij","filters":[{"column":"Stauts","value":"Open"}]}""")).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_column_that_is_named_twice_is_added_up_once()
    {
        await using var coda = await StartAsync();
        Assert.Equal(
            """{"Hours":13}""",
            (await coda.CallAsync("coda_find_rows", $$"""{{{Table}},"sums":["Hours","hours"],"limit":0}"""))
                .Json.GetProperty("sums")
                .GetRawText()
        );
    }
}
