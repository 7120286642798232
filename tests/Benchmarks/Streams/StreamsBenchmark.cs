using System.Diagnostics;
using System.Globalization;
using McpGateway.Testing;

namespace Benchmarks.Streams;

/// <summary>
/// Thousands of clients that each keep a session with an open event stream at memory-mcp: whether every one hears of a change, and what they cost.
/// </summary>
public static class StreamsBenchmark
{
    private const int Streams = 5_000;
    private const int AtOnce = 32;
    private const string Token = "a-token-for-the-benchmark-alone";
    private const string Create =
        """{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"create_entities","arguments":{"entities":[{"name":"hello","entityType":"word","observations":[]}]}}}""";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<int> RunAsync(string[] arguments)
    {
        var count = arguments is [var number] ? int.Parse(number, CultureInfo.InvariantCulture) : Streams;
        await using var gateway = await GatewayProcess.StartAsync(
            "Memory",
            new Dictionary<string, string?>
            {
                ["MCP_BEARER_TOKEN"] = Token,
                ["MCP_SESSIONS"] = "hybrid",
                ["RATE_LIMIT_PER_SECOND"] = "0",
            },
            program: await PublishedService.OfAsync("Memory")
        );
        gateway.Http.DefaultRequestHeaders.Authorization = new("Bearer", Token);

        Print("streams", "memory, MB", "processor time, s");
        Print("---", "---", "---");
        await PrintAsync("none", gateway);

        var streams = new List<EventStream>();
        var started = Stopwatch.GetTimestamp();
        try
        {
            while (streams.Count < count)
            {
                var next = Enumerable.Range(0, Math.Min(AtOnce, count - streams.Count)).Select(_ => EventStream.OpenAsync(gateway.Http));
                streams.AddRange(await Task.WhenAll(next));
            }

            await PrintAsync($"{count} open, after {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s", gateway);
            using var impatient = new CancellationTokenSource(Patience);
            var told = Stopwatch.GetTimestamp();
            var hearing = streams.Select(stream => stream.HearAsync(impatient.Token)).ToList();
            await EventStream.PostAsync(gateway.Http, Create, streams[0].Session);
            var heard = (await Task.WhenAll(hearing)).Count(hears => hears);
            await PrintAsync(
                $"{heard} of {count} got their event, the last after {Stopwatch.GetElapsedTime(told).TotalSeconds:0.0} s",
                gateway
            );
        }
        finally
        {
            foreach (var stream in streams)
            {
                await stream.DisposeAsync();
            }
        }

        await Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System);
        await PrintAsync("10 s after all were closed", gateway);
        Print("most", $"{await ProcessMemory.PeakAsync(gateway.Id):0}", "");
        return 0;
    }

    private static async Task PrintAsync(string when, GatewayProcess gateway) =>
        Print(
            when,
            (await ProcessMemory.ResidentAsync(gateway.Id)).ToString("0", CultureInfo.InvariantCulture),
            ProcessTime.Of(gateway.Id).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)
        );

    private static void Print(string when, string memory, string processor) => Console.WriteLine($"| {when} | {memory} | {processor} |");
}
