using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Coda.Specs.Rows;
using McpGateway.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ModelContextProtocol;

namespace Coda.Specs;

/// <summary>A write is made once, whatever becomes of its caller.</summary>
public sealed class OnceSpecs
{
    private const string Table = "\"docId\":\"AbCDeFGHij\",\"tableIdOrName\":\"grid-1\"";
    private const string Row = $$"""{{{Table}},"rows":[{"Task":"A"}],"waitSeconds":0}""";
    private const string Keyed = $$"""{{{Table}},"rows":[{"Task":"A"}],"requestId":"k1","waitSeconds":0}""";

    [Fact]
    public async Task A_call_with_the_same_request_id_gets_the_first_outcome_within_a_day()
    {
        await using var coda = await StartAsync();
        var first = (await coda.CallAsync("coda_upsert_rows", Keyed)).Json;
        coda.Time.Advance(TimeSpan.FromHours(23));
        var second = (await coda.CallAsync("coda_upsert_rows", Keyed.Replace(":0}", ":1}", StringComparison.Ordinal))).Json;
        Assert.Equal(first.GetProperty("ids").GetRawText(), second.GetProperty("ids").GetRawText());
        Assert.StartsWith("requestId='k1' was used", second.GetProperty("repeated").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, Writes(coda));
        coda.Time.Advance(TimeSpan.FromHours(2));
        Assert.False((await coda.CallAsync("coda_upsert_rows", Keyed)).Json.TryGetProperty("repeated", out _));
        Assert.Equal(2, Writes(coda));
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
        Assert.Equal("""["i-1"]""", again.GetProperty("ids").GetRawText());
        Assert.StartsWith("requestId='k1' was used", again.GetProperty("repeated").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, Writes(coda));
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

        Assert.Equal(0, Writes(coda));
        await postgres.StartServerAsync();
        coda.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.False((await coda.CallAsync("coda_upsert_rows", Keyed)).Json.TryGetProperty("repeated", out _));
        Assert.Equal(1, Writes(coda));
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
        Assert.Equal(1, Writes(coda));
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
        Assert.Equal(1, Writes(coda));
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

        Assert.Equal(2, Writes(coda));
    }

    [Fact]
    public async Task The_same_call_without_an_id_writes_again_when_the_first_was_answered()
    {
        await using var coda = await StartAsync();
        await coda.CallAsync("coda_upsert_rows", Row);
        Assert.False((await coda.CallAsync("coda_upsert_rows", Row)).Json.TryGetProperty("repeated", out _));
        Assert.Equal(2, Writes(coda));
    }

    [Fact]
    public async Task A_call_that_wrote_nothing_can_be_made_again_under_its_id()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        coda.OnDoc("POST /tables/grid-1/rows", """{"message":"No."}""", 400)
            .OnDoc("POST /tables/grid-1/rows", """{"requestId":"r1","addedRowIds":["i-1"]}""", 202);
        Assert.True((await coda.CallAsync("coda_upsert_rows", Keyed)).IsError);
        Assert.Equal("pending", (await coda.CallAsync("coda_upsert_rows", Keyed)).Json.GetProperty("outcome").GetString());
    }

    [Theory]
    [InlineData(Row)]
    [InlineData(Keyed)]
    public async Task While_the_first_runs_the_same_call_waits_for_its_outcome(string call)
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        var (arrived, released) = HoldWrites(coda);
        var first = coda.CallAsync("coda_upsert_rows", call);
        await arrived.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        var joined = new Progress<ProgressNotificationValue>(_ => released.TrySetResult());
        var second = coda.Client.CallAsync("coda_upsert_rows", call, joined, TestContext.Current.CancellationToken);
        Assert.Equal("""["i-1"]""", (await first).Json.GetProperty("ids").GetRawText());
        Assert.Equal("""["i-1"]""", (await second).Json.GetProperty("ids").GetRawText());
        Assert.Equal(1, Writes(coda));
    }

    [Theory]
    [InlineData("coda_upsert_rows", Keyed, ", and nothing was written now.")]
    [InlineData("coda_get_mutation_status", """{"requestId":"k1","waitSeconds":60}""", ".")]
    public async Task A_gateway_that_stops_does_not_wait_for_another_call(string tool, string arguments, string told)
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        var (arrived, released) = HoldWrites(coda);
        var first = coda.CallAsync("coda_upsert_rows", Keyed);
        await arrived.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        using var stop = coda.Time.CreateTimer(
            _ => coda.Gateway.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication(),
            null,
            TimeSpan.FromSeconds(3),
            Timeout.InfiniteTimeSpan
        );
        var second = await coda.CallAsync(tool, arguments);
        Assert.Contains($"still running{told} The gateway is being restarted", second.Text, StringComparison.Ordinal);
        released.SetResult();
        Assert.Equal("""["i-1"]""", (await first).Json.GetProperty("ids").GetRawText());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_caller_that_left_finds_the_outcome_and_the_same_call_gets_it(bool says)
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        var (arrived, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        coda.Coda.On(
            "POST /apis/v1/docs/AbCDeFGHij/tables/grid-1/rows/i-1/buttons/c-button",
            async context =>
            {
                arrived.TrySetResult();
                await released.Task;
                context.Response.StatusCode = 202;
                await context.Response.WriteAsync("""{"requestId":"r1","rowId":"i-1"}""");
            }
        );
        coda.On("GET /mutationStatus/r1", """{"completed":true}""");
        const string Press = $$"""{{{Table}},"rowIdOrName":"i-1","columnIdOrName":"Send"}""";
        using var gone = new CancellationTokenSource();
        var call = PostAsync(coda, 7, "coda_push_button", Press, gone.Token);
        await arrived.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        if (says)
        {
            // As the SDK for TypeScript does when its time is over; its connection stays.
            await coda.Gateway.PostAsync(
                """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7,"reason":"timeout"}}""",
                CodaGateway.Caller
            );
        }
        else
        {
            await gone.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        }

        released.SetResult();
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
        Assert.Equal(1, Writes(coda));
        coda.Time.Advance(TimeSpan.FromMinutes(3));
        await coda.CallAsync("coda_push_button", Press);
        Assert.Equal(2, Writes(coda));
    }

    [Fact]
    public async Task Nothing_more_is_sent_for_a_caller_that_left()
    {
        await using var coda = await Tasks.StartWithRowsAsync();
        var (arrived, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        coda.Coda.On(
            "POST /apis/v1/docs/AbCDeFGHij/tables/grid-1/rows",
            async context =>
            {
                arrived.TrySetResult();
                await released.Task;
                context.Response.StatusCode = 202;
                await context.Response.WriteAsync("""{"requestId":"r1"}""");
            }
        );
        coda.On("GET /mutationStatus/r1", """{"completed":true}""");
        var rows = string.Join(',', Enumerable.Range(1, 300).Select(n => $$"""{"Task":"{{n}}"}"""));
        using var gone = new CancellationTokenSource();
        var call = PostAsync(coda, 7, "coda_upsert_rows", $$"""{{{Table}},"rows":[{{rows}}],"requestId":"import"}""", gone.Token);
        await arrived.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await coda.Gateway.PostAsync(
            """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7}}""",
            CodaGateway.Caller
        );
        released.SetResult();
        var status = (await coda.CallAsync("coda_get_mutation_status", """{"requestId":"import","waitSeconds":30}""")).Json;
        Assert.True(status.GetProperty("completed").GetBoolean());
        var result = status.GetProperty("calls")[0].GetProperty("result");
        Assert.Equal("partial", result.GetProperty("outcome").GetString());
        Assert.Equal(100, result.GetProperty("continueFrom").GetInt32());
        Assert.Equal(1, Writes(coda));
    }

    /// <summary>What a gateway that was killed has done nobody knows: it runs on here, unheard of by the one after it.</summary>
    [Fact]
    public async Task The_same_call_is_not_made_again_where_a_restart_cut_it_off()
    {
        using var data = new TemporaryFolder();
        await using var before = await Tasks.StartWithRowsAsync(("DATA_PATH", data.Path));
        var (arrived, released) = HoldWrites(before);
        var cutOff = before.CallAsync("coda_upsert_rows", Row);
        await arrived.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        await using var coda = await StartAsync(("DATA_PATH", data.Path));
        var told = (await coda.CallAsync("coda_upsert_rows", Row)).Error;
        Assert.StartsWith("The same call began at ", told, StringComparison.Ordinal);
        Assert.Contains("was cut off by a restart: it may have written. Nothing was written now.", told, StringComparison.Ordinal);
        Assert.Equal(0, Writes(coda));
        coda.Time.Advance(TimeSpan.FromMinutes(4));
        Assert.False((await coda.CallAsync("coda_upsert_rows", Row)).IsError);
        released.SetResult();
        await cutOff;
    }

    [Fact]
    public async Task The_same_call_gets_the_outcome_that_its_caller_missed_after_a_restart()
    {
        using var data = new TemporaryFolder();
        await using (var before = await Tasks.StartWithRowsAsync(("DATA_PATH", data.Path)))
        {
            var (arrived, released) = HoldWrites(before);
            using var gone = new CancellationTokenSource();
            var call = PostAsync(before, 7, "coda_upsert_rows", Row, gone.Token);
            await arrived.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
            await gone.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
            // The end of the connection alone may reach the server after the response of Coda.
            await before.Gateway.PostAsync(
                """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7}}""",
                CodaGateway.Caller
            );
            released.SetResult();
            await Eventually.IsAsync(
                async () =>
                    (await before.CallAsync("coda_get_mutation_status")).Json.GetProperty("calls")[0].GetProperty("state").GetString()
                    != "running",
                "The call did not end."
            );
        }

        await using var coda = await StartAsync(("DATA_PATH", data.Path));
        var again = (await coda.CallAsync("coda_upsert_rows", Row)).Json;
        Assert.Equal("""["i-1"]""", again.GetProperty("ids").GetRawText());
        Assert.Contains("its response may not have arrived", again.GetProperty("repeated").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, Writes(coda));
    }

    private static async Task<CodaGateway> StartAsync(params (string Name, string? Value)[] settings) =>
        (await Tasks.StartWithRowsAsync(settings)).OnDoc("POST /tables/grid-1/rows", """{"requestId":"r1","addedRowIds":["i-1"]}""", 202);

    /// <summary>Holds each write of rows at Coda until it is released.</summary>
    private static (TaskCompletionSource Arrived, TaskCompletionSource Released) HoldWrites(CodaGateway coda)
    {
        var (arrived, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        coda.Coda.On(
            "POST /apis/v1/docs/AbCDeFGHij/tables/grid-1/rows",
            async context =>
            {
                arrived.TrySetResult();
                await released.Task;
                context.Response.StatusCode = 202;
                await context.Response.WriteAsync("""{"requestId":"r1","addedRowIds":["i-1"]}""");
            }
        );
        return (arrived, released);
    }

    private static int Writes(CodaGateway coda) => coda.Coda.Received.Count(request => request.Method == "POST");

    /// <summary>A call over plain HTTP, which the caller can leave.</summary>
    private static async Task<string> PostAsync(
        CodaGateway coda,
        int id,
        string tool,
        string arguments,
        CancellationToken cancellationToken
    )
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, coda.Gateway.McpUrl)
        {
            Content = new StringContent(
                $$"""{"jsonrpc":"2.0","id":{{id}},"method":"tools/call","params":{"name":"{{tool}}","arguments":{{arguments}} } }""",
                Encoding.UTF8,
                "application/json"
            ),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", CodaGateway.Caller);
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        using var response = await http.SendAsync(request, cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }
}
