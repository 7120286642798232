using System.Diagnostics;
using System.Globalization;
using McpGateway.Testing;

namespace Benchmarks.Memory;

/// <summary>
/// The memory in its file and in PostgreSQL, by one instance and by four, at each of some sizes; and what calls cost among many namespaces. A
/// memory is filled once, as a file, and moved into PostgreSQL from there. Rows are printed as they come.
/// </summary>
public static class StoreBenchmark
{
    private const int Batch = 50_000;

    private static readonly int[] Namespaces = [1, 100, 1_000, 5_000];

    private static readonly (string Name, int Instances, string? Parameters)[] SetUps =
    [
        ("file, 1 instance", 1, null),
        ("file, 4", 4, null),
        ("PostgreSQL, 1", 1, ""),
        ("PostgreSQL, 1, prepared", 1, "?prepare=true"),
        ("PostgreSQL, 4, prepared", 4, "?prepare=true"),
    ];

    /// <param name="arguments">The numbers of entities; 50,000 and 1,000,000 unless given.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        int[] sizes = arguments is [] ? [50_000, 1_000_000] : [.. arguments.Select(a => int.Parse(a, CultureInfo.InvariantCulture))];
        await using var postgres = await TestPostgres.StartAsync(
            "fsync=on",
            "full_page_writes=on",
            "autovacuum=on",
            "shared_buffers=1GB",
            "max_wal_size=4GB"
        );
        var failures = 0;
        foreach (var size in sizes)
        {
            failures += await MeasureAsync(postgres, size);
        }

        foreach (
            var (name, url) in new[] { ("file", null), ("PostgreSQL, prepared", await postgres.CreateDatabaseAsync() + "?prepare=true") }
        )
        {
            failures += await TryAsync(name, () => MeasureNamespacesAsync(name, url));
        }

        return failures == 0 ? 0 : 1;
    }

    /// <summary>What takes hours shall not be lost for one failure: it is told in its place, and the next one begins.</summary>
    /// <returns>How many failed.</returns>
    private static async Task<int> TryAsync(string what, Func<Task> measure)
    {
        try
        {
            await measure();
            return 0;
        }
        catch (Exception e)
            when (e is InvalidOperationException or HttpRequestException or IOException or TimeoutException or TaskCanceledException)
        {
            Console.WriteLine($"| {what} | failed: {e.Message.ReplaceLineEndings(" ")} |");
            return 1;
        }
    }

    private static async Task<int> MeasureAsync(TestPostgres postgres, int size)
    {
        using var folder = new TemporaryFolder();
        var filling = Stopwatch.StartNew();
        await using (var memory = await OurMemory.StartAsync(folder.Path, null))
        {
            for (var start = 0; start < size; start += Batch)
            {
                await memory.ImportAsync(ScaleBenchmark.Lines(start, Math.Min(Batch, size - start)));
            }
        }

        filling.Stop();
        var url = await postgres.CreateDatabaseAsync();
        var moving = Stopwatch.StartNew();
        (
            await RunningProcess.RunAsync(
                Path.Combine(Repository.OutputOf("Memory"), "Memory"),
                ["move", "--to", url],
                new Dictionary<string, string?> { ["DATA_PATH"] = folder.Path },
                patience: TimeSpan.FromMinutes(30)
            )
        ).Succeeded();
        moving.Stop();
        var database = url[(url.LastIndexOf('/') + 1)..];
        await postgres.RunSqlAsync(database, "VACUUM ANALYZE");
        var bytes = await postgres.RunSqlAsync(database, "SELECT pg_database_size(current_database())");
        var file = new FileInfo(Path.Combine(folder.Path, "memory.db")).Length;

        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{size:N0} entities: imported into the file in {filling.Elapsed.TotalSeconds:0} s, moved to PostgreSQL in "
                    + $"{moving.Elapsed.TotalSeconds:0} s; {file / 1e6:0} MB and {long.Parse(bytes, CultureInfo.InvariantCulture) / 1e6:0} MB.\n"
            )
        );
        var (failures, isFirst) = (0, true);
        foreach (var (name, instances, parameters) in SetUps)
        {
            failures += await TryAsync(
                name,
                async () =>
                {
                    await using var memory = await MemoryInstances.StartAsync(
                        instances,
                        folder.Path,
                        parameters is null ? null : url + parameters
                    );
                    var figures = await new StoreFigures(memory, size, parameters is null ? null : postgres.ProcessId).RunAsync();
                    if (isFirst)
                    {
                        Head(["set-up", .. figures.Select(figure => figure.Figure)]);
                        isFirst = false;
                    }

                    Print([name, .. figures.Select(figure => figure.Value)]);
                }
            );
        }

        Console.WriteLine();
        return failures;
    }

    private static async Task MeasureNamespacesAsync(string name, string? url)
    {
        using var folder = new TemporaryFolder();
        await using var memory = await MemoryInstances.StartAsync(1, folder.Path, url);
        var figures = new StoreFigures(memory, 1, null);
        Head(["1 instance", "namespaces", "search, ms", "open one, ms", "create one entity, ms"]);
        foreach (var (from, to) in Namespaces.Prepend(0).Zip(Namespaces))
        {
            Print([name, .. await figures.RunAsync(from, to)]);
        }

        Console.WriteLine();
    }

    private static void Head(IReadOnlyCollection<string> names)
    {
        Print(names);
        Console.WriteLine($"|{string.Concat(names.Select(_ => "---|"))}");
    }

    private static void Print(IEnumerable<string> cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");
}
