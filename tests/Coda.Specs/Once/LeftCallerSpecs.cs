using System.Text.Json;
using Coda.Specs.Rows;
using Coda.Writes;
using McpGateway.State.Database;
using McpGateway.Testing;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using static Coda.Specs.Once.OnceCalls;

namespace Coda.Specs.Once;

/// <summary>A write is made once although its caller stops waiting for it.</summary>
public sealed class LeftCallerSpecs
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_caller_that_left_finds_the_outcome_and_the_same_call_gets_it(bool says)
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        var held = Hold(coda, "rows/i-1x/buttons/c-button", """{"requestId":"r1","rowId":"i-1x"}""");
        coda.On("GET /mutationStatus/r1", """{"completed":true}""");
        const string Press = $$"""{{{Table}},"rowIdOrName":"i-1x","columnIdOrName":"Send"}""";
        using var gone = new CancellationTokenSource();
        var call = PostAsync(coda, 7, "coda_push_button", Press, gone.Token);
        await held.ArriveAsync();
        if (says)
        {
            await CancelAsync(coda, 7);
        }
        else
        {
            await LeaveAsync(coda, call, gone);
        }

        held.Released.SetResult();
        JsonElement latest = default;
        await Eventually.IsAsync(
            async () =>
            {
                latest = (await coda.CallAsync("coda_get_mutation_status")).Json.GetProperty("calls")[0];
                return latest.GetProperty("state").GetString() != "running";
            },
            "The call did not end."
        );
        Assert.Equal("coda_push_button", latest.GetProperty("tool").GetString());
        Assert.False(latest.GetProperty("heard").GetBoolean());
        Assert.Equal("r1", latest.GetProperty("result").GetProperty("requestId").GetString());
        Assert.True(
            (await coda.CallAsync("coda_get_mutation_status", """{"requestId":"r1"}""")).Json.GetProperty("completed").GetBoolean()
        );
        Assert.Contains(
            "its response may not have arrived",
            (await coda.CallAsync("coda_push_button", Press)).Json.GetProperty("repeated").GetString(),
            StringComparison.Ordinal
        );
        Assert.Equal(1, WrittenTo(coda));
        coda.Time.Advance(TimeSpan.FromMinutes(3));
        await coda.CallAsync("coda_push_button", Press);
        Assert.Equal(2, WrittenTo(coda));
    }

    [Fact]
    public async Task Nothing_more_is_sent_for_a_caller_that_left()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        var held = Hold(coda, response: """{"requestId":"r1"}""");
        coda.On("GET /mutationStatus/r1", """{"completed":true}""");
        var rows = string.Join(',', Enumerable.Range(1, 300).Select(n => $$"""{"Task":"{{n}}"}"""));
        using var gone = new CancellationTokenSource();
        var call = PostAsync(coda, 7, "coda_upsert_rows", $$"""{{{Table}},"rows":[{{rows}}],"requestId":"import"}""", gone.Token);
        await held.ArriveAsync();
        await LeaveAsync(coda, call, gone);
        held.Released.SetResult();
        var status = (await coda.CallAsync("coda_get_mutation_status", """{"requestId":"import","waitSeconds":30}""")).Json;
        Assert.True(status.GetProperty("completed").GetBoolean());
        var result = status.GetProperty("calls")[0].GetProperty("result");
        Assert.Equal("partial", result.GetProperty("outcome").GetString());
        Assert.Equal(100, result.GetProperty("continueFrom").GetInt32());
        Assert.Equal(1, WrittenTo(coda));
    }

    [Fact]
    public async Task The_same_call_gets_the_outcome_that_its_caller_missed_after_a_restart()
    {
        using var data = new TemporaryFolder();
        await using (var before = await Tasks.StartWithRowsAsync(("DATA_PATH", data.Path)))
        {
            var held = Hold(before);
            using var gone = new CancellationTokenSource();
            var call = PostAsync(before, 7, "coda_upsert_rows", Row, gone.Token);
            await held.ArriveAsync();
            await LeaveAsync(before, call, gone);
            held.Released.SetResult();
            await Eventually.IsAsync(
                async () =>
                    (await before.CallAsync("coda_get_mutation_status")).Json.GetProperty("calls")[0].GetProperty("state").GetString()
                    != "running",
                "The call did not end."
            );
        }

        await using var coda = await StartAsync(("DATA_PATH", data.Path));
        var again = (await coda.CallAsync("coda_upsert_rows", Row)).Json;
        Assert.Equal("""["i-1x"]""", again.GetProperty("ids").GetRawText());
        Assert.Contains("its response may not have arrived", again.GetProperty("repeated").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, WrittenTo(coda));
    }

    [Theory]
    [InlineData(Row)]
    [InlineData(Keyed)]
    public async Task The_same_call_is_made_where_the_first_caller_left_before_it_was_noted(string call)
    {
        using var data = new TemporaryFolder();
        await using var coda = await StartAsync(("DATA_PATH", data.Path));
        using var released = new ManualResetEventSlim();
        var other = await HoldStateAsync(coda, released);
        using var gone = new CancellationTokenSource();
        var first = PostAsync(coda, 7, "coda_upsert_rows", call, gone.Token);
        var journal = coda.Gateway.Services.GetRequiredService<WriteJournal>();
        await Eventually.IsAsync(() => journal.Recent("default").Count == 1, "The first call does not arrive.");
        var waits = new TaskCompletionSource();
        var joined = new Progress<ProgressNotificationValue>(_ => waits.TrySetResult());
        var second = coda.Client.CallAsync("coda_upsert_rows", call, joined, TestContext.Current.CancellationToken);
        await waits.Task.WaitAsync(Hang.After, TestContext.Current.CancellationToken);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await coda.CallAsync("coda_get_mutation_status");
        released.Set();
        await other;
        Assert.Equal("""["i-1x"]""", (await second).Json.GetProperty("ids").GetRawText());
        Assert.Equal(1, WrittenTo(coda));
    }

    /// <summary>Keeps others from writing into the state, as a slow disk does.</summary>
    /// <returns>Done once it is let go.</returns>
    private static async Task<Task> HoldStateAsync(CodaGateway coda, ManualResetEventSlim released)
    {
        var state = coda.Gateway.Services.GetRequiredService<StateDatabase>();
        var holds = new TaskCompletionSource();
        var held = Task.Run(() =>
            state.Decide(_ =>
            {
                holds.SetResult();
                return released.Wait(Hang.After);
            })
        );
        await holds.Task;
        return held;
    }

    /// <summary>Ends the connection of a call, and waits until the gateway knows: no response tells, and Coda's may come before.</summary>
    private static async Task LeaveAsync(CodaGateway coda, Task call, CancellationTokenSource gone)
    {
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        var journal = coda.Gateway.Services.GetRequiredService<WriteJournal>();
        await Eventually.IsAsync(() => journal.Recent("default")[0].Call.CallerLeft, "The gateway does not notice that its caller left.");
    }
}
