using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Benchmarks.Memory;

/// <summary>Fills one memory server with entities of three observations and one relation each, and measures the calls of a day.</summary>
internal sealed class MemoryLoad(IMemoryServer server, int entities)
{
    private const int Repeats = 15;
    private const int MostPerCall = 5_000;

    private readonly List<(string Figure, string Value)> figures = [];
    private int added;

    /// <returns>The figures in their order, with their units; in brackets processor time, of a call or in all.</returns>
    public async Task<IReadOnlyList<(string Figure, string Value)>> RunAsync()
    {
        // What a server does beside its start is no call's, and over before a person comes.
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System);
        var idle = await server.ResidentMegabytesAsync();
        var calls = Math.Max(1, entities / MostPerCall);
        await CreateAsync(
            $"create_entities, total ms ({calls} calls)",
            "create_entities",
            start => new { entities = Batch(start).Select(EntityOf) }
        );
        await CreateAsync(
            $"create_relations, total ms ({calls} calls)",
            "create_relations",
            start => new { relations = Batch(start).Select(RelationOf) }
        );
        await MeasureAsync("search, rare word, ms", "search_nodes", _ => new { query = $"needle{entities / 2}" });
        await MeasureAsync("search, no hit, ms", "search_nodes", _ => new { query = "zanzibar" });
        await MeasureAsync("search, part of a rare word, ms", "search_nodes", _ => new { query = $"eedle{(entities / 2) + 1}" });
        await MeasureAsync("search, two words, ms", "search_nodes", _ => new { query = $"needle{entities / 2} coffee" });
        await MeasureAsync("search, common word, ms", "search_nodes", _ => new { query = "coffee" });
        await MeasureAsync("open one, ms", "open_nodes", i => new { names = new[] { NameOf(i * 7) } });
        await MeasureAsync(
            "add one observation, ms",
            "add_observations",
            _ => new { observations = new[] { new { entityName = NameOf(1), contents = new[] { $"note {added++}" } } } }
        );
        await MeasureAsync("create one entity, ms", "create_entities", _ => new { entities = new[] { EntityOf(1_000_000 + added++) } });
        await MeasureAsync("read_graph (ours: its first page), ms", "read_graph", _ => new { });
        var together = await ConcurrentSearchesAsync();
        figures.Add(("search of a rare word, 8 at a time, calls/s", string.Create(CultureInfo.InvariantCulture, $"{together:0}")));
        var after = await server.ResidentMegabytesAsync();
        figures.Add(("memory idle → after, MB", string.Create(CultureInfo.InvariantCulture, $"{idle:0} → {after:0}")));
        return figures;
    }

    public static object EntityOf(int i) =>
        new
        {
            name = NameOf(i),
            entityType = $"kind{i % 20}",
            observations = new[]
            {
                $"needle{i} was seen in town {i % 500} on day {i % 365}",
                $"likes {(i % 5 == 0 ? "coffee" : "tea")} and walks of {i % 40} km",
                $"works with group {i % 1000} on subject {i % 77} since {1990 + (i % 35)}",
            },
        };

    private static string NameOf(int i) => $"Person {i}";

    private IEnumerable<int> Batch(int start) => Enumerable.Range(start, Math.Min(MostPerCall, entities - start));

    private object RelationOf(int i) =>
        new
        {
            from = NameOf(i),
            to = NameOf((i + 1) % entities),
            relationType = "knows",
        };

    private async Task CreateAsync(string figure, string tool, Func<int, object> batch)
    {
        var total = TimeSpan.Zero;
        var before = ProcessorTime;
        for (var start = 0; start < entities; start += MostPerCall)
        {
            var arguments = JsonSerializer.Serialize(batch(start));
            total += (await CallAsync(tool, arguments)).Duration;
        }

        var processor = ProcessorTime - before;
        figures.Add(
            (figure, string.Create(CultureInfo.InvariantCulture, $"{total.TotalMilliseconds:0} ({processor.TotalMilliseconds:0})"))
        );
    }

    /// <summary>What the server has used of the processors so far, which other programs on the machine hardly change.</summary>
    private TimeSpan ProcessorTime
    {
        get
        {
            using var process = Process.GetProcessById(server.ProcessId);
            return process.TotalProcessorTime;
        }
    }

    private async Task MeasureAsync(string figure, string tool, Func<int, object> arguments)
    {
        var times = new List<double>();
        var bytes = 0;
        var before = TimeSpan.Zero;
        // Two calls ahead, for what compiles and caches on first use.
        for (var i = -2; i < Repeats; i++)
        {
            before = i == 0 ? ProcessorTime : before;
            var (duration, length) = await CallAsync(tool, JsonSerializer.Serialize(arguments(i + 2)));
            bytes = length;
            if (i >= 0)
            {
                times.Add(duration.TotalMilliseconds);
            }
        }

        var processor = (ProcessorTime - before).TotalMilliseconds / Repeats;
        var size = bytes > 20_000 ? string.Create(CultureInfo.InvariantCulture, $" ({bytes / 1000.0:0} KB)") : "";
        figures.Add(
            (figure, string.Create(CultureInfo.InvariantCulture, $"{times.Order().ElementAt(Repeats / 2):0.0} ({processor:0.0}){size}"))
        );
    }

    private async Task<double> ConcurrentSearchesAsync()
    {
        var started = Stopwatch.GetTimestamp();
        var calls = 0;
        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(async _ =>
                {
                    while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(3))
                    {
                        await CallAsync("search_nodes", JsonSerializer.Serialize(new { query = $"needle{entities / 2}" }));
                        Interlocked.Increment(ref calls);
                    }
                })
        );
        return calls / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private async Task<(TimeSpan Duration, int Bytes)> CallAsync(string tool, string arguments)
    {
        var started = Stopwatch.GetTimestamp();
        var answer = await server.CallAsync(tool, arguments);
        var duration = Stopwatch.GetElapsedTime(started);
        return !answer.Contains("\"isError\":true", StringComparison.Ordinal) && answer.Contains("\"result\":", StringComparison.Ordinal)
            ? (duration, answer.Length)
            : throw new InvalidOperationException($"{tool} failed: {answer[..Math.Min(answer.Length, 500)]}");
    }
}
