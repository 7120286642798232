using System.Net;
using System.Net.Sockets;
using McpGateway.Specs.Rights;
using McpGateway.State.Postgres;
using McpGateway.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpGateway.Specs.State;

/// <summary>
/// A database that does not answer is waited for in the first seconds, as most outages are short. Once it is known to be away, calls fail at once,
/// and one a second looks.
/// </summary>
public sealed class OutageSpecs(SharedDatabase database) : IClassFixture<SharedDatabase>
{
    private const string Budgeted = "token-with-a-budget-0123456789";
    private const string Made = "mcp_that-may-have-been-made-beside-it";

    private readonly RunningClock time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_waited_for_once_and_then_asked_by_one_call_a_second()
    {
        using var silent = new Refusing();
        await using var server = Connect($"postgres://u:p@127.0.0.1:{silent.Port}/d?sslmode=disable");
        var began = time.GetUtcNow();
        await FailAsync(server);
        Assert.InRange(time.GetUtcNow() - began, TimeSpan.FromSeconds(3), TimeSpan.MaxValue);
        Assert.InRange(silent.Asked, 4, 100);

        // The clock stands still but for the second.
        foreach (var (pause, expected) in new[] { (0, 0), (1, 1), (1, 1), (0, 0) })
        {
            time.Advance(TimeSpan.FromSeconds(pause));
            var before = silent.Asked;
            var failed = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => FailAtOnceAsync(server)));
            // The driver may try its connection a second time.
            Assert.InRange(silent.Asked - before, expected, 2 * expected);
            Assert.All(failed, message => Assert.Contains("cannot be reached", message, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task It_works_again_within_a_second_of_its_return_and_a_short_outage_is_not_noticed()
    {
        await using var server = Connect(await database.CreateAsync());
        Assert.Equal(1, await server.ReadAsync(One, TransactionTimes.OfCall, Cancellation));
        await database.Server.KillAsync();
        var waiting = server.ReadAsync(One, TransactionTimes.OfCall, Cancellation);
        await database.Server.StartServerAsync();
        Assert.Equal(1, await time.WhileAsync(waiting, TimeSpan.FromMilliseconds(50)));

        await database.Server.KillAsync();
        await FailAsync(server);
        await FailAtOnceAsync(server);
        await database.Server.StartServerAsync();
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await server.ReadAsync(One, TransactionTimes.OfCall, Cancellation));
        Assert.Equal(1, server.Read(One, TransactionTimes.OfCall));
    }

    [Fact]
    public async Task A_name_that_leads_nowhere_is_told_in_words_too()
    {
        await using var server = Connect("postgres://u:p@nowhere.invalid/d");
        await FailAsync(server);
        Assert.Contains("nowhere.invalid/d cannot be reached", await FailAtOnceAsync(server), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_needs_it_is_told_at_once_while_it_is_known_to_be_away_and_all_else_goes_on()
    {
        await using var gateway = await RightsService.StartAsync(
            new(),
            time,
            ("STATE", await database.CreateAsync()),
            ("MCP_BEARER_TOKENS", $"n8n={Budgeted};calls=100/day,ana={SpecService.Token}"),
            ("CONFIRM_DESTRUCTIVE", "page"),
            ("OPERATOR_SECRET", OperatorBrowser.Secret)
        );
        await database.Server.KillAsync();
        try
        {
            // What the server had begun may go on for a moment.
            await Eventually.IsAsync(
                async () =>
                {
                    time.Advance(TimeSpan.FromSeconds(1));
                    var (status, _) = await time.WhileAsync(CallAsync(gateway, Made, "search_books"));
                    return status == HttpStatusCode.ServiceUnavailable;
                },
                "A token is taken that cannot be looked up."
            );
            time.Advance(TimeSpan.FromSeconds(1));
            // The clock stands still: whoever waits never ends.
            for (var i = 0; i < 20; i++)
            {
                var (made, _) = await CallAsync(gateway, Made, "search_books");
                Assert.Equal(HttpStatusCode.ServiceUnavailable, made);
                var (_, counted) = await CallAsync(gateway, Budgeted, "search_books");
                Assert.Contains("cannot count this call against its budgets at present", counted, StringComparison.Ordinal);
                var (_, asked) = await CallAsync(gateway, SpecService.Token, "delete_book");
                Assert.Contains("cannot store questions at present. Nothing was done.", asked, StringComparison.Ordinal);
                var (_, free) = await CallAsync(gateway, SpecService.Token, "search_books");
                Assert.Contains("done: search_books", free, StringComparison.Ordinal);
            }
        }
        finally
        {
            await database.Server.StartServerAsync();
        }
    }

    private static async Task<(HttpStatusCode Status, string Text)> CallAsync(Gateway gateway, string token, string tool)
    {
        using var response = await gateway.PostAsync(SpecService.Call(tool), token).WaitAsync(TimeSpan.FromMinutes(1), Cancellation);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation));
    }

    private static long One(PostgresTransaction transaction) => (long)transaction.Read("SELECT 1::bigint")[0][0]!;

    private PostgresServer Connect(string url) => new(PostgresUrl.Parse("STATE", url), new("outage", []), time, NullLogger.Instance);

    /// <summary>Waits for it in vain, until it is known to be away.</summary>
    private async Task FailAsync(PostgresServer server)
    {
        await time.WhileAsync(Assert.ThrowsAsync<DatabaseException>(() => server.WriteAsync(One, TransactionTimes.OfCall, Cancellation)));
        time.Advance(TimeSpan.FromSeconds(1));
        await FailAtOnceAsync(server);
    }

    private static async Task<string> FailAtOnceAsync(PostgresServer server) =>
        (
            await Assert
                .ThrowsAsync<DatabaseException>(() => server.ReadAsync(One, TransactionTimes.OfCall, Cancellation))
                .WaitAsync(TimeSpan.FromMinutes(1), Cancellation)
        ).Message;

    /// <summary>Takes connections and ends them.</summary>
    private sealed class Refusing : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private int asked;

        public Refusing()
        {
            listener.Start();
            _ = RefuseAsync();
        }

        public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

        public int Asked => Volatile.Read(ref asked);

        public void Dispose() => listener.Dispose();

        private async Task RefuseAsync()
        {
            try
            {
                while (true)
                {
                    using var connection = await listener.AcceptTcpClientAsync(Cancellation);
                    Interlocked.Increment(ref asked);
                }
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // Disposed of.
            }
        }
    }
}
