using System.Collections.Concurrent;
using System.Diagnostics;
using McpGateway.Testing;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace EndToEnd;

/// <summary>Two processes with one token of Coda's, on one state: together they keep to its limits.</summary>
public sealed class SharedLimitSpecs : IAsyncDisposable
{
    private const string Token = "shared-limit-token-0123456789abcdef";
    private const string Doc = "/apis/v1/docs/AbCDeFGHij";

    private readonly TemporaryFolder folder = new();
    private readonly List<GatewayProcess> gateways = [];
    private readonly List<McpClient> clients = [];
    private readonly ConcurrentQueue<TimeSpan> writes = new();
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private StubUpstream? coda;
    private TestPostgres? postgres;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }

        foreach (var gateway in gateways)
        {
            await gateway.DisposeAsync();
        }

        foreach (var part in new IAsyncDisposable?[] { coda, postgres }.OfType<IAsyncDisposable>())
        {
            await part.DisposeAsync();
        }

        folder.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_window_has_more_requests_than_the_token_may_make(bool inDatabase)
    {
        const int Limit = 3;
        var window = TimeSpan.FromSeconds(4);
        await StartAsync(inDatabase, ("CODA_LIMIT_CONTENT_WRITES", $"{Limit}/{window.TotalSeconds:0}"));
        var begun = watch.Elapsed;
        var calls = Enumerable
            .Range(0, 12)
            .Select(n => CallAsync(n % 2, "coda_upsert_rows", ("rows", new[] { new { Task = $"Row {n}" } })));
        Assert.All(await Task.WhenAll(calls), text => Assert.Contains("pending", text, StringComparison.Ordinal));
        var times = writes.Order().ToList();
        Assert.Equal(12, times.Count);
        for (var index = Limit; index < times.Count; index++)
        {
            // Clocks of several processes differ by less.
            var earliest = begun + index / Limit * window - TimeSpan.FromSeconds(0.1);
            Assert.True(times[index] > earliest, $"{begun}: {string.Join(' ', times)}");
            // Nor at the edge of two windows, where a busy machine brings a request later than it was sent.
            Assert.True(times[index] - times[index - Limit] > window / 2, $"{begun}: {string.Join(' ', times)}");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_limit_that_one_of_them_found_used_up_is_known_to_the_other(bool inDatabase)
    {
        await StartAsync(inDatabase);
        coda!
            .On($"GET {Doc}/tables/grid-9x", "{}", 429, ("Retry-After", "300"))
            .On($"GET {Doc}/tables/grid-9x", """{"id":"grid-9x","name":"Projects","tableType":"table"}""");
        Assert.Contains("rate limit is used up", await ReadAsync(0), StringComparison.Ordinal);
        await Eventually.IsAsync(
            async () => (await ReadAsync(1)).Contains("rate limit is used up", StringComparison.Ordinal),
            "The other process goes on asking.",
            TimeSpan.FromSeconds(5)
        );

        Task<string> ReadAsync(int process) => CallAsync(process, "coda_get_table", ("tableIdOrName", "grid-9x"));
    }

    [Fact]
    public async Task Without_the_database_each_keeps_the_limits_by_itself()
    {
        await StartAsync(inDatabase: true);
        await postgres!.KillAsync();
        Assert.Contains("Tasks", await CallAsync(0, "coda_list_tables"), StringComparison.Ordinal);
        Assert.Contains(gateways[0].Logs, line => line.Contains("this one keeps them by itself", StringComparison.Ordinal));
    }

    private async Task StartAsync(bool inDatabase, params (string Name, string Value)[] settings)
    {
        coda = await StubUpstream.StartAsync();
        coda.On($"GET {Doc}/tables", """{"items":[{"id":"grid-1x","name":"Tasks","tableType":"table"}]}""")
            .On($"GET {Doc}/tables/grid-1x", """{"id":"grid-1x","name":"Tasks","tableType":"table"}""")
            .On($"GET {Doc}/tables/grid-1x/columns", """{"items":[{"id":"c-1","name":"Task","format":{"type":"text","isArray":false}}]}""")
            .On("GET /apis/v1/mutationStatus/r1", """{"completed":false}""")
            .On(
                $"POST {Doc}/tables/grid-1x/rows",
                async context =>
                {
                    writes.Enqueue(watch.Elapsed);
                    context.Response.StatusCode = 202;
                    await context.Response.WriteAsync("""{"requestId":"r1"}""", Cancellation);
                }
            );
        var environment = new Dictionary<string, string?>
        {
            ["DATA_PATH"] = folder.Path,
            ["MCP_BEARER_TOKEN"] = Token,
            ["CODA_API_TOKEN"] = "coda-token-of-the-test",
            ["CODA_API_BASE_URL"] = $"{coda.Url}/apis/v1",
        };
        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        if (inDatabase)
        {
            postgres = await TestPostgres.StartAsync();
            environment["STATE"] = await postgres.CreateDatabaseAsync();
        }

        foreach (var _ in Enumerable.Range(0, 2))
        {
            gateways.Add(await GatewayProcess.StartAsync("Coda", environment));
            clients.Add(await gateways[^1].ConnectAsync(Token, Cancellation));
            await CallAsync(gateways.Count - 1, "coda_list_columns", ("tableIdOrName", "grid-1x"));
        }

        // Beside a file, a process looks for others once a second.
        await Task.Delay(inDatabase ? TimeSpan.Zero : TimeSpan.FromSeconds(1.1), Cancellation);
    }

    private async Task<string> CallAsync(int process, string tool, params (string Name, object? Value)[] arguments)
    {
        var all = new Dictionary<string, object?> { ["docId"] = "AbCDeFGHij" };
        if (tool == "coda_upsert_rows")
        {
            (all["tableIdOrName"], all["waitSeconds"]) = ("grid-1x", 0);
        }

        foreach (var (name, value) in arguments)
        {
            all[name] = value;
        }

        var result = await clients[process].CallToolAsync(tool, all, cancellationToken: Cancellation);
        return string.Join('\n', result.Content.OfType<TextContentBlock>().Select(block => block.Text));
    }
}
