using System.Diagnostics;
using System.Globalization;
using McpGateway.Testing;

namespace Benchmarks.Pipeline;

/// <summary>How soon after its start memory-mcp answers /health, and how much memory it holds when idle.</summary>
public static class StartBenchmark
{
    private const int Starts = 10;

    public static async Task<int> RunAsync()
    {
        var answered = new List<double>();
        var resident = new List<double>();
        for (var start = 0; start < Starts; start++)
        {
            var folder = Directory.CreateTempSubdirectory("start-benchmark-");
            var port = FreePort.Find();
            var started = Stopwatch.GetTimestamp();
            await using (
                var process = GatewayProcess.Start("Memory", folder.FullName, new Dictionary<string, string?> { ["PORT"] = $"{port}" })
            )
            {
                await WaitForHealthAsync(new Uri($"http://127.0.0.1:{port}/health"));
                answered.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
                await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System);
                resident.Add(await ProcessMemory.ResidentAsync(process.Id));
            }

            folder.Delete(recursive: true);
        }

        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| first /health after the start, median of {Starts} | {Median(answered):0.00} s |"
            )
        );
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"| resident memory, idle, median of {Starts} | {Median(resident):0} MB |")
        );
        return 0;
    }

    private static async Task WaitForHealthAsync(Uri url)
    {
        using var client = new HttpClient();
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var response = await client.GetAsync(url);
                response.EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException e) when (e.StatusCode is null && Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
            }
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
