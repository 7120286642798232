namespace Coda.Specs.Rows;

public sealed class RowSpecs
{
    private const string List = """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1x"}""";

    [Fact]
    public async Task Rows_come_as_plain_cells_by_column_name()
    {
        await using var coda = await Tasks.StartAsync();
        coda.OnDoc(
            "GET /tables/grid-1x/rows",
            """
            {"items":[{"id":"i-1x","type":"row","href":"h","name":"Call","index":1,"browserLink":"b","createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-02T00:00:00Z","values":{
              "c-name":"```Call```","c-done":true,"c-due":"2026-01-03","c-n":3.5,
              "c-owner":{"@context":"http://schema.org/","@type":"Person","name":"Ann","email":"ann@example.com"},
              "c-project":[{"@context":"http://schema.org/","@type":"StructuredValue","additionalType":"row","name":"Alpha","rowId":"i-9x","tableId":"grid-2x","url":"u","tableUrl":"t"}],
              "c-price":{"@type":"MonetaryAmount","currency":"USD","amount":12.5},
              "c-link":{"@type":"WebPage","url":"https://x","name":"X"},
              "c-img":[{"@type":"ImageObject","name":"p.png","url":"https://i","width":1,"height":2,"status":"live"}],
              "c-dup1":"a","c-dup2":"b","c-new":{"@type":"Novelty","x":1}}}]}
            """
        );
        var row = (await coda.CallAsync("coda_list_rows", List)).Json.GetProperty("items")[0];
        Assert.Equal("i-1x", row.GetProperty("id").GetString());
        Assert.Equal(
            """{"Task":"Call","Done":true,"Due":"2026-01-03","Hours":3.5,"Owner":{"name":"Ann","email":"ann@example.com"},"Project":[{"rowId":"i-9x","name":"Alpha"}],"Price":{"currency":"USD","amount":12.5},"Link":{"url":"https://x","name":"X"},"Picture":[{"name":"p.png","url":"https://i","status":"live"}],"Twin (c-dup1)":"a","Twin (c-dup2)":"b","c-new":{"x":1}}""",
            row.GetProperty("cells").GetRawText()
        );
        Assert.Equal("GET /docs/AbCDeFGHij/tables/grid-1x/rows?valueFormat=rich", coda.Requests[^1]);
    }

    [Fact]
    public async Task All_pages_are_fetched_when_asked_for()
    {
        await using var coda = await Tasks.StartAsync();
        coda.OnDoc("GET /tables/grid-1x/rows?valueFormat=rich&limit=200", """{"items":[{"id":"i-1x","values":{}}],"nextPageToken":"t1"}""")
            .OnDoc("GET /tables/grid-1x/rows?pageToken=t1", """{"items":[],"nextPageToken":"t2"}""")
            .OnDoc("GET /tables/grid-1x/rows?pageToken=t2", """{"items":[{"id":"i-2x","values":{}}]}""");
        var list = (await coda.CallAsync("coda_list_rows", """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1x","fetchAll":true}""")).Json;
        Assert.Equal(2, list.GetProperty("items").GetArrayLength());
        Assert.True(list.GetProperty("complete").GetBoolean());
    }

    [Fact]
    public async Task All_pages_are_fetched_up_to_a_bound_and_the_token_goes_on()
    {
        await using var coda = await Tasks.StartAsync();
        for (var page = 1; page <= 3; page++)
        {
            coda.OnDoc(
                "GET /tables/grid-1x/rows",
                $$"""{"items":[{"id":"i-{{page}}","values":{"c-name":"{{new string('x', 600_000)}}"} }],"nextPageToken":"t{{page}}"}"""
            );
        }

        var list = (await coda.CallAsync("coda_list_rows", """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1x","fetchAll":true}""")).Json;
        Assert.Equal(2, list.GetProperty("items").GetArrayLength());
        Assert.Equal("t2", list.GetProperty("nextPageToken").GetString());
        Assert.False(list.GetProperty("complete").GetBoolean());
    }

    [Fact]
    public async Task A_page_past_the_end_is_empty_and_complete()
    {
        await using var coda = await Tasks.StartAsync();
        coda.OnDoc("GET /tables/grid-1x/rows?pageToken=past", """{"items":[]}""");
        var list = (await coda.CallAsync("coda_list_rows", """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1x","pageToken":"past"}""")).Json;
        Assert.Equal("""{"items":[],"complete":true}""", list.GetRawText());
    }

    [Fact]
    public async Task A_doc_too_large_for_the_page_is_asked_for_half_as_much()
    {
        await using var coda = await Tasks.StartAsync();
        coda.OnDoc("GET /tables/grid-1x/rows?valueFormat=rich&limit=100", "{}", 504)
            .OnDoc("GET /tables/grid-1x/rows?valueFormat=rich&limit=50", """{"items":[{"id":"i-1x","values":{}}],"nextPageToken":"t"}""")
            .OnDoc("GET /tables/grid-1x/rows?pageToken=t", "{}", 504);
        Assert.Equal(
            1,
            (await coda.CallAsync("coda_list_rows", """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1x","limit":100}"""))
                .Json.GetProperty("items")
                .GetArrayLength()
        );
        Assert.Contains(
            "start over without pageToken and with a smaller limit",
            (await coda.CallAsync("coda_list_rows", """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1x","pageToken":"t"}""")).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_latest_is_required_by_a_header_and_its_refusal_explained()
    {
        await using var coda = await Tasks.StartAsync();
        coda.OnDoc(
            "GET /tables/grid-1x/rows",
            """{"statusCode":400,"statusMessage":"Bad Request","message":"Doc is not yet up to date."}""",
            400
        );
        var error = (
            await coda.CallAsync("coda_list_rows", """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1x","requireLatest":true}""")
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
            (await coda.CallAsync("coda_list_rows", $$"""{"docId":"AbCDeFGHij","tableIdOrName":"grid-1x",{{more}}}""")).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_row_is_found_by_name_unless_several_have_it()
    {
        await using var coda = await Tasks.StartAsync();
        coda.OnDoc(
                "GET /tables/grid-1x/rows?query=c-name%3A%22Call%22&valueFormat=simple&limit=5",
                """{"items":[{"id":"i-1x","values":{}}]}"""
            )
            .OnDoc(
                "GET /tables/grid-1x/rows?query=c-name%3A%22Twin%22&valueFormat=simple&limit=5",
                """{"items":[{"id":"i-1x","values":{}},{"id":"i-2x","values":{}}]}"""
            )
            .OnDoc("GET /tables/grid-1x/rows/i-1x", """{"id":"i-1x","name":"Call","values":{"c-name":"Call"}}""");
        Assert.Equal(
            "Call",
            (await coda.CallAsync("coda_get_row", """{"docId":"AbCDeFGHij","tableIdOrName":"Tasks","rowIdOrName":"Call"}"""))
                .Json.GetProperty("name")
                .GetString()
        );
        Assert.Equal(
            "rowIdOrName='Twin' is the name of several rows of 'Tasks': i-1x, i-2x. Give the id of one.",
            (await coda.CallAsync("coda_delete_row", """{"docId":"AbCDeFGHij","tableIdOrName":"Tasks","rowIdOrName":"Twin"}""")).Error
        );
    }

    [Fact]
    public async Task A_row_that_comes_with_two_pages_is_there_once()
    {
        await using var coda = await Tasks.StartAsync();
        coda.OnDoc(
                "GET /tables/grid-1x/rows?valueFormat=rich&limit=200",
                """{"items":[{"id":"i-1x","values":{"c-n":1}},{"id":"i-2x","values":{"c-n":2}}],"nextPageToken":"t1"}"""
            )
            .OnDoc(
                "GET /tables/grid-1x/rows?pageToken=t1",
                """{"items":[{"id":"i-2x","values":{"c-n":2}},{"id":"i-3x","values":{"c-n":3}}]}"""
            );
        var list = (await coda.CallAsync("coda_list_rows", """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1x","fetchAll":true}""")).Json;
        Assert.Equal(["i-1x", "i-2x", "i-3x"], list.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("id").GetString()));
        var found = (
            await coda.CallAsync(
                "coda_find_rows",
                """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1x","filters":[{"column":"Hours","op":"more","value":0}]}"""
            )
        ).Json;
        Assert.Equal(3, found.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Pages_of_rows_that_go_round_in_a_circle_end_and_are_not_said_to_be_all()
    {
        await using var coda = await Tasks.StartAsync();
        coda.OnDoc("GET /tables/grid-1x/rows", """{"items":[{"id":"i-1x","values":{"c-n":1}}],"nextPageToken":"t1"}""");
        var found = (
            await coda.CallAsync(
                "coda_find_rows",
                """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1x","filters":[{"column":"Hours","op":"more","value":0}]}"""
            )
        ).Json;
        Assert.Single(found.GetProperty("items").EnumerateArray());
        Assert.False(found.GetProperty("complete").GetBoolean());
    }

    [Fact]
    public async Task A_name_in_another_case_is_not_taken_where_not_all_rows_were_read()
    {
        await using var coda = await Tasks.StartAsync();
        coda.OnDoc("GET /tables/grid-1x/rows", """{"items":[]}""");
        for (var page = 0; page < 5; page++)
        {
            var rows = string.Join(
                ',',
                Enumerable.Range(page * 500, 500).Select(n => $$"""{"id":"i-{{n}}","name":"Task {{n}}","values":{} }""")
            );
            coda.OnDoc("GET /tables/grid-1x/rows", $$"""{"items":[{{rows}}],"nextPageToken":"t{{page}}"}""");
        }

        Assert.Contains(
            "has no row of this name",
            (await coda.CallAsync("coda_delete_row", """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1x","rowIdOrName":"task 7"}""")).Error,
            StringComparison.Ordinal
        );
        Assert.All(coda.Requests, request => Assert.StartsWith("GET", request, StringComparison.Ordinal));
    }
}
