using System.Globalization;

namespace Benchmarks.Pipeline;

/// <summary>
/// What the pipeline costs: a tools/call through all of it (bearer, audit to a file, rate limit, events or one JSON object)
/// against the same tool on the SDK's bare endpoint, in interleaved rounds.
/// </summary>
public static class PipelineBenchmark
{
    private const int Rounds = 15;

    // Tiered compilation has settled by then.
    private const int CallsToWarmUp = 60_000;

    private const string Token = "a-token-for-the-benchmark-alone";
    private const string Call = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"text":"hello"}}}""";
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);

    public static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("pipeline-benchmark-");
        await using var bare = await ServerProcess.StartAsync(PipelineServers.Bare, []);
        await using var gateway = await ServerProcess.StartAsync(
            PipelineServers.Gateway,
            new()
            {
                ["MCP_BEARER_TOKEN"] = Token,
                ["RATE_LIMIT_PER_SECOND"] = "100000",
                ["AUDIT_LOG"] = Path.Combine(folder.FullName, "audit.jsonl"),
            }
        );
        await using var lent = await ServerProcess.StartAsync(
            PipelineServers.Gateway,
            new()
            {
                ["MCP_BEARER_TOKENS"] =
                    $"n8n={Token};tools=e* read_more;deny=read_more;calls=1000000/minute;calls=100000000/day;tokens=10000000000/day;expires=2099-01-01",
                ["BUDGET"] = "calls=1000000000/month",
                ["RATE_LIMIT_PER_SECOND"] = "100000",
                ["DATA_PATH"] = folder.FullName,
                ["AUDIT_LOG"] = Path.Combine(folder.FullName, "audit-of-lent.jsonl"),
            }
        );
        Contender[] contenders =
        [
            new("bare SDK endpoint, events", bare, new(bare.McpUrl, "application/json, text/event-stream", null, Call)),
            new("gateway, events", gateway, new(gateway.McpUrl, "application/json, text/event-stream", Token, Call)),
            new("gateway, JSON", gateway, new(gateway.McpUrl, "application/json", Token, Call)),
            new("gateway with rights and budgets, JSON", lent, new(lent.McpUrl, "application/json", Token, Call)),
        ];

        foreach (var contender in contenders)
        {
            for (var calls = 0; calls < CallsToWarmUp; )
            {
                calls += (await contender.Load.RunAsync(16, Duration)).Calls;
            }
        }

        Console.WriteLine("| connections | way | calls/s | of bare | p50 ms | of bare | server CPU µs/call |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var connections in (int[])[1, 16])
        {
            await CompareAsync(contenders, connections);
        }

        folder.Delete(recursive: true);
        return 0;
    }

    private static async Task CompareAsync(Contender[] contenders, int connections)
    {
        var runs = contenders.ToDictionary(c => c, _ => new List<Run>());
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var contender in contenders)
            {
                var before = contender.Server.ProcessorTime;
                var load = await contender.Load.RunAsync(connections, Duration);
                runs[contender]
                    .Add(
                        new(
                            load.PerSecond,
                            load.Median.TotalMilliseconds,
                            (contender.Server.ProcessorTime - before).TotalMicroseconds / load.Calls
                        )
                    );
            }
        }

        var bare = runs[contenders[0]];
        foreach (var (contender, ours) in runs)
        {
            // The ratio of each round's neighbours: a busy machine slows both.
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {connections} | {contender.Name} | {Median(ours.Select(r => r.PerSecond)):0} | {Median(ours.Zip(bare, (o, b) => o.PerSecond / b.PerSecond)):0.00} "
                        + $"| {Median(ours.Select(r => r.Milliseconds)):0.000} | {Median(ours.Zip(bare, (o, b) => o.Milliseconds / b.Milliseconds)):0.00} "
                        + $"| {Median(ours.Select(r => r.Microseconds)):0} |"
                )
            );
        }
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private sealed record Contender(string Name, ServerProcess Server, LoadGenerator Load);

    private sealed record Run(double PerSecond, double Milliseconds, double Microseconds);
}
