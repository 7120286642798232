using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using McpGateway.Testing;

namespace Benchmarks.Pipeline;

/// <summary>
/// How soon after its start memory-mcp answers: as it is built, and as images have it, compiled ahead of time (docs/decisions/0047-ready-to-run.md) or to
/// native code (docs/decisions/0054-native-memory.md).
/// </summary>
public static class StartBenchmark
{
    private const int Starts = 10;

    private static readonly string[] Rows =
    [
        "first /health after the start, ms",
        "first tools/list, ms",
        "first create_entities, ms",
        "first search_nodes, ms",
        "processor time until then, ms",
        "resident memory, idle, MB",
    ];

    public static async Task<int> RunAsync()
    {
        (string Name, string Program)[] forms =
        [
            ("built", Path.Combine(Repository.OutputOf("Memory"), "Memory")),
            ("compiled ahead of time", await PublishedService.OfAsync("Memory")),
            ("native", await PublishedService.NativeMemoryAsync()),
        ];
        var measured = forms.ToDictionary(form => form.Name, _ => new List<double[]>());
        for (var start = 0; start < Starts; start++)
        {
            foreach (var (name, program) in forms)
            {
                measured[name].Add(await StartAsync(program));
            }
        }

        Console.WriteLine($"| median of {Starts} starts | {string.Join(" | ", forms.Select(form => form.Name))} |");
        Console.WriteLine($"|---|{string.Concat(Enumerable.Repeat("---|", forms.Length))}");
        for (var row = 0; row < Rows.Length; row++)
        {
            var medians = forms.Select(form => Median(measured[form.Name].Select(values => values[row])));
            Console.WriteLine(
                $"| {Rows[row]} | {string.Join(" | ", medians.Select(median => median.ToString("0", CultureInfo.InvariantCulture)))} |"
            );
        }

        return 0;
    }

    private static async Task<double[]> StartAsync(string program)
    {
        var folder = Directory.CreateTempSubdirectory("start-benchmark-");
        var url = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        var started = Stopwatch.GetTimestamp();
        double[] values;
        await using (
            var process = RunningProcess.Start(
                program,
                [],
                new Dictionary<string, string?> { ["PORT"] = $"{url.Port}", ["DATA_PATH"] = folder.FullName }
            )
        )
        {
            using var client = new HttpClient { BaseAddress = url };
            client.DefaultRequestHeaders.Add("Accept", "application/json");
            await WaitForHealthAsync(client);
            var health = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            var list = await PostAsync(client, "tools/list", new { });
            object[] entities =
            [
                new
                {
                    name = "Ada",
                    entityType = "person",
                    observations = (string[])["writes programs"],
                },
            ];
            var create = await PostAsync(client, "tools/call", new { name = "create_entities", arguments = new { entities } });
            var search = await PostAsync(client, "tools/call", new { name = "search_nodes", arguments = new { query = "programs" } });
            using var system = Process.GetProcessById(process.Id);
            var processor = system.TotalProcessorTime.TotalMilliseconds;
            await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System);
            values = [health, list, create, search, processor, await ProcessMemory.ResidentAsync(process.Id)];
        }

        folder.Delete(recursive: true);
        return values;
    }

    private static async Task<double> PostAsync(HttpClient client, string method, object parameters)
    {
        var started = Stopwatch.GetTimestamp();
        using var response = await client.PostAsJsonAsync(
            "/mcp",
            new
            {
                jsonrpc = "2.0",
                id = 1,
                method,
                @params = parameters,
            }
        );
        response.EnsureSuccessStatusCode();
        await response.Content.ReadAsByteArrayAsync();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static async Task WaitForHealthAsync(HttpClient client)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var response = await client.GetAsync(new Uri("/health", UriKind.Relative));
                response.EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException e) when (e.StatusCode is null && Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
            }
        }
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Starts / 2);
}
