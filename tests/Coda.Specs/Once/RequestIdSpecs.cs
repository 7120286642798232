using Coda.Specs.Rows;
using McpGateway.Testing;
using static Coda.Specs.Once.OnceCalls;

namespace Coda.Specs.Once;

/// <summary>A write has an id of its caller, or is the same call again: it is made once, and its outcome is told again.</summary>
public sealed class RequestIdSpecs
{
    [Fact]
    public async Task A_call_with_the_same_request_id_gets_the_first_outcome_within_a_day()
    {
        await using var coda = await StartAsync();
        var first = (await coda.CallAsync("coda_upsert_rows", Keyed)).Json;
        coda.Time.Advance(TimeSpan.FromHours(23));
        var second = (await coda.CallAsync("coda_upsert_rows", Keyed.Replace(":0}", ":1}", StringComparison.Ordinal))).Json;
        Assert.Equal(first.GetProperty("ids").GetRawText(), second.GetProperty("ids").GetRawText());
        Assert.StartsWith("requestId='k1' was used", second.GetProperty("repeated").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, WrittenTo(coda));
        coda.Time.Advance(TimeSpan.FromHours(2));
        Assert.False((await coda.CallAsync("coda_upsert_rows", Keyed)).Json.TryGetProperty("repeated", out _));
        Assert.Equal(2, WrittenTo(coda));
    }

    [Fact]
    public async Task A_request_id_is_known_after_a_restart()
    {
        using var data = new TemporaryFolder();
        await using (var before = await StartAsync(("DATA_PATH", data.Path)))
        {
            await before.CallAsync("coda_upsert_rows", Keyed);
        }

        await using var coda = await StartAsync(("DATA_PATH", data.Path));
        coda.Time.Advance(TimeSpan.FromHours(23));
        var again = (await coda.CallAsync("coda_upsert_rows", Keyed)).Json;
        Assert.Equal("""["i-1x"]""", again.GetProperty("ids").GetRawText());
        Assert.StartsWith("requestId='k1' was used", again.GetProperty("repeated").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, WrittenTo(coda));
        Assert.StartsWith(
            "requestId='k1' was used for another call",
            (await coda.CallAsync("coda_upsert_rows", Keyed.Replace("\"A\"", "\"B\"", StringComparison.Ordinal))).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task While_it_cannot_be_noted_a_call_with_a_request_id_is_refused_in_words_and_not_made()
    {
        await using var postgres = await TestPostgres.StartAsync();
        await using var coda = await StartAsync(("STATE", await postgres.CreateDatabaseAsync()));
        await postgres.KillAsync();
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(
                "A call with a requestId is noted before it writes, so that it is made once, and the gateway cannot note it at present. Nothing was "
                    + "written: send the same call with the same requestId again in a few seconds. The operator's log has the details.",
                (await coda.CallAsync("coda_upsert_rows", Keyed)).Error
            );
        }

        Assert.Equal(0, WrittenTo(coda));
        await postgres.StartServerAsync();
        coda.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.False((await coda.CallAsync("coda_upsert_rows", Keyed)).Json.TryGetProperty("repeated", out _));
        Assert.Equal(1, WrittenTo(coda));
    }

    [Fact]
    public async Task Another_call_under_the_same_request_id_is_refused()
    {
        await using var coda = await StartAsync();
        await coda.CallAsync("coda_upsert_rows", Keyed);
        Assert.StartsWith(
            "requestId='k1' was used for another call (coda_upsert_rows, ",
            (await coda.CallAsync("coda_upsert_rows", Keyed.Replace("\"A\"", "\"B\"", StringComparison.Ordinal))).Error,
            StringComparison.Ordinal
        );
        Assert.Equal(1, WrittenTo(coda));
    }

    [Fact]
    public async Task The_same_call_is_known_whatever_order_its_arguments_are_in()
    {
        await using var coda = await StartAsync();
        await coda.CallAsync("coda_upsert_rows", $$"""{{{Table}},"rows":[{"Task":"A","Hours":1}],"requestId":"k1","waitSeconds":0}""");
        var again = (
            await coda.CallAsync("coda_upsert_rows", $$"""{"requestId":"k1","rows":[{"Hours":1,"Task":"A"}],"waitSeconds":0,{{Table}}}""")
        ).Json;
        Assert.StartsWith("requestId='k1' was used", again.GetProperty("repeated").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, WrittenTo(coda));
    }

    [Fact]
    public async Task Each_part_of_a_long_list_is_a_write_of_its_own_under_one_request_id()
    {
        await using var coda = await StartAsync();
        const string Two = $$"""{{{Table}},"rows":[{"Task":"A"},{"Task":"B"}],"requestId":"k1","waitSeconds":0""";
        Assert.False((await coda.CallAsync("coda_upsert_rows", $$"""{{Two}}}""")).IsError);
        foreach (var isRepeated in new[] { false, true })
        {
            var rest = (await coda.CallAsync("coda_upsert_rows", $$"""{{Two}},"continueFrom":1}""")).Json;
            Assert.Equal(isRepeated, rest.TryGetProperty("repeated", out _));
        }

        Assert.Equal(2, WrittenTo(coda));
    }

    [Fact]
    public async Task The_same_call_without_an_id_writes_again_when_the_first_was_answered()
    {
        await using var coda = await StartAsync();
        await coda.CallAsync("coda_upsert_rows", Row);
        Assert.False((await coda.CallAsync("coda_upsert_rows", Row)).Json.TryGetProperty("repeated", out _));
        Assert.Equal(2, WrittenTo(coda));
    }

    [Fact]
    public async Task A_call_that_wrote_nothing_can_be_made_again_under_its_id()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnDoc("POST /tables/grid-1x/rows", """{"message":"No."}""", 400)
            .OnDoc("POST /tables/grid-1x/rows", """{"requestId":"r1","addedRowIds":["i-1x"]}""", 202);
        Assert.True((await coda.CallAsync("coda_upsert_rows", Keyed)).IsError);
        Assert.Equal("pending", (await coda.CallAsync("coda_upsert_rows", Keyed)).Json.GetProperty("outcome").GetString());
    }
}
