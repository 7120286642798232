using EndToEnd.OAuth;
using McpGateway.Testing;

namespace EndToEnd.Instances;

/// <summary>
/// Instances of memory-mcp that share their state in one PostgreSQL, each with a memory of its own: balanced by hand, so that a spec says which
/// is called.
/// </summary>
internal sealed class StateInstances : IAsyncDisposable
{
    public const string Token = "state-instances-token-0123";

    private readonly Dictionary<string, string?> settings;
    private readonly List<GatewayProcess> gateways = [];
    private readonly List<GatewayProcess> gone = [];
    private readonly int publicPort = FreePort.Find();

    private StateInstances(TestPostgres postgres, string url, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        Postgres = postgres;
        this.settings = new(settings)
        {
            ["STATE"] = url,
            ["PUBLIC_URL"] = $"http://127.0.0.1:{publicPort}",
            ["OPERATOR_SECRET"] = OAuthProcess.Secret,
            ["RATE_LIMIT_PER_SECOND"] = "0",
        };
    }

    public TestPostgres Postgres { get; }

    /// <summary>The settings they share, for commands beside them.</summary>
    public IReadOnlyDictionary<string, string?> Settings => settings;

    public GatewayProcess this[int i] => gateways[i % gateways.Count];

    /// <param name="given">Settings beside those of the state and the login.</param>
    public static async Task<StateInstances> StartAsync(int count, params (string Name, string? Value)[] given)
    {
        var postgres = await TestPostgres.StartAsync();
        var url = await postgres.CreateDatabaseAsync();
        var instances = new StateInstances(postgres, url, given.Select(s => KeyValuePair.Create(s.Name, s.Value)));
        for (var i = 0; i < count; i++)
        {
            instances.gateways.Add(await instances.StartAsync(i == 0 ? instances.publicPort : 0));
        }

        return instances;
    }

    /// <summary>Kills an instance and starts another at its port.</summary>
    public async Task ReplaceAsync(int i)
    {
        // Somebody may be calling it: it is disposed of with the others.
        var killed = gateways[i];
        gone.Add(killed);
        await killed.KillAsync();
        gateways[i] = await StartAsync(killed.Url.Port);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var gateway in gateways.Concat(gone))
        {
            await gateway.DisposeAsync();
        }

        await Postgres.DisposeAsync();
    }

    private Task<GatewayProcess> StartAsync(int port) =>
        GatewayProcess.StartAsync("Memory", new Dictionary<string, string?>(settings) { ["PORT"] = $"{port}" });
}
