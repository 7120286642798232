using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using ConformanceGateway;
using McpGateway.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace McpGateway.Specs.Fuzzing;

/// <summary>Alone, because it measures the memory of the process.</summary>
[CollectionDefinition(nameof(FuzzSpecs), DisableParallelization = true)]
[Collection(nameof(FuzzSpecs))]
public sealed class FuzzSpecs
{
    private const int Requests = 50_000;
    private const int WarmUp = 5_000;
    private const int Parts = 6;
    private const int Connections = 8;
    private const int Seed = 20_260_728;
    private const long AllowedGrowth = 5_000_000;

    // A machine with better things to do ends the run early, and says how far it came.
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(90);

    // Every tool the fuzzer can call answers at once.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentQueue<(string What, string Example)> defects = new();
    private readonly ConcurrentDictionary<int, int> statuses = new();

    [Fact]
    public async Task Whatever_is_sent_nothing_fails_hangs_or_leaks_and_every_refusal_is_well_formed()
    {
        await using var gateway = await Gateway.StartAsync(
            ConformanceService.Definition,
            ConformanceService.AddConformance,
            new Dictionary<string, string?> { ["MAX_REQUEST_BYTES"] = $"{FuzzedRequest.Limit}", ["AUDIT_LOG"] = "/dev/null" },
            // Kept log lines would be the leak this looks for.
            configure: builder => builder.Logging.ClearProviders()
        );
        using var client = NewClient(gateway.McpUrl);
        using var few = new FewThreads();
        var clock = Stopwatch.StartNew();

        await SendAsync(client, 0, WarmUp, clock);
        var sent = WarmUp;
        var memory = new List<long> { await MemoryAsync(gateway) };
        for (var part = 0; part < Parts; part++)
        {
            sent += await SendAsync(client, Bound(part), Bound(part + 1), clock);
            memory.Add(await MemoryAsync(gateway));
        }

        // What leaks does so in every part; code, pools and what other specs left behind stop growing.
        var growths = memory.Skip(1).Zip(memory, (after, before) => after - before).ToList();
        var growth = Parts * growths.Min();
        var told = string.Join(", ", growths.Select(bytes => $"{bytes / 1e6:+0.0;-0.0}"));

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"seed {Seed}: {sent} requests in {clock.Elapsed.TotalSeconds:0} s, memory {told} MB, "
                + string.Join(", ", statuses.OrderBy(s => s.Key).Select(s => $"{s.Value} × {s.Key}"))
        );
        Assert.True(defects.IsEmpty, $"seed {Seed}, {defects.Count} defects:\n{Describe()}");
        Assert.True(growth < AllowedGrowth, $"seed {Seed}: {told} MB more in {sent} requests");
        Assert.True(sent > WarmUp, "the machine was too slow to fuzz");

        static int Bound(int part) => WarmUp + (Requests - WarmUp) * part / Parts;
    }

    private static async Task<long> MemoryAsync(Gateway gateway)
    {
        // Reading writes the events that wait to be written, which are no leak.
        await gateway.Services.GetRequiredService<McpGateway.State.Activity>().NamesAsync(CancellationToken.None);
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    /// <summary>Sends the requests from one number to the next, over several connections.</summary>
    /// <returns>How many the budget allowed.</returns>
    private async Task<int> SendAsync(HttpClient client, int from, int to, Stopwatch clock)
    {
        var next = from - 1;
        var sent = 0;
        await Task.WhenAll(
            Enumerable
                .Range(0, Connections)
                .Select(async _ =>
                {
                    int number;
                    while ((number = Interlocked.Increment(ref next)) < to && clock.Elapsed < Budget)
                    {
                        await SendOneAsync(client, number);
                        Interlocked.Increment(ref sent);
                    }
                })
        );
        return sent;
    }

    private async Task SendOneAsync(HttpClient client, int number, bool isRetry = false)
    {
        // A number alone makes its request: the seed and the number of a defect are enough to send it again.
        var fuzzed = new FuzzedRequest(new Random(Seed + number));
        using var request = fuzzed.ToHttp();
        try
        {
            using var response = await client.SendAsync(request);
            statuses.AddOrUpdate((int)response.StatusCode, 1, (_, count) => count + 1);
            if (Verdict.FindDefect(request, response, await response.Content.ReadAsByteArrayAsync()) is { } defect)
            {
                defects.Enqueue((defect, $"#{number} {fuzzed}"));
            }
        }
        catch (HttpRequestException) when (!isRetry)
        {
            // The server ended a kept-alive connection, as it does after a body too large to read on: any client tries again.
            await SendOneAsync(client, number, isRetry: true);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            defects.Enqueue(
                (
                    e is TaskCanceledException
                        ? $"no response within {Patience.TotalSeconds} s"
                        : $"{e.Message} {e.InnerException?.Message}",
                    $"#{number} {fuzzed}"
                )
            );
        }
    }

    /// <summary>One line for each kind of defect, with the first example.</summary>
    private string Describe() =>
        string.Join('\n', defects.GroupBy(d => d.What).Take(20).Select(kind => $"{kind.Count()} × {kind.Key}: {kind.First().Example}"));

    /// <summary>
    /// Each thread of the pool keeps an array of each size it has used: tens of MB where specs before have let the pool grow to a hundred threads.
    /// Few threads have theirs within the warm-up.
    /// </summary>
    private sealed class FewThreads : IDisposable
    {
        private const int Workers = 12;

        private readonly (int Workers, int Others) least;
        private readonly (int Workers, int Others) most;

        public FewThreads()
        {
            ThreadPool.GetMinThreads(out least.Workers, out least.Others);
            ThreadPool.GetMaxThreads(out most.Workers, out most.Others);
            Assert.True(ThreadPool.SetMinThreads(Environment.ProcessorCount, least.Others));
            Assert.True(ThreadPool.SetMaxThreads(Workers, most.Others));
        }

        public void Dispose()
        {
            ThreadPool.SetMaxThreads(most.Workers, most.Others);
            ThreadPool.SetMinThreads(least.Workers, least.Others);
        }
    }

    private static HttpClient NewClient(Uri address) =>
        new(
            new SocketsHttpHandler
            {
                MaxConnectionsPerServer = Connections,
                AllowAutoRedirect = false,
                RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
            }
        )
        {
            BaseAddress = address,
            Timeout = Patience,
        };
}
