using System.Text.Json;

namespace Coda.Specs.Rows;

/// <summary>Many rows go in batches, as far as the time of the call reaches.</summary>
public sealed class RowBatchSpecs
{
    private const string Table = "\"docId\":\"AbCDeFGHij\",\"tableIdOrName\":\"Tasks\"";
    private const string Added = """{"requestId":"r1","addedRowIds":["i-1x","i-2x"]}""";

    [Fact]
    public async Task A_row_too_large_is_refused_before_any_is_sent_counted_as_coda_counts()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnApplied("POST /tables/grid-1x/rows", Added);
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
        coda.OnDoc("POST /tables/grid-1x/rows", """{"requestId":"r1","addedRowIds":["i-1x"]}""", 202)
            .OnDoc("POST /tables/grid-1x/rows", """{"requestId":"r2","addedRowIds":["i-2x"]}""", 202)
            .OnDoc("POST /tables/grid-1x/rows", """{"requestId":"r3","addedRowIds":["i-3x"]}""", 202)
            .On("GET /mutationStatus/r1", """{"completed":true}""")
            .On("GET /mutationStatus/r2", """{"completed":true,"warning":"w"}""")
            .On("GET /mutationStatus/r3", """{"completed":true}""");
        var result = (await coda.CallAsync("coda_upsert_rows", $$"""{{{Table}},"rows":[{{Rows(250)}}]}""")).Json;
        Assert.StartsWith(
            """{"outcome":"applied","requestId":"r3","ids":["i-1x","i-2x","i-3x"],"warning":"w","rows":[""",
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
        coda.OnApplied("POST /tables/grid-1x/rows", """{"requestId":"r1"}""");
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
        coda.OnDoc("POST /tables/grid-1x/rows", """{"requestId":"r1","addedRowIds":["i-1x"]}""", 202)
            .OnDoc("POST /tables/grid-1x/rows", """{"message":"Sorry."}""", status);
        var error = (await coda.CallAsync("coda_upsert_rows", $$"""{{{Table}},"rows":[{{Rows(250)}}]}""")).Error;
        Assert.StartsWith(
            "Interrupted: rows 1-100 of 250 were accepted (requestIds r1; ids i-1x); do not send these again.",
            error,
            StringComparison.Ordinal
        );
        Assert.Contains(told, error, StringComparison.Ordinal);
        Assert.Equal(2, coda.Requests.Count(request => request.StartsWith("POST", StringComparison.Ordinal)));
    }

    private static string Rows(int count, string text = "x") =>
        string.Join(',', Enumerable.Range(1, count).Select(n => $$"""{"Task":"{{n}} {{text}}"}"""));

    private static string Sent(CodaGateway coda) => coda.Coda.Received.Single(r => r.Method == "POST").Text;

    [Fact]
    public async Task A_refusal_for_the_rate_is_waited_for_and_the_batch_goes_on()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnDoc("POST /tables/grid-1x/rows", """{"requestId":"r1"}""", 202)
            .OnDoc("POST /tables/grid-1x/rows", """{"message":"Too Many Requests"}""", 429)
            .OnDoc("POST /tables/grid-1x/rows", """{"requestId":"r1"}""", 202)
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
        coda.OnApplied("POST /tables/grid-1x/rows", """{"requestId":"r1","addedRowIds":["i-1x"]}""");
        var result = (await coda.CallAsync("coda_upsert_rows", $$"""{{{Table}},"rows":[{{Rows(250)}}]}""")).Json;
        Assert.Equal("partial", result.GetProperty("outcome").GetString());
        Assert.Equal(100, result.GetProperty("continueFrom").GetInt32());
        Assert.Equal("""["i-1x"]""", result.GetProperty("ids").GetRawText());
        Assert.StartsWith(
            "Rows 1-100 of 250 are accepted, the others not sent yet: call again with the same rows and continueFrom=100.",
            result.GetProperty("note").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task It_goes_on_where_the_call_before_ended()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnApplied("POST /tables/grid-1x/rows", """{"requestId":"r1"}""");
        await coda.CallAsync("coda_upsert_rows", $$"""{{{Table}},"rows":[{{Rows(250)}}],"continueFrom":240}""");
        Assert.StartsWith("""{"rows":[{"cells":[{"column":"c-name","value":"241 x"}]}""", Sent(coda), StringComparison.Ordinal);
        Assert.Contains(
            "continueFrom=250: there are 250 rows, so nothing is left.",
            (await coda.CallAsync("coda_upsert_rows", $$"""{{{Table}},"rows":[{{Rows(250)}}],"continueFrom":250}""")).Error,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("""{"Task":"A"},{"Task":null}""", "[\"Task\"]", "Row 2 has no value for the key column c-name")]
    [InlineData("""{"Task":"A"},{"Task":" "}""", "[\"Task\"]", "Row 2 has no value for the key column c-name")]
    [InlineData("""{"Task":"A"},{"Task":"B"},{"Task":"A"}""", "[\"Task\"]", "Rows 1 and 3 have the same key ([\"A\"])")]
    [InlineData(
        """{"Task":"A","Hours":1},{"Task":"A","Hours":"1"}""",
        "[\"Task\",\"Hours\"]",
        "Rows 1 and 2 have the same key ([\"A\",1])"
    )]
    public async Task Keys_that_are_empty_or_there_twice_are_refused_before_any_row_is_sent(string rows, string keys, string told)
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        Assert.StartsWith(
            $"Nothing was written. {told}",
            (await coda.CallAsync("coda_upsert_rows", $$"""{{{Table}},"rows":[{{rows}}],"keyColumns":{{keys}}}""")).Error,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(coda.Requests, request => request.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rows_that_share_one_of_two_keys_are_different_rows()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnApplied("POST /tables/grid-1x/rows", """{"requestId":"r1"}""");
        var written = await coda.CallAsync(
            "coda_upsert_rows",
            $$"""{{{Table}},"rows":[{"Task":"A","Hours":1},{"Task":"A","Hours":2}],"keyColumns":["Task","Hours"]}"""
        );
        Assert.Equal("applied", written.Json.GetProperty("outcome").GetString());
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
}
