namespace Coda.Specs.Rows;

/// <summary>The first filter is Coda's work, the others are ours; nobody who asks notices.</summary>
public sealed class RowFilterSpecs
{
    [Fact]
    public async Task The_first_filter_goes_to_coda_and_the_others_are_ours()
    {
        await using var coda = await Tasks.StartAsync();
        coda.OnDoc(
            "GET /tables/grid-1x/rows",
            """
            {"items":[{"id":"i-1x","values":{"c-name":"A","c-done":true,"c-project":[{"@type":"StructuredValue","name":"Alpha","rowId":"i-9x"}]}},
                      {"id":"i-2x","values":{"c-name":"B","c-done":false,"c-project":[{"@type":"StructuredValue","name":"Alpha","rowId":"i-9x"}]}},
                      {"id":"i-3x","values":{"c-name":"C","c-done":true,"c-project":[]}}]}
            """
        );
        var list = (
            await coda.CallAsync(
                "coda_list_rows",
                """{"docId":"AbCDeFGHij","tableIdOrName":"grid-1x","filters":[{"column":"Task","value":"Open \"x\""},{"column":"done","value":true},{"column":"Project","value":"Alpha"}],"columns":["Task"],"limit":3}"""
            )
        ).Json;
        Assert.Equal("""[{"id":"i-1x","cells":{"Task":"A"}}]""", list.GetProperty("items").GetRawText());
        Assert.Equal(
            "GET /docs/AbCDeFGHij/tables/grid-1x/rows?query=c-name%3A%22Open%20%5C%22x%5C%22%22&valueFormat=rich&limit=200",
            coda.Requests.First(request => request.Contains("/rows", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task The_order_of_filters_does_not_matter()
    {
        await using var coda = await Tasks.StartAsync();
        coda.OnDoc(
            "GET /tables/grid-1x/rows?query=c-status%3A%22Open%22&valueFormat=rich&limit=200",
            """{"items":[{"id":"i-1x","values":{"c-owner":{"@type":"Person","name":"Bob","email":"bob@example.com"}}}]}"""
        );
        const string Status = """{"column":"Status","value":"Open"}""";
        const string Owner = """{"column":"Owner","value":"bob@example.com"}""";
        foreach (var filters in (string[])[$"{Status},{Owner}", $"{Owner},{Status}"])
        {
            var list = (
                await coda.CallAsync("coda_list_rows", $$"""{"docId":"AbCDeFGHij","tableIdOrName":"grid-1x","filters":[{{filters}}]}""")
            ).Json;
            Assert.Equal(1, list.GetProperty("items").GetArrayLength());
        }
    }

    [Theory]
    [InlineData("""{"column":"Due","value":"2026-11-23"}""", "i-1x")]
    [InlineData("""{"column":"Status","value":"open"}""", "i-1x")]
    [InlineData("""{"column":"Owner","value":"BOB@example.com"}""", "i-1x")]
    [InlineData("""{"column":"Owner","value":"bob"}""", "i-1x")]
    [InlineData("""{"column":"Done","value":"no"}""", "i-1x")]
    [InlineData("""{"column":"Price","value":"$1,250.00"}""", "i-1x")]
    [InlineData("""{"column":"Status","value":["Open","Blocked"]}""", null)]
    [InlineData("""{"column":"Status","value":["Open","Closed"]}""", "i-1x i-2x")]
    [InlineData("""{"column":"Status","value":"[\"Open\",\"Closed\"]"}""", "i-1x i-2x")]
    [InlineData("""{"column":"Price","value":"1250"}""", "i-1x")]
    [InlineData("""{"column":"Price","value":1250}""", "i-1x")]
    [InlineData("""{"column":"Done","value":true}""", "i-2x")]
    [InlineData("""{"column":"Owner","value":""}""", "i-2x")]
    [InlineData("""{"column":"Project","value":"ALPHA"}""", "i-1x")]
    [InlineData("""{"column":"Due","value":"November"}""", null)]
    [InlineData("""{"column":"Hours","value":"many"}""", null)]
    public async Task A_filter_is_brought_into_the_form_of_its_column_or_refused(string filter, string? found)
    {
        await using var coda = await Tasks.StartAsync();
        coda.OnDoc(
            "GET /tables/grid-1x/rows",
            """
            {"items":[{"id":"i-1x","values":{"c-name":"A","c-due":"2026-11-23T00:00:00.000-08:00","c-status":"Open","c-done":false,"c-price":{"@type":"MonetaryAmount","currency":"USD","amount":1250},
              "c-owner":{"@type":"Person","name":"Bob","email":"bob@example.com"},"c-project":[{"@type":"StructuredValue","name":"Alpha","rowId":"i-9x"}]}},
              {"id":"i-2x","values":{"c-name":"A","c-due":"2026-11-24T00:00:00.000-08:00","c-status":"Closed","c-done":true,"c-price":{"@type":"MonetaryAmount","currency":"USD","amount":1},"c-owner":"","c-project":[]}}]}
            """
        );
        // Behind one that Coda checks, so that every other is checked here.
        var reply = await coda.CallAsync(
            "coda_list_rows",
            $$"""{"docId":"AbCDeFGHij","tableIdOrName":"grid-1x","filters":[{"column":"Task","value":"A"},{{filter}}]}"""
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

    [Theory]
    [InlineData("simple", """{"column":"Tags","value":"a"}""", false)]
    [InlineData("simple", """{"column":"Owner","value":"bob@example.com"}""", false)]
    [InlineData("simpleWithArrays", """{"column":"Owner","value":"bob@example.com"}""", false)]
    [InlineData("simpleWithArrays", """{"column":"Tags","value":"a"}""", true)]
    [InlineData("simple", """{"column":"Tags","op":"notEmpty"}""", true)]
    [InlineData("simple", """{"column":"Due","value":"2026-11-23"}""", true)]
    public async Task A_filter_on_what_a_format_leaves_out_is_refused(string format, string filter, bool isTaken)
    {
        await using var coda = await Tasks.StartAsync();
        var tags = format == "simple" ? "\"a,b\"" : """["a","b"]""";
        coda.OnDoc(
            "GET /tables/grid-1x/rows",
            $$"""{"items":[{"id":"i-1x","values":{"c-tags":{{tags}},"c-owner":"Bob","c-due":"2026-11-23T00:00:00.000-08:00"} }]}"""
        );
        var reply = await coda.CallAsync(
            "coda_list_rows",
            $$"""{"docId":"AbCDeFGHij","tableIdOrName":"grid-1x","valueFormat":"{{format}}","filters":[{{filter}}]}"""
        );
        if (isTaken)
        {
            Assert.Equal(1, reply.Json.GetProperty("items").GetArrayLength());
            return;
        }

        Assert.StartsWith($"valueFormat={format} leaves out what the filter on", reply.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(coda.Requests, request => request.Contains("/rows", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Filters_of_ours_read_on_and_a_token_goes_on_in_the_middle_of_a_page()
    {
        await using var coda = await Tasks.StartAsync();
        const string Bob = """{"@type":"Person","name":"Bob","email":"bob@example.com"}""";
        coda.OnDoc("GET /tables/grid-1x/rows?valueFormat=rich&limit=200", """{"items":[{"id":"i-0x","values":{} }],"nextPageToken":"t1"}""")
            .OnDoc(
                "GET /tables/grid-1x/rows?pageToken=t1",
                $$"""{"items":[{"id":"i-1x","values":{"c-owner":{{Bob}} } },{"id":"i-2x","values":{"c-owner":{{Bob}} } },{"id":"i-3x","values":{"c-owner":{{Bob}} } }]}"""
            );
        const string Ask = """ "docId":"AbCDeFGHij","tableIdOrName":"grid-1x","limit":2,"filters":[{"column":"Owner","value":"Bob"}] """;
        var first = (await coda.CallAsync("coda_list_rows", $$"""{{{Ask}}}""")).Json;
        Assert.Equal(2, first.GetProperty("items").GetArrayLength());
        var token = first.GetProperty("nextPageToken").GetString();
        var second = (await coda.CallAsync("coda_list_rows", $$"""{{{Ask}},"pageToken":"{{token}}"}""")).Json;
        Assert.Equal("i-3x", second.GetProperty("items")[0].GetProperty("id").GetString());
        Assert.True(second.GetProperty("complete").GetBoolean());

        var other = await coda.CallAsync(
            "coda_list_rows",
            $$"""{"docId":"AbCDeFGHij","tableIdOrName":"grid-1x","filters":[{"column":"Owner","value":"Ann"}],"pageToken":"{{token}}"}"""
        );
        Assert.Contains("pageToken belongs to other filters", other.Error, StringComparison.Ordinal);

        // Of a list without filters, whose rows nobody would compare with them.
        var unfiltered = await coda.CallAsync("coda_list_rows", $$"""{{{Ask}},"pageToken":"t1"}""");
        Assert.Contains("pageToken belongs to other filters", unfiltered.Error, StringComparison.Ordinal);
    }
}
