using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using EndToEnd.Deployment;
using McpGateway.Testing;

namespace EndToEnd.Instances;

/// <summary>
/// Four instances of the memory behind nginx on one PostgreSQL, of which one instance and then the database are killed under load. Some seconds;
/// <c>INSTANCES_FOR=300</c> in the environment makes it last that many.
/// </summary>
public sealed class MemoryInstanceSpecs(ITestOutputHelper output) : IAsyncDisposable
{
    private const string Host = "memory.test";
    private const string Token = "a-token-of-the-instance-specs-0123456789";
    private const int Instances = 4;
    private const int WritesOfPhase = 60;

    /// <summary>Within which reads succeed again once the database does.</summary>
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(5);

    private readonly List<GatewayProcess> instances = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in instances)
        {
            await instance.DisposeAsync();
        }
    }

    [Fact]
    public async Task Nothing_acknowledged_is_lost_or_doubled_and_no_answer_is_wrong_when_an_instance_and_the_database_are_killed()
    {
        await using var postgres = await TestPostgres.StartAsync();
        var url = await postgres.CreateDatabaseAsync();
        for (var i = 0; i < Instances; i++)
        {
            instances.Add(await StartAsync(url, 0));
        }

        await using var nginx = await NginxProxy.StartAsync(
            new Dictionary<string, int> { [Host] = instances[0].Url.Port },
            new NginxSetUp
            {
                Rate = "100000r/s",
                Burst = 1_000,
                Further = [.. instances.Skip(1).Select(i => i.Url.Port)],
            }
        );
        var crowd = new MemoryCrowd(() => ClientOf(nginx));
        using var end = new CancellationTokenSource();
        var running = crowd.RunAsync(end.Token);
        TimeSpan recovered;
        try
        {
            recovered = await KillAsync(crowd, postgres, url);
        }
        finally
        {
            await end.CancelAsync();
            await running;
        }

        output.WriteLine($"{crowd.Summary}; every instance read again {recovered.TotalSeconds:0.00} s after the database was back");
        Assert.Empty(crowd.Wrong);
        var stored = await ReadAllAsync(nginx);
        Assert.Empty(crowd.Acknowledged.Except(stored));
        Assert.Empty(crowd.Denied.Intersect(stored));
        Assert.Equal(stored.Count, stored.Distinct().Count());
        var made = await postgres.RunSqlAsync(
            url[(url.LastIndexOf('/') + 1)..],
            "SELECT count(*) - count(DISTINCT subject) FROM memory.log WHERE operation = 'create_entity'"
        );
        Assert.Equal("0", made.Trim());
    }

    /// <summary>Kills an instance, and then the database.</summary>
    /// <returns>How long after the database every instance could read again.</returns>
    private async Task<TimeSpan> KillAsync(MemoryCrowd crowd, TestPostgres postgres, string url)
    {
        await GoOnAsync(crowd);
        var port = instances[1].Url.Port;
        await instances[1].KillAsync();
        await GoOnAsync(crowd);
        await instances[1].DisposeAsync();
        instances[1] = await StartAsync(url, port);
        await GoOnAsync(crowd);

        await postgres.KillAsync();
        var before = crowd.Calls;
        await Eventually.IsAsync(() => crowd.Calls > before + 40, "Calls hang while the database is away.");
        await postgres.StartServerAsync();
        var back = Stopwatch.GetTimestamp();
        await Eventually.IsAsync(async () => Array.TrueForAll(await CanReadAsync(), can => can), "Reads do not come back.", Recovery);
        var recovered = Stopwatch.GetElapsedTime(back);
        await GoOnAsync(crowd);
        return recovered;
    }

    /// <summary>Some more writes are acknowledged, or the time of a quarter of the run is over.</summary>
    private static async Task GoOnAsync(MemoryCrowd crowd)
    {
        var before = crowd.Acknowledged.Count;
        var began = Stopwatch.GetTimestamp();
        var least = int.TryParse(
            Environment.GetEnvironmentVariable("INSTANCES_FOR"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var seconds
        )
            ? TimeSpan.FromSeconds(seconds / 4.0)
            : TimeSpan.Zero;
        await Eventually.IsAsync(
            () => crowd.Acknowledged.Count > before + WritesOfPhase && Stopwatch.GetElapsedTime(began) >= least,
            $"Writes stand still: {crowd.Summary}",
            least + TimeSpan.FromMinutes(1)
        );
    }

    private Task<bool[]> CanReadAsync() =>
        Task.WhenAll(
            instances.Select(async instance =>
            {
                const string Call = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"memory_stats","arguments":{}}}""";
                using var response = await instance.PostAsync(Call, Token);
                return response.StatusCode == HttpStatusCode.OK
                    && !(await response.Content.ReadAsStringAsync()).Contains("\"isError\":true", StringComparison.Ordinal);
            })
        );

    private static async Task<List<string>> ReadAllAsync(NginxProxy nginx)
    {
        using var client = ClientOf(nginx);
        var names = new List<string>();
        foreach (var space in MemoryCrowd.Spaces)
        {
            using var response = await client.GetAsync(new Uri($"/export/n/{space}?format=official", UriKind.Relative));
            response.EnsureSuccessStatusCode();
            names.AddRange(
                (await response.Content.ReadAsStringAsync())
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line => JsonElement.Parse(line).GetProperty("name").GetString()!)
            );
        }

        return names;
    }

    private static HttpClient ClientOf(NginxProxy nginx)
    {
        var client = nginx.CreateClient(Host);
        client.DefaultRequestHeaders.Authorization = new("Bearer", Token);
        return client;
    }

    private static Task<GatewayProcess> StartAsync(string url, int port) =>
        GatewayProcess.StartAsync(
            "Memory",
            new Dictionary<string, string?>
            {
                ["PORT"] = $"{port}",
                ["MEMORY_DATABASE"] = url,
                ["STATE"] = url,
                ["MCP_BEARER_TOKEN"] = Token,
                ["PUBLIC_URL"] = $"https://{Host}",
                ["TRUST_DOWNSTREAM_PROXY"] = "true",
                ["RATE_LIMIT_PER_SECOND"] = "0",
            }
        );
}
