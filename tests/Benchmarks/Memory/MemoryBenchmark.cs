using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Benchmarks.Memory;

/// <summary>memory-mcp over HTTP, compiled ahead of time and to native code, and the official server over stdio under the same load, in one run.</summary>
public static class MemoryBenchmark
{
    private static readonly (string Name, Func<string, Task<IMemoryServer>> StartAsync)[] Servers =
    [
        ("official", OfficialMemory.StartAsync),
        ("ours", OurMemory.StartAsync),
        ("native", OurMemory.StartNativeAsync),
    ];

    public static async Task<int> RunAsync()
    {
        int[] sizes = [1_000, 10_000, 50_000];
        var table = new List<(string Figure, List<string> Values)>();
        foreach (var size in sizes)
        {
            foreach (var (_, startAsync) in Servers)
            {
                var figures = await InFolderAsync(startAsync, server => new MemoryLoad(server, size).RunAsync());
                for (var row = 0; row < figures.Count; row++)
                {
                    if (table.Count <= row)
                    {
                        table.Add((figures[row].Figure.Split(" (1 calls)")[0], []));
                    }

                    table[row].Values.Add(figures[row].Value);
                }
            }
        }

        Console.WriteLine($"| | {string.Join(" | ", sizes.SelectMany(size => Servers.Select(server => $"{server.Name}, {size:N0}")))} |");
        Console.WriteLine($"|---|{string.Concat(Enumerable.Repeat("---|", sizes.Length * Servers.Length))}");
        table.ForEach(row => Console.WriteLine($"| {row.Figure} | {string.Join(" | ", row.Values)} |"));
        Console.WriteLine();
        Console.WriteLine($"| | {string.Join(" | ", Servers.Select(server => server.Name))} |");
        Console.WriteLine($"|---|{string.Concat(Enumerable.Repeat("---|", Servers.Length))}");
        await CompareAsync("50,000 entities in one call", CreateAllAtOnceAsync);
        await CompareAsync("50 parallel creates", server => CreateInParallelAsync([server]));
        await CompareProcessesAsync();
        return 0;
    }

    private static async Task CompareAsync(string figure, Func<IMemoryServer, Task<string>> measure)
    {
        var results = new List<string>();
        foreach (var (_, startAsync) in Servers)
        {
            results.Add(await InFolderAsync(startAsync, measure));
        }

        Console.WriteLine($"| {figure} | {string.Join(" | ", results)} |");
    }

    private static async Task<string> CreateAllAtOnceAsync(IMemoryServer server)
    {
        var arguments = JsonSerializer.Serialize(new { entities = Enumerable.Range(0, 50_000).Select(MemoryLoad.EntityOf) });
        var idle = await server.ResidentMegabytesAsync();
        var started = Stopwatch.GetTimestamp();
        try
        {
            var answer = await server.CallAsync("create_entities", arguments);
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            var resident = await server.ResidentMegabytesAsync();
            var peak = await ProcessMemory.PeakAsync(server.ProcessId);
            var last = await server.CallAsync("open_nodes", """{"names":["Person 49999"]}""");
            return last.Contains("needle49999", StringComparison.Ordinal)
                ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s; {idle:0} MB before, {peak:0} at most, {resident:0} after")
                : $"refused: {answer[..Math.Min(200, answer.Length)]}";
        }
        catch (Exception e) when (e is IOException)
        {
            return "the process ends without an answer";
        }
    }

    private static async Task<string> CreateInParallelAsync(IReadOnlyList<IMemoryServer> servers)
    {
        var answers = await Task.WhenAll(
            servers.SelectMany(
                (server, s) =>
                    Enumerable
                        .Range(0, 50)
                        .Select(i =>
                            server.CallAsync(
                                "create_entities",
                                JsonSerializer.Serialize(new { entities = new[] { MemoryLoad.EntityOf((s * 50) + i) } })
                            )
                        )
            )
        );
        var acknowledged = answers.Count(a => a.Contains("needle", StringComparison.Ordinal));
        return $"{acknowledged} acknowledged, {await CountAsync(servers[0])} stored";
    }

    /// <summary>Counts the entities of a graph, which ours gives page by page.</summary>
    private static async Task<int> CountAsync(IMemoryServer server)
    {
        var count = 0;
        for (var arguments = "{}"; arguments.Length > 0; )
        {
            using var answer = JsonDocument.Parse(await server.CallAsync("read_graph", arguments));
            var page = answer.RootElement.GetProperty("result").GetProperty("structuredContent");
            count += page.GetProperty("entities").GetArrayLength();
            arguments = page.TryGetProperty("nextCursor", out var next) ? JsonSerializer.Serialize(new { cursor = next.GetString() }) : "";
        }

        return count;
    }

    private static async Task CompareProcessesAsync()
    {
        var results = new List<string>();
        foreach (var (_, startAsync) in Servers)
        {
            results.Add(
                await InFolderAsync(
                    startAsync,
                    async (first, folder) =>
                    {
                        var others = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => startAsync(folder)));
                        try
                        {
                            return await CreateInParallelAsync([first, .. others]);
                        }
                        finally
                        {
                            foreach (var server in others)
                            {
                                await server.DisposeAsync();
                            }
                        }
                    }
                )
            );
        }

        Console.WriteLine($"| 4 processes on one file, 50 creates each | {string.Join(" | ", results)} |");
    }

    private static Task<T> InFolderAsync<T>(Func<string, Task<IMemoryServer>> start, Func<IMemoryServer, Task<T>> measure) =>
        InFolderAsync(start, (server, _) => measure(server));

    private static async Task<T> InFolderAsync<T>(Func<string, Task<IMemoryServer>> start, Func<IMemoryServer, string, Task<T>> measure)
    {
        var folder = Directory.CreateTempSubdirectory("memory-benchmark-");
        try
        {
            await using var server = await start(folder.FullName);
            return await measure(server, folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
