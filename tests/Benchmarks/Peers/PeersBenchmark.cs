using System.Globalization;

namespace Benchmarks.Peers;

/// <summary>Ours beside what else serves MCP over HTTP: the same call of the same tool, in interleaved rounds.</summary>
public static class PeersBenchmark
{
    private const int Rounds = 15;
    private const int Connections = 16;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    public static async Task<int> RunAsync(string[] arguments)
    {
        var rounds = arguments is [var number] ? int.Parse(number, CultureInfo.InvariantCulture) : Rounds;
        var folder = Directory.CreateTempSubdirectory("peers-benchmark-");
        try
        {
            await CompareAsync(
                "echo",
                rounds,
                PeerServers.StartBareAsync,
                () => PeerServers.StartGatewayAsync(Path.Combine(folder.FullName, "echo")),
                PeerServers.StartTypeScriptAsync
            );
            await CompareAsync(
                "open_nodes of a memory of one entity",
                rounds,
                () => PeerServers.StartMemoryAsync(Sub("memory")),
                () => PeerServers.StartSupergatewayAsync(Sub("stateful"), isStateful: true),
                () => PeerServers.StartSupergatewayAsync(Sub("stateless"), isStateful: false),
                () => PeerServers.StartMcpProxyAsync(Sub("proxy"))
            );
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        string Sub(string name) => folder.CreateSubdirectory(name).FullName;
    }

    private static async Task CompareAsync(string what, int rounds, params Func<Task<Peer>>[] starts)
    {
        var peers = new List<Peer>();
        try
        {
            var memory = new Dictionary<Peer, double>();
            foreach (var start in starts)
            {
                var peer = await start();
                peers.Add(peer);
                await peer.OpenAsync(1);
                await peer.RunAsync(1, TimeSpan.Zero);
            }

            // What starting and the first call leave behind has settled.
            await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System);
            foreach (var peer in peers)
            {
                memory[peer] = await peer.ResidentAsync();
                await peer.OpenAsync(Connections);
                await peer.RunAsync(Connections, WarmUp);
            }

            Console.WriteLine($"{what}, {rounds} rounds of {Duration.TotalSeconds} s; load of the machine: {await LoadAverageAsync()}");
            Console.WriteLine("| server | connections | calls/s | of ours | p50 ms | p99 ms | memory at rest → after, MB |");
            Console.WriteLine("|---|---|---|---|---|---|---|");
            foreach (var connections in (int[])[1, Connections])
            {
                var runs = await Interleaved.MeasureAsync(peers, rounds, peer => peer.RunAsync(connections, Duration));
                var ours = runs[peers.Single(peer => peer.Name is "ours" or "memory-mcp")];
                foreach (var (peer, loads) in runs)
                {
                    var after = await peer.ResidentAsync();
                    Console.WriteLine(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"| {peer.Name} | {connections} | {Median(loads.Select(l => l.PerSecond)):0} "
                                + $"| {Median(loads.Zip(ours, (l, o) => l.PerSecond / o.PerSecond)):0.000} "
                                + $"| {Median(loads.Select(l => l.Median.TotalMilliseconds)):0.00} "
                                + $"| {Median(loads.Select(l => l.Slow.TotalMilliseconds)):0.0} | {memory[peer]:0} → {after:0} |"
                        )
                    );
                }
            }

            Console.WriteLine($"Load of the machine at the end: {await LoadAverageAsync()}");
        }
        finally
        {
            foreach (var peer in peers)
            {
                await peer.DisposeAsync();
            }
        }
    }

    private static async Task<string> LoadAverageAsync() =>
        string.Join(' ', (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[..3]);

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
