using System.Net;
using System.Text.Json;
using McpGateway.Testing;

namespace EndToEnd.OAuth;

/// <summary>Four processes on one state, a file or a database: what may happen once happens once, and what is counted is counted together.</summary>
public sealed class SharedStateSpecs : IAsyncDisposable
{
    private const int Processes = 4;
    private const string Token = "shared-state-token-0123";
    private const string Call = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_graph","arguments":{}}}""";
    private const string Redirect = "http://localhost:9/callback";

    private readonly DirectoryInfo folder = TemporaryFolder.Create("shared-state-");
    private readonly List<GatewayProcess> gateways = [];
    private TestPostgres? postgres;
    private string? database;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (var gateway in gateways)
        {
            await gateway.DisposeAsync();
        }

        if (postgres is not null)
        {
            await postgres.DisposeAsync();
        }

        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_code_has_one_winner_and_its_replay_ends_the_connection_everywhere(bool inDatabase)
    {
        await StartAsync(inDatabase);
        var client = await OAuthProcess.RegisterAsync(gateways[0], Redirect);
        for (var round = 0; round < 10; round++)
        {
            var code = await OAuthProcess.CodeOfAsync(gateways[round % Processes], client, Redirect);
            var answers = await Task.WhenAll(
                Enumerable.Range(0, 20).Select(i => OAuthProcess.RedeemAsync(gateways[i % Processes], client, Redirect, code))
            );
            var winner = Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
            Assert.All(answers.Where(answer => answer != winner), answer => Assert.Contains("invalid_grant", answer.Text));
            var access = JsonElement.Parse(winner.Text).GetProperty("access_token").GetString()!;
            foreach (var gateway in gateways)
            {
                await Eventually.IsAsync(
                    async () => (await CallAsync(gateway, access)).Status == HttpStatusCode.Unauthorized,
                    "A process still takes the token of a connection that has ended.",
                    TimeSpan.FromSeconds(2)
                );
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_budget_is_counted_to_the_call_also_when_a_process_is_killed(bool inDatabase)
    {
        const int Most = 1_200;
        (string, string?)[] settings = [("MCP_BEARER_TOKENS", $"n8n={Token};calls={Most}/day"), ("RATE_LIMIT_PER_SECOND", "0")];
        await StartAsync(inDatabase, settings);
        var ran = 0;
        var killed = gateways[0];
        await Task.WhenAll(
            Enumerable
                .Range(0, 64)
                .Select(async i =>
                {
                    // Until each process that lives says no.
                    for (var (gateway, refused) = (i, 0); refused < Processes; gateway++)
                    {
                        if (await TryCallAsync(gateways[gateway % Processes]))
                        {
                            refused = 0;
                            if (Interlocked.Increment(ref ran) == Most / 3)
                            {
                                await killed.KillAsync();
                            }
                        }
                        else
                        {
                            refused++;
                        }
                    }
                })
        );
        // What the killed one had leased, a hundredth, stays used, and of its running calls nobody heard.
        Assert.InRange(ran, Most - (Most / 100) - 64, Most);
        await using var again = await GatewayProcess.StartAsync("Memory", Settings(FreePort.Find(), settings));
        Assert.Contains("is used up", (await CallAsync(again, Token)).Text, StringComparison.Ordinal);
    }

    private async Task StartAsync(bool inDatabase, params (string Name, string? Value)[] settings)
    {
        if (inDatabase)
        {
            postgres = await TestPostgres.StartAsync();
            database = await postgres.CreateDatabaseAsync();
        }

        var port = FreePort.Find();
        for (var i = 0; i < Processes; i++)
        {
            gateways.Add(await GatewayProcess.StartAsync("Memory", Settings(i == 0 ? port : 0, settings, port)));
        }
    }

    private Dictionary<string, string?> Settings(int port, (string Name, string? Value)[] settings, int? publicPort = null) =>
        new(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)))
        {
            ["DATA_PATH"] = database is null ? folder.FullName : Path.Combine(folder.FullName, Guid.NewGuid().ToString("N")),
            ["STATE"] = database,
            ["PORT"] = $"{port}",
            ["PUBLIC_URL"] = $"http://127.0.0.1:{publicPort ?? port}",
            ["OPERATOR_SECRET"] = OAuthProcess.Secret,
        };

    private static async Task<bool> TryCallAsync(GatewayProcess gateway)
    {
        try
        {
            return !(await CallAsync(gateway, Token)).Text.Contains("\"isError\":true", StringComparison.Ordinal);
        }
        catch (HttpRequestException)
        {
            // The one that was killed.
            return false;
        }
    }

    private static async Task<Answer> CallAsync(GatewayProcess gateway, string token)
    {
        using var response = await gateway.PostAsync(Call, token, Cancellation);
        return new(response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation));
    }
}
