using Coda.Specs.Rows;
using McpGateway.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ModelContextProtocol;
using static Coda.Specs.Once.OnceCalls;

namespace Coda.Specs.Once;

/// <summary>The same call, while the first still runs or where nobody knows what became of it.</summary>
public sealed class RunningWriteSpecs
{
    [Theory]
    [InlineData(Row)]
    [InlineData(Keyed)]
    public async Task While_the_first_runs_the_same_call_waits_for_its_outcome(string call)
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        var held = Hold(coda);
        var first = coda.CallAsync("coda_upsert_rows", call);
        await held.ArriveAsync();
        var joined = new Progress<ProgressNotificationValue>(_ => held.Released.TrySetResult());
        var second = coda.Client.CallAsync("coda_upsert_rows", call, joined, TestContext.Current.CancellationToken);
        Assert.Equal("""["i-1x"]""", (await first).Json.GetProperty("ids").GetRawText());
        Assert.Equal("""["i-1x"]""", (await second).Json.GetProperty("ids").GetRawText());
        Assert.Equal(1, WrittenTo(coda));
    }

    [Theory]
    [InlineData(Row)]
    [InlineData(Keyed)]
    public async Task Where_the_first_wrote_nothing_the_same_call_gets_its_error_and_may_be_made_again(string call)
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        var held = Hold(coda, response: """{"message":"No such column."}""", status: 400);
        coda.OnDoc("POST /tables/grid-1x/rows", """{"requestId":"r1","addedRowIds":["i-1x"]}""", 202);
        var first = coda.CallAsync("coda_upsert_rows", call);
        await held.ArriveAsync();
        var joined = new Progress<ProgressNotificationValue>(_ => held.Released.TrySetResult());
        var second = coda.Client.CallAsync("coda_upsert_rows", call, joined, TestContext.Current.CancellationToken);
        var error = (await first).Error;
        Assert.Contains("No such column.", error, StringComparison.Ordinal);
        Assert.Equal(error, (await second).Error);
        Assert.Equal(1, WrittenTo(coda));
        Assert.False((await coda.CallAsync("coda_upsert_rows", call)).IsError);
    }

    [Theory]
    [InlineData("coda_upsert_rows", Keyed, ", and nothing was written now.")]
    [InlineData("coda_get_mutation_status", """{"requestId":"k1","waitSeconds":60}""", ".")]
    public async Task A_gateway_that_stops_does_not_wait_for_another_call(string tool, string arguments, string told)
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        var held = Hold(coda);
        var first = coda.CallAsync("coda_upsert_rows", Keyed);
        await held.ArriveAsync();
        using var stop = coda.Time.CreateTimer(
            _ => coda.Gateway.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication(),
            null,
            TimeSpan.FromSeconds(3),
            Timeout.InfiniteTimeSpan
        );
        var second = await coda.CallAsync(tool, arguments);
        Assert.Contains($"still running{told} The gateway is being restarted", second.Text, StringComparison.Ordinal);
        held.Released.SetResult();
        Assert.Equal("""["i-1x"]""", (await first).Json.GetProperty("ids").GetRawText());
    }

    /// <summary>What a gateway that was killed has done nobody knows: it runs on here, unheard of by the one after it.</summary>
    [Fact]
    public async Task The_same_call_is_not_made_again_where_a_restart_cut_it_off()
    {
        using var data = new TemporaryFolder();
        await using var before = await Tasks.StartWithRowsAsync(("DATA_PATH", data.Path));
        var held = Hold(before);
        var cutOff = before.CallAsync("coda_upsert_rows", Row);
        await held.ArriveAsync();
        await using var coda = await StartAsync(("DATA_PATH", data.Path));
        var told = (await coda.CallAsync("coda_upsert_rows", Row)).Error;
        Assert.StartsWith("The same call began at ", told, StringComparison.Ordinal);
        Assert.Contains("was cut off by a restart: it may have written. Nothing was written now.", told, StringComparison.Ordinal);
        Assert.Equal(0, WrittenTo(coda));
        coda.Time.Advance(TimeSpan.FromMinutes(4));
        Assert.False((await coda.CallAsync("coda_upsert_rows", Row)).IsError);
        held.Released.SetResult();
        await cutOff;
    }
}
