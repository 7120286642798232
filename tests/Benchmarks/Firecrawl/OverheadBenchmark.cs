using System.Globalization;
using Benchmarks.Pipeline;
using McpGateway.Testing;

namespace Benchmarks.Firecrawl;

/// <summary>
/// What firecrawl-mcp adds to a scrape at 16 connections: through the gateway's own process, against the same request sent straight to the same stub of the
/// API, in interleaved rounds. At the pace of callers who have something else to do as well, and without a pause, where 16 connections want more than the
/// processors have, and the time of a call is mostly its wait for one.
/// </summary>
public static class OverheadBenchmark
{
    private const int Connections = 16;
    private const int Rounds = 9;
    private const int Pages = 10_000;
    private const string Token = "a-token-for-the-benchmark-alone";

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(16);

    /// <param name="programs">Paths of other builds of the gateway, to be measured beside the one at hand.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> programs)
    {
        await using var api = await StubFirecrawl.StartAsync();
        var gateways = new List<GatewayProcess>();
        try
        {
            var contenders = new List<Contender>
            {
                new("the API directly", null, new(new(api.Url + "/v2/scrape"), "application/json", null, Body(0), "# Page 0")),
            };
            foreach (var program in programs.Prepend(null))
            {
                var gateway = await StartAsync(api.Url, program);
                gateways.Add(gateway);
                var name = program is null ? "through firecrawl-mcp" : $"through {program}";
                contenders.Add(new(name, gateway, Load(gateway, 1)));
                contenders.Add(new(name + ", 10,000 pages in turn", gateway, Load(gateway, Pages)));
            }

            foreach (var contender in contenders)
            {
                await contender.Load.RunAsync(Connections, WarmUp);
            }

            Console.WriteLine("| each connection calls | way | calls/s | p50 ms | added | p99 ms | processor µs of the gateway |");
            Console.WriteLine("|---|---|---|---|---|---|---|");
            await CompareAsync(contenders, "every 16 ms", Pace);
            await CompareAsync(contenders, "without a pause", null);
        }
        finally
        {
            foreach (var gateway in gateways)
            {
                await gateway.DisposeAsync();
            }
        }

        return 0;
    }

    private static async Task CompareAsync(IReadOnlyList<Contender> contenders, string when, TimeSpan? pace)
    {
        var runs = await Interleaved.MeasureAsync(contenders, Rounds, contender => MeasureAsync(contender, pace));
        var direct = runs[contenders[0]];
        foreach (var (contender, ours) in runs)
        {
            // The difference of each round's neighbours: a busy machine slows both.
            var added = Median(ours.Zip(direct, (o, d) => (o.Load.Median - d.Load.Median).TotalMilliseconds));
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {when} | {contender.Name} | {Median(ours.Select(r => r.Load.PerSecond)):0} "
                        + $"| {Median(ours.Select(r => r.Load.Median.TotalMilliseconds)):0.00} | {added:0.00} "
                        + $"| {Median(ours.Select(r => r.Load.Slow.TotalMilliseconds)):0.00} | {Median(ours.Select(r => r.Microseconds)):0} |"
                )
            );
        }
    }

    private static async Task<Run> MeasureAsync(Contender contender, TimeSpan? pace)
    {
        var before = UsedBy(contender);
        var load = await contender.Load.RunAsync(Connections, Duration, pace);
        return new(load, (UsedBy(contender) - before).TotalMicroseconds / load.Calls);
    }

    private static TimeSpan UsedBy(Contender contender) => contender.Gateway is { Id: var id } ? ProcessTime.Of(id) : TimeSpan.Zero;

    private static Task<GatewayProcess> StartAsync(string api, string? program) =>
        GatewayProcess.StartAsync(
            "Firecrawl",
            new Dictionary<string, string?>
            {
                ["FIRECRAWL_API_KEY"] = "fc-key-of-the-benchmark",
                ["FIRECRAWL_API_URL"] = api,
                ["MCP_BEARER_TOKEN"] = Token,
                ["RATE_LIMIT_PER_SECOND"] = "0",
                ["AUDIT_LOG"] = "/dev/null",
            },
            program: program
        );

    private static LoadGenerator Load(GatewayProcess gateway, int pages)
    {
        var calls = Enumerable
            .Range(0, pages)
            .Select(page => LoadGenerator.RequestOf(gateway.McpUrl, "application/json", Token, Call(page)))
            .ToList();
        return new(gateway.McpUrl, (connection, call) => calls[((call * Connections) + connection) % pages], "# Page 0");
    }

    private static string Call(int page) =>
        $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"firecrawl_scrape","arguments":{{{Body(page)}}}}}""";

    private static string Body(int page) => $$"""{"url":"https://93.184.215.14/{{page}}"}""";

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private sealed record Contender(string Name, GatewayProcess? Gateway, LoadGenerator Load);

    private sealed record Run(Load Load, double Microseconds);
}
