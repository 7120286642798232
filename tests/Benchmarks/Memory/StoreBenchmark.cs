using System.Diagnostics;
using System.Globalization;
using McpGateway.Testing;

namespace Benchmarks.Memory;

/// <summary>
/// The memory in its file and in PostgreSQL, by one instance and by four, at each of some sizes; and what calls cost among many namespaces. A
/// memory is filled once, as a file, and moved into PostgreSQL from there.
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
        await using var postgres = await TestPostgres.StartAsync("fsync=on", "shared_buffers=1GB", "max_wal_size=4GB");
        foreach (var size in sizes)
        {
            await MeasureAsync(postgres, size);
        }

        await MeasureNamespacesAsync(postgres);
        return 0;
    }

    private static async Task MeasureAsync(TestPostgres postgres, int size)
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

        var table = new List<(string Figure, List<string> Values)>();
        foreach (var (_, instances, parameters) in SetUps)
        {
            await using var memory = await MemoryInstances.StartAsync(instances, folder.Path, parameters is null ? null : url + parameters);
            var figures = await new StoreFigures(memory, size, parameters is null ? null : postgres.ProcessId).RunAsync();
            foreach (var (row, (figure, value)) in figures.Index())
            {
                if (table.Count == row)
                {
                    table.Add((figure, []));
                }

                table[row].Values.Add(value);
            }
        }

        Print(
            [$"{size.ToString("N0", CultureInfo.InvariantCulture)} entities", .. SetUps.Select(s => s.Name)],
            table.Select(row => row.Values.Prepend(row.Figure))
        );
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Imported into the file in {filling.Elapsed.TotalSeconds:0} s, moved to PostgreSQL in {moving.Elapsed.TotalSeconds:0} s; "
                    + $"{file / 1e6:0} MB and {long.Parse(bytes, CultureInfo.InvariantCulture) / 1e6:0} MB.\n"
            )
        );
    }

    private static async Task MeasureNamespacesAsync(TestPostgres postgres)
    {
        var rows = new List<IEnumerable<string>>();
        foreach (
            var (name, url) in new[] { ("file", null), ("PostgreSQL, prepared", await postgres.CreateDatabaseAsync() + "?prepare=true") }
        )
        {
            using var folder = new TemporaryFolder();
            await using var memory = await MemoryInstances.StartAsync(1, folder.Path, url);
            var figures = new StoreFigures(memory, 1, null);
            var from = 0;
            foreach (var to in Namespaces)
            {
                rows.Add((await figures.RunAsync(from, to)).Prepend(name));
                from = to;
            }
        }

        Print(["1 instance", "namespaces", "search, ms", "open one, ms", "create one entity, ms"], rows);
    }

    private static void Print(IReadOnlyCollection<string> heads, IEnumerable<IEnumerable<string>> rows)
    {
        Console.WriteLine($"| {string.Join(" | ", heads)} |\n|{string.Concat(heads.Select(_ => "---|"))}");
        foreach (var row in rows)
        {
            Console.WriteLine($"| {string.Join(" | ", row)} |");
        }

        Console.WriteLine();
    }
}
