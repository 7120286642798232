using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Benchmarks.Memory;

/// <summary>What calls cost at some instances of the memory; each figure takes some seconds at most.</summary>
/// <param name="postgres">The server's first process; null where the store is a file.</param>
internal sealed class StoreFigures(MemoryInstances memory, int entities, int? postgres)
{
    private const int Repeats = 15;
    private const int Callers = 8;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Crowd = TimeSpan.FromSeconds(3);

    // Names that no run before has made.
    private static int added = 10_000_000;

    /// <returns>The figures in their order, with their units.</returns>
    public async Task<IReadOnlyList<(string Figure, string Value)>> RunAsync()
    {
        // For what compiles and caches on first use, at each of the instances.
        await RateAsync(_ => "/mcp", "search_nodes", Search);
        await RateAsync(_ => "/mcp", "open_nodes", Open);
        await RateAsync(_ => "/mcp", "create_entities", _ => Create());
        return
        [
            ("search, rare word, ms", await MedianAsync("search_nodes", i => new { query = $"needle{(entities / 2) + i}" })),
            ("search, no hit, ms", await MedianAsync("search_nodes", _ => new { query = "zanzibar" })),
            ("search, two words, ms", await MedianAsync("search_nodes", i => new { query = $"needle{(entities / 3) + i} coffee" })),
            ("search, common word, ms", await MedianAsync("search_nodes", _ => new { query = "coffee" })),
            (
                "search, sentence of 8 words, ms",
                await MedianAsync("search_nodes", i => new { query = $"Where was needle{i} seen on day 17" })
            ),
            ("open one, ms", await MedianAsync("open_nodes", Open)),
            ("add one observation, ms", await MedianAsync("add_observations", Add)),
            ("create one entity, ms", await MedianAsync("create_entities", _ => Create())),
            ($"{Callers} callers, search of a rare word, calls/s", await RateAsync(_ => "/mcp", "search_nodes", Search)),
            ($"{Callers} callers, open one, calls/s", await RateAsync(_ => "/mcp", "open_nodes", Open)),
            ($"{Callers} writers of one namespace, calls/s", await RateAsync(_ => "/mcp", "create_entities", _ => Create())),
            ($"{Callers} writers of {Callers} namespaces, calls/s", await RateAsync(Own, "create_entities", _ => Create())),
            ("processor ms of a search, instances + database", await ProcessorAsync("search_nodes", Search)),
            ("processor ms of opening one", await ProcessorAsync("open_nodes", Open)),
            ("processor ms of creating one", await ProcessorAsync("create_entities", _ => Create())),
            ("memory of the instances, MB", Text(await memory.ResidentMegabytesAsync())),
        ];
    }

    /// <summary>What calls in one of many namespaces cost.</summary>
    /// <param name="from">How many namespaces there are already.</param>
    /// <param name="to">How many there are to be.</param>
    public async Task<IReadOnlyList<string>> RunAsync(int from, int to)
    {
        var next = from;
        await Task.WhenAll(
            Enumerable
                .Range(0, Callers)
                .Select(async _ =>
                {
                    for (var i = Interlocked.Increment(ref next) - 1; i < to; i = Interlocked.Increment(ref next) - 1)
                    {
                        await memory.CallAsync($"/mcp/n/space{i}", "create_entities", JsonSerializer.Serialize(Create(1)));
                    }
                })
        );
        var path = $"/mcp/n/space{to - 1}";
        return
        [
            $"{to:N0}",
            await MedianAsync("search_nodes", _ => new { query = "needle1" }, path),
            await MedianAsync("open_nodes", Open, path),
            await MedianAsync("create_entities", _ => Create(), path),
        ];
    }

    private object Open(int i) => new { names = new[] { $"Person {i * 7919 % entities}" } };

    private object Search(int i) => new { query = $"needle{i * 7919 % entities}" };

    private object Add(int i) =>
        new
        {
            observations = new[]
            {
                new { entityName = $"Person {i % entities}", contents = new[] { $"note {Interlocked.Increment(ref added)}" } },
            },
        };

    private static object Create() => Create(Interlocked.Increment(ref added));

    private static object Create(int i) => new { entities = new[] { MemoryLoad.EntityOf(i) } };

    private static string Own(int caller) => $"/mcp/n/caller{caller}";

    /// <summary>After two calls, for what compiles and caches on first use.</summary>
    private async Task<string> MedianAsync(string tool, Func<int, object> arguments, string path = "/mcp")
    {
        var began = Stopwatch.GetTimestamp();
        var times = new List<double>();
        for (var i = 0; i < Repeats + 2 && (i < 5 || Stopwatch.GetElapsedTime(began) < Longest); i++)
        {
            var call = Stopwatch.GetTimestamp();
            await memory.CallAsync(path, tool, JsonSerializer.Serialize(arguments(i)));
            if (i >= 2)
            {
                times.Add(Stopwatch.GetElapsedTime(call).TotalMilliseconds);
            }
        }

        return Text(times.Order().ElementAt(times.Count / 2), "0.0");
    }

    private async Task<string> RateAsync(Func<int, string> pathOf, string tool, Func<int, object> arguments)
    {
        var began = Stopwatch.GetTimestamp();
        var calls = 0;
        await Task.WhenAll(
            Enumerable
                .Range(0, Callers)
                .Select(async caller =>
                {
                    for (var i = caller; Stopwatch.GetElapsedTime(began) < Crowd; i += Callers)
                    {
                        await memory.CallAsync(pathOf(caller), tool, JsonSerializer.Serialize(arguments(i)));
                        Interlocked.Increment(ref calls);
                    }
                })
        );
        return Text(calls / Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    /// <summary>What a call takes of processors, whatever else the machine does.</summary>
    private async Task<string> ProcessorAsync(string tool, Func<int, object> arguments)
    {
        const int Calls = 40;
        var (ours, theirs) = (memory.ProcessorTime, ProcessorOfDatabase());
        var calls = 0;
        for (var began = Stopwatch.GetTimestamp(); calls < Calls && Stopwatch.GetElapsedTime(began) < Longest; calls++)
        {
            await memory.CallAsync("/mcp", tool, JsonSerializer.Serialize(arguments(calls)));
        }

        (ours, theirs) = ((memory.ProcessorTime - ours) / calls, (ProcessorOfDatabase() - theirs) / calls);
        return Text(ours.TotalMilliseconds, "0.0") + (postgres is null ? "" : $" + {Text(theirs.TotalMilliseconds, "0.0")}");
    }

    private TimeSpan ProcessorOfDatabase() => postgres is { } server ? ProcessTime.OfFamily(server) : TimeSpan.Zero;

    private static string Text(double value, string format = "0") => value.ToString(format, CultureInfo.InvariantCulture);
}
