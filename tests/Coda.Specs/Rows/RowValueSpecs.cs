using System.Text.Json;

namespace Coda.Specs.Rows;

/// <summary>Values are brought into the form that their column takes, and refused where Coda would store them broken.</summary>
public sealed class RowValueSpecs
{
    private const string Table = "\"docId\":\"AbCDeFGHij\",\"tableIdOrName\":\"Tasks\"";
    private const string Added = """{"requestId":"r1","addedRowIds":["i-1x","i-2x"]}""";

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
    [InlineData("Share", "1", "1")]
    [InlineData("Share", "1.5", "1.5")]
    [InlineData("Share", "\"500%\"", "5")]
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
        coda.OnApplied("PUT /tables/grid-1x/rows/i-1x");
        await coda.CallAsync("coda_update_row", $$$"""{{{{Table}}},"rowIdOrName":"i-1x","cells":{"{{{column}}}":{{{given}}}}}""");
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
    [InlineData("Share", "50", "give a share, such as 0.5 or \"50%\" for fifty percent; \"5000%\" if that is meant.")]
    [InlineData("Share", "5", "give a share, such as 0.5 or \"50%\" for fifty percent; \"500%\" if that is meant.")]
    [InlineData("Share", "\"2\"", "\"200%\" if that is meant.")]
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
                await coda.CallAsync("coda_update_row", $$$"""{{{{Table}}},"rowIdOrName":"i-1x","cells":{"{{{column}}}":{{{given}}}}}""")
            ).Error,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(coda.Requests, request => request.StartsWith("PUT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Relations_are_resolved_to_rows_that_exist()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnApplied("POST /tables/grid-1x/rows", Added)
            .OnDoc(
                "GET /tables/grid-2x/rows?query=c-title%3A%22Alpha%22&valueFormat=simple&limit=5",
                """{"items":[{"id":"i-7x","values":{}}]}"""
            )
            .OnDoc("GET /tables/grid-2x/rows/i-8x", """{"id":"i-8x","values":{}}""");
        await coda.CallAsync(
            "coda_upsert_rows",
            $$"""{{{Table}},"rows":[{"Project":["Alpha",{"rowId":"i-8x","name":"Beta"}],"Parent":"Alpha"},{"Project":"Alpha"}]}"""
        );
        Assert.Equal(
            """{"rows":[{"cells":[{"column":"c-project","value":["i-7x","i-8x"]},{"column":"c-parent","value":"i-7x"}]},{"cells":[{"column":"c-project","value":"i-7x"}]}]}""",
            Sent(coda)
        );
        Assert.Single(coda.Requests, request => request.Contains("Alpha", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"Nowhere\"", "the relation 'Project'='Nowhere': the table 'Projects' has no row of this name.")]
    [InlineData("\"Twin\"", "the relation 'Project'='Twin' is the name of several rows of 'Projects': i-7x, i-8x.")]
    [InlineData("\"i-404x\"", "give a row of 'Projects': no row has this id.")]
    [InlineData("true", "give a row's name or id (i-…)")]
    public async Task A_relation_that_is_missing_or_ambiguous_is_refused(string given, string told)
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnDoc("GET /tables/grid-2x/rows?query=c-title%3A%22Nowhere%22&valueFormat=simple&limit=5", """{"items":[]}""")
            .OnDoc(
                "GET /tables/grid-2x/rows?query=c-title%3A%22Twin%22&valueFormat=simple&limit=5",
                """{"items":[{"id":"i-7x","values":{}},{"id":"i-8x","values":{}}]}"""
            )
            .OnDoc("GET /tables/grid-2x/rows?valueFormat=simple&limit=500", """{"items":[{"id":"i-1x","name":"Alpha","values":{}}]}""")
            .OnDoc("GET /tables/grid-2x/rows/i-404x", "{}", 404);
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

    private static string Rows(int count, string text = "x") =>
        string.Join(',', Enumerable.Range(1, count).Select(n => $$"""{"Task":"{{n}} {{text}}"}"""));

    private static string Sent(CodaGateway coda) => coda.Coda.Received.Single(r => r.Method == "POST").Text;

    [Fact]
    public async Task Two_hundred_relation_names_take_a_request_for_each_five_hundred_rows()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        var rows = string.Join(',', Enumerable.Range(0, 200).Select(n => $$"""{"id":"i-{{n}}x","name":"Project {{n}}","values":{} }"""));
        coda.OnDoc("GET /tables/grid-2x/rows?valueFormat=simple&limit=500", $$"""{"items":[{{rows}}]}""")
            .OnApplied("POST /tables/grid-1x/rows");
        var given = string.Join(',', Enumerable.Range(0, 200).Select(n => $$"""{"Task":"T{{n}}","Project":"project {{n}}"}"""));
        Assert.Equal(
            "applied",
            (await coda.CallAsync("coda_upsert_rows", $$"""{{{Table}},"rows":[{{given}}]}""")).Json.GetProperty("outcome").GetString()
        );
        Assert.Single(coda.Requests, request => request.Contains("/tables/grid-2x", StringComparison.Ordinal));
        Assert.Contains(""" "i-199x" """.Trim(), coda.Coda.Received.Last(r => r.Method == "POST").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_coda_did_not_take_is_told()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnApplied("PUT /tables/grid-1x/rows/i-1x");
        var result = (await coda.CallAsync("coda_update_row", $$"""{{{Table}},"rowIdOrName":"i-1x","cells":{"Hours":3} }""")).Json;
        Assert.Equal(
            "Coda shows nothing in 'Hours' although it was written: read the row again.",
            result.GetProperty("warning").GetString()
        );
    }
}
