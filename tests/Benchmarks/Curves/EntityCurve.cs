using System.Diagnostics;
using System.Text.Json;
using Benchmarks.Memory;
using McpGateway.Testing;

namespace Benchmarks.Curves;

/// <summary>One memory that grows: a search for a rare word, and an entity opened by its name.</summary>
internal static class EntityCurve
{
    private const int Calls = 200;

    // The code has been recompiled by profile by then; what a larger memory needs to be read is read by the second number.
    private const int CallsToWarmUp = 2_000;
    private const int CallsToSettle = 20;
    private const int MostPerImport = 50_000;

    public static async Task<IReadOnlyList<Growth>> MeasureAsync(int largest)
    {
        using var folder = new TemporaryFolder();
        await using var memory = await OurMemory.StartAsync(folder.Path, null);
        var (search, open) = (new List<(double, double[])>(), new List<(double, double[])>());
        var (filled, settle) = (0, CallsToWarmUp);
        foreach (var size in ((int[])[1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000]).Where(size => size <= largest))
        {
            while (filled < size)
            {
                var count = Math.Min(MostPerImport, size - filled);
                await memory.ImportAsync(ScaleBenchmark.Lines(filled, count));
                filled += count;
            }

            search.Add((size, await TimeAsync(memory, settle, "search_nodes", i => new { query = $"needle{i * 7919 % size}" })));
            open.Add((size, await TimeAsync(memory, settle, "open_nodes", i => new { names = new[] { $"Person {i * 7919 % size}" } })));
            settle = CallsToSettle;
        }

        return [new("search_nodes, a rare word", search), new("open_nodes", open)];
    }

    private static async Task<double[]> TimeAsync(OurMemory memory, int settle, string tool, Func<int, object> arguments)
    {
        var times = new List<double>();
        var before = TimeSpan.Zero;
        for (var i = -settle; i < Calls; i++)
        {
            before = i == 0 ? ProcessTime.Of(memory.ProcessId) : before;
            var started = Stopwatch.GetTimestamp();
            var answer = await memory.CallAsync(tool, JsonSerializer.Serialize(arguments(i + settle)));
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            if (!answer.Contains("needle", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"{tool} found nothing: {answer}");
            }
        }

        var processor = (ProcessTime.Of(memory.ProcessId) - before).TotalMilliseconds / Calls;
        return [times[settle..].Order().ElementAt(Calls / 2), processor];
    }
}
