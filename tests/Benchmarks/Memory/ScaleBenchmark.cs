using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Benchmarks.Memory;

/// <summary>What a search takes in a large memory, what it holds, and whether searches hold up who only opens an entity.</summary>
public static class ScaleBenchmark
{
    private const int Repeats = 15;
    private const int Searchers = 4;
    private const int Opens = 400;

    private static readonly (string Figure, Func<int, string> Query)[] Questions =
    [
        ("rare word", n => $"needle{n / 2}"),
        ("no hit", _ => "zanzibar"),
        ("part of a rare word", n => $"eedle{(n / 2) + 1}"),
        ("two words", n => $"needle{n / 2} coffee"),
        ("common word", _ => "coffee"),
        ("sentence of 8 words", n => $"Where was needle{n / 3} seen on day 17"),
        ("sentence of 14 words", n => $"Who of the group {n % 1000} likes coffee and walks of 12 km since 1999"),
    ];

    public static async Task<int> RunAsync()
    {
        foreach (var size in (int[])[50_000, 1_000_000])
        {
            await MeasureAsync(size);
        }

        return 0;
    }

    private static async Task MeasureAsync(int size)
    {
        var folder = Directory.CreateTempSubdirectory("scale-benchmark-");
        try
        {
            await using var server = await OurMemory.StartAsync(folder.FullName);
            var ours = (OurMemory)server;
            var filled = Stopwatch.StartNew();
            for (var start = 0; start < size; start += 50_000)
            {
                await ours.ImportAsync(Lines(start, 50_000));
            }

            Print($"{size:N0} entities: filled in", $"{filled.Elapsed.TotalSeconds:0} s");
            foreach (var (figure, query) in Questions)
            {
                var (median, processor) = await TimeAsync(server, query(size));
                Print($"{size:N0} entities: {figure}", $"{median:0.0} ms, processor {processor:0.0} ms");
            }

            await MeasureOpensAsync(server, size);
            Print($"{size:N0} entities: memory, most", $"{await ProcessMemory.PeakAsync(server.ProcessId):0} MB");
            Print($"{size:N0} entities: file", $"{new FileInfo(Path.Combine(folder.FullName, "memory.db")).Length / 1e6:0} MB");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(double Median, double Processor)> TimeAsync(IMemoryServer server, string query)
    {
        var arguments = JsonSerializer.Serialize(new { query });
        await server.CallAsync("search_nodes", arguments);
        await server.CallAsync("search_nodes", arguments);
        using var process = Process.GetProcessById(server.ProcessId);
        var before = process.TotalProcessorTime;
        var times = new List<double>();
        for (var i = 0; i < Repeats; i++)
        {
            times.Add(await TimeAsync(() => server.CallAsync("search_nodes", arguments)));
        }

        process.Refresh();
        return (times.Order().ElementAt(Repeats / 2), (process.TotalProcessorTime - before).TotalMilliseconds / Repeats);
    }

    /// <summary>In turns, so that both see the same machine.</summary>
    private static async Task MeasureOpensAsync(IMemoryServer server, int size)
    {
        var (idle, beside) = (new List<double>(), new List<double>());
        for (var round = 0; round < 4; round++)
        {
            idle.AddRange(await OpenAsync(server, size));
            using var stop = new CancellationTokenSource();
            var searchers = Enumerable.Range(0, Searchers).Select(i => SearchAsync(server, size, i, stop.Token)).ToList();
            beside.AddRange(await OpenAsync(server, size));
            await stop.CancelAsync();
            await Task.WhenAll(searchers);
        }

        Print($"{size:N0} entities: open_nodes alone", Percentiles(idle));
        Print($"{size:N0} entities: open_nodes beside {Searchers} searchers of sentences", Percentiles(beside));
    }

    private static async Task<List<double>> OpenAsync(IMemoryServer server, int size)
    {
        var times = new List<double>();
        for (var i = 0; i < Opens / 4; i++)
        {
            var arguments = JsonSerializer.Serialize(new { names = new[] { $"Person {i * 7919 % size}" } });
            times.Add(await TimeAsync(() => server.CallAsync("open_nodes", arguments)));
        }

        return times;
    }

    private static async Task SearchAsync(IMemoryServer server, int size, int searcher, CancellationToken stop)
    {
        for (var i = searcher; !stop.IsCancellationRequested; i += Searchers)
        {
            await server.CallAsync("search_nodes", JsonSerializer.Serialize(new { query = Questions[^1].Query(size + i) }));
        }
    }

    private static async Task<double> TimeAsync(Func<Task> call)
    {
        var started = Stopwatch.GetTimestamp();
        await call();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static string Percentiles(List<double> times) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"p50 {times.Order().ElementAt(times.Count / 2):0.0} ms, p95 {times.Order().ElementAt(times.Count * 95 / 100):0.0} ms"
        );

    public static string Lines(int start, int count)
    {
        var lines = new StringBuilder();
        foreach (var entity in Enumerable.Range(start, count).Select(MemoryLoad.EntityOf))
        {
            lines.Append("{\"type\":\"entity\",").Append(JsonSerializer.Serialize(entity).AsSpan(1)).Append('\n');
        }

        return lines.ToString();
    }

    private static void Print(string figure, FormattableString value) => Print(figure, value.ToString(CultureInfo.InvariantCulture));

    private static void Print(string figure, string value) => Console.WriteLine($"| {figure} | {value} |");
}
