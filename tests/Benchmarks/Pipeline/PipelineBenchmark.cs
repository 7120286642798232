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
    private const string Plain = "gateway, JSON";
    private const string Rights = "tools=e* read_more;deny=read_more;expires=2099-01-01";
    private const string Budgets = "calls=1000000/minute;calls=100000000/day;tokens=10000000000/day";
    private const string Call = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"text":"hello"}}}""";
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);

    public static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("pipeline-benchmark-");
        await using var bare = await ServerProcess.StartAsync(PipelineServers.Bare, []);
        await using var gateway = await ServerProcess.StartAsync(PipelineServers.Gateway, With("plain", ("MCP_BEARER_TOKEN", Token)));
        // A process of its own for each row: code is compiled by the profile of what it has run.
        await using var events = await ServerProcess.StartAsync(PipelineServers.Gateway, With("events", ("MCP_BEARER_TOKEN", Token)));
        await using var rights = await StartLentAsync("rights", Rights);
        await using var budgets = await StartLentAsync("budgets", $"{Rights};{Budgets}", ("BUDGET", "calls=1000000000/month"));
        var data = Path.Combine(folder.FullName, "made");
        var made = await PipelineServers.MakeTokenAsync(data, "--tools", "e* read_more", "--calls", "100000000/day");
        await using var runTime = await ServerProcess.StartAsync(PipelineServers.Gateway, With("made", ("DATA_PATH", data)));
        var granted = Path.Combine(folder.FullName, "granted");
        var client = await PipelineServers.MakeClientAsync(granted);
        await using var login = await ServerProcess.StartAsync(
            PipelineServers.Gateway,
            With("granted", [.. PipelineServers.Login(granted).Select(setting => (setting.Key, setting.Value))])
        );
        var access = await PipelineServers.LogInAsync(login.McpUrl, client);
        await using var console = await ServerProcess.StartAsync(
            PipelineServers.Gateway,
            With("console", ("MCP_BEARER_TOKEN", Token), ("OPERATOR_SECRET", "an-operator-secret-for-the-benchmark"))
        );
        await using var unseen = await ServerProcess.StartAsync(
            PipelineServers.Gateway,
            With("unseen", ("MCP_BEARER_TOKEN", Token), ("ACTIVITY_DAYS", "0"))
        );
        Contender[] contenders =
        [
            new("bare SDK endpoint, events", bare, Load(bare, "application/json, text/event-stream", null)),
            new("gateway, events", events, Load(events, "application/json, text/event-stream", Token)),
            new(Plain, gateway, Load(gateway, "application/json", Token)),
            new("with a console, JSON", console, Load(console, "application/json", Token)),
            new("without events for a console, JSON", unseen, Load(unseen, "application/json", Token)),
            new("with rights, JSON", rights, Load(rights, "application/json", Token)),
            new("with rights and budgets, JSON", budgets, Load(budgets, "application/json", Token)),
            new("a made token with rights and a budget, JSON", runTime, Load(runTime, "application/json", made)),
            new("a login's token, JSON", login, Load(login, "application/json", access)),
        ];

        foreach (var contender in contenders)
        {
            for (var calls = 0; calls < CallsToWarmUp; )
            {
                calls += (await contender.Load.RunAsync(16, Duration)).Calls;
            }
        }

        Console.WriteLine("| connections | way | calls/s | of bare | p50 ms | of bare | server CPU µs/call | calls/s, of gateway, JSON |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var connections in (int[])[1, 16])
        {
            await CompareAsync(contenders, connections);
        }

        folder.Delete(recursive: true);
        return 0;

        static LoadGenerator Load(ServerProcess server, string accept, string? token) => new(server.McpUrl, accept, token, Call);

        Task<ServerProcess> StartLentAsync(string name, string lent, params (string, string?)[] settings) =>
            ServerProcess.StartAsync(PipelineServers.Gateway, With(name, [("MCP_BEARER_TOKENS", $"n8n={Token};{lent}"), .. settings]));

        Dictionary<string, string?> With(string name, params (string Name, string? Value)[] settings) =>
            settings
                .Prepend(("RATE_LIMIT_PER_SECOND", "100000"))
                .Prepend(("DATA_PATH", Path.Combine(folder.FullName, name)))
                .Prepend(("AUDIT_LOG", Path.Combine(folder.FullName, $"audit-{name}.jsonl")))
                .GroupBy(setting => setting.Item1)
                .ToDictionary(setting => setting.Key, setting => setting.Last().Item2);
    }

    private static async Task CompareAsync(Contender[] contenders, int connections)
    {
        var runs = await Interleaved.MeasureAsync(contenders, Rounds, contender => MeasureAsync(contender, connections));
        var bare = runs[contenders[0]];
        var plain = runs[contenders.Single(contender => contender.Name == Plain)];
        foreach (var (contender, ours) in runs)
        {
            // The ratio of each round's neighbours: a busy machine slows both.
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {connections} | {contender.Name} | {Median(ours.Select(r => r.PerSecond)):0} | "
                        + $"{Median(ours.Zip(bare, (o, b) => o.PerSecond / b.PerSecond)):0.00} "
                        + $"| {Median(ours.Select(r => r.Milliseconds)):0.000} | {Median(ours.Zip(bare, (o, b) => o.Milliseconds / b.Milliseconds)):0.00} "
                        + $"| {Median(ours.Select(r => r.Microseconds)):0} "
                        + $"| {Median(ours.Zip(plain, (o, p) => o.PerSecond / p.PerSecond)):0.000} |"
                )
            );
        }
    }

    private static async Task<Run> MeasureAsync(Contender contender, int connections)
    {
        var before = contender.Server.ProcessorTime;
        var load = await contender.Load.RunAsync(connections, Duration);
        var used = contender.Server.ProcessorTime - before;
        return new(load.PerSecond, load.Median.TotalMilliseconds, used.TotalMicroseconds / load.Calls);
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private sealed record Contender(string Name, ServerProcess Server, LoadGenerator Load);

    private sealed record Run(double PerSecond, double Milliseconds, double Microseconds);
}
