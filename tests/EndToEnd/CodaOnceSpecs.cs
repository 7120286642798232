using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using McpGateway.Testing;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;

namespace EndToEnd;

/// <summary>Clients that give up before Coda is done, and make the same call again, leave each row once.</summary>
public sealed class CodaOnceSpecs
{
    private const string Token = "caller-token-0123456789abcdef0123456789abcdef";
    private const string CSharp = "C#";
    private const int Deadline = 20;
    private const string Doc = "/apis/v1/docs/AbCDeFGHij";

    [Theory]
    [InlineData("sdk-v1")]
    [InlineData("sdk-v2")]
    [InlineData(CSharp)]
    public async Task Twenty_writers_at_once_whose_time_is_over_leave_each_row_once(string sdk)
    {
        var calls = Enumerable.Range(1, 20).Select(n => new ToolCall("coda_upsert_rows", Rows("tasks", n, 1)));
        var (written, timeouts) = await WriteAsync(sdk, calls);
        Assert.Equal(Enumerable.Range(1, 20).Select(n => $"Row {n}"), written);
        Assert.NotEqual(0, timeouts);
    }

    [Theory]
    [InlineData("sdk-v1")]
    [InlineData("sdk-v2")]
    [InlineData(CSharp)]
    public async Task A_large_import_whose_time_is_over_leaves_each_row_once(string sdk)
    {
        var (written, timeouts) = await WriteAsync(sdk, [new("coda_upsert_rows", Rows("grid-1x", 1, 2_000))]);
        Assert.Equal(Enumerable.Range(1, 2_000).Select(n => $"Row {n}"), written);
        Assert.NotEqual(0, timeouts);
    }

    /// <summary>More than the calls have time for: each is answered by its deadline all the same, and what was not done is done by the next.</summary>
    [Fact]
    public async Task Twenty_writers_at_once_hear_by_the_deadline_and_leave_each_row_once() =>
        await Task.WhenAll(
            ((string[])["sdk-v1", "sdk-v2", CSharp]).Select(async sdk =>
            {
                var calls = Enumerable.Range(1, 20).Select(n => new ToolCall("coda_upsert_rows", Rows("tasks", n, 1)));
                var (written, timeouts) = await WriteAsync(sdk, calls, pace: "3/3", patience: 23_000);
                Assert.Equal(Enumerable.Range(1, 20).Select(n => $"Row {n}"), written);
                Assert.Equal(0, timeouts);
            })
        );

    [Theory]
    [InlineData("sdk-v1")]
    [InlineData("sdk-v2")]
    public async Task A_write_that_a_power_cut_ended_is_not_made_again(string sdk)
    {
        var written = new ConcurrentQueue<string>();
        var arrived = new TaskCompletionSource();
        await using var coda = await StartCodaAsync(
            written,
            async context =>
            {
                arrived.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
            }
        );
        using var data = new TemporaryFolder();
        ToolCall[] calls = [new("coda_upsert_rows", Rows("grid-1x", 1, 1))];
        await using (var before = await StartGatewayAsync(coda, "3/1", data.Path))
        {
            // It would wait for its answer for a minute.
            using var client = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            var cutOff = ClientSession.HoldAsync(sdk, before.McpUrl, Token, calls, client.Token);
            await arrived.Task.WaitAsync(Hang.After, TestContext.Current.CancellationToken);
            await before.KillAsync();
            await client.CancelAsync();
            await Assert.ThrowsAnyAsync<Exception>(() => cutOff);
        }

        await using var gateway = await StartGatewayAsync(coda, "3/1", data.Path);
        var session = await ClientSession.HoldAsync(sdk, gateway.McpUrl, Token, calls);
        Assert.Contains("was cut off by a restart: it may have written", session.Results[0].ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(["Row 1"], written);
    }

    private static object Rows(string table, int first, int count) =>
        new
        {
            docId = "AbCDeFGHij",
            tableIdOrName = table,
            rows = Enumerable.Range(first, count).Select(n => new { Task = $"Row {n}" }),
        };

    /// <summary>The rows as they are in the end, and how often the client's time was over.</summary>
    /// <param name="pace">Coda's, ten times as fast unless told otherwise; and so is a client's patience.</param>
    private static async Task<(IReadOnlyList<string> Written, int Timeouts)> WriteAsync(
        string sdk,
        IEnumerable<ToolCall> calls,
        string pace = "3/1",
        int patience = 3_000
    )
    {
        var written = new ConcurrentQueue<string>();
        await using var coda = await StartCodaAsync(written, _ => Task.CompletedTask);
        await using var gateway = await StartGatewayAsync(coda, pace);
        var timeouts =
            sdk == CSharp
                ? await WriteByCSharpAsync(gateway, calls, patience)
                : await WriteByTypeScriptAsync(sdk, gateway, calls, patience);
        return ([.. written.OrderBy(name => int.Parse(name[4..], CultureInfo.InvariantCulture))], timeouts);
    }

    private static async Task<int> WriteByTypeScriptAsync(string sdk, GatewayProcess gateway, IEnumerable<ToolCall> calls, int patience)
    {
        var finished = await NodeProgram.RunClientAsync(
            "patient.mjs",
            [sdk, gateway.McpUrl.AbsoluteUri, Token],
            JsonSerializer.Serialize(new { timeout = patience, calls }, JsonSerializerOptions.Web),
            TestContext.Current.CancellationToken
        );
        using var told = JsonDocument.Parse(finished.Succeeded());
        return told.RootElement.GetProperty("timeouts").GetInt32();
    }

    /// <summary>As patient.mjs does.</summary>
    private static async Task<int> WriteByCSharpAsync(GatewayProcess gateway, IEnumerable<ToolCall> calls, int patience)
    {
        var timeouts = 0;
        await using var client = await gateway.ConnectAsync(Token, TestContext.Current.CancellationToken);
        await Task.WhenAll(calls.Select(call => MakeAsync(call.Name, ArgumentsOf(call))));
        return timeouts;

        async Task MakeAsync(string tool, Dictionary<string, object?> arguments)
        {
            for (var tries = 0; tries < 60; tries++)
            {
                using var time = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
                time.CancelAfter(patience);
                try
                {
                    var result = await client.CallToolAsync(tool, arguments, cancellationToken: time.Token);
                    if (result.IsError == true)
                    {
                        Assert.Contains(
                            "nothing was done",
                            result.Content.OfType<TextContentBlock>().First().Text,
                            StringComparison.Ordinal
                        );
                    }
                    else if (result.StructuredContent!.Value.TryGetProperty("continueFrom", out var next))
                    {
                        arguments["continueFrom"] = next;
                    }
                    else
                    {
                        return;
                    }
                }
                catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
                {
                    Interlocked.Increment(ref timeouts);
                }
            }

            Assert.Fail("It is never done.");
        }
    }

    private static Dictionary<string, object?> ArgumentsOf(ToolCall call) =>
        JsonSerializer
            .SerializeToElement(call.Arguments)
            .EnumerateObject()
            .ToDictionary(argument => argument.Name, argument => (object?)argument.Value);

    /// <summary>A Coda that keeps what is written before it responds.</summary>
    private static async Task<StubUpstream> StartCodaAsync(ConcurrentQueue<string> written, Func<HttpContext, Task> beforeAnswer) =>
        (await StubUpstream.StartAsync())
            .On($"GET {Doc}/tables", """{"items":[{"id":"grid-1x","name":"Tasks","tableType":"table"}]}""")
            .On($"GET {Doc}/tables/grid-1x", """{"id":"grid-1x","name":"Tasks","tableType":"table"}""")
            .On($"GET {Doc}/tables/grid-1x/columns", """{"items":[{"id":"c-1","name":"Task","format":{"type":"text","isArray":false}}]}""")
            .On("GET /apis/v1/mutationStatus/r1", """{"completed":false}""")
            .On(
                $"POST {Doc}/tables/grid-1x/rows",
                async context =>
                {
                    using var body = await JsonDocument.ParseAsync(context.Request.Body);
                    foreach (var row in body.RootElement.GetProperty("rows").EnumerateArray())
                    {
                        written.Enqueue(row.GetProperty("cells")[0].GetProperty("value").GetString()!);
                    }

                    await beforeAnswer(context);
                    context.Response.StatusCode = 202;
                    await context.Response.WriteAsync("""{"requestId":"r1"}""");
                }
            );

    private static Task<GatewayProcess> StartGatewayAsync(StubUpstream coda, string pace, string? folder = null)
    {
        var settings = new Dictionary<string, string?>
        {
            ["MCP_BEARER_TOKEN"] = Token,
            ["CODA_API_TOKEN"] = "coda-token-of-the-test",
            ["CODA_API_BASE_URL"] = $"{coda.Url}/apis/v1",
            ["CODA_LIMIT_CONTENT_WRITES"] = pace,
            ["CALL_DEADLINE_SECONDS"] = $"{Deadline}",
        };
        if (folder is not null)
        {
            settings["DATA_PATH"] = folder;
        }

        return GatewayProcess.StartAsync("Coda", settings);
    }
}
