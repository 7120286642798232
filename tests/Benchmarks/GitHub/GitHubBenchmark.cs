using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using McpGateway.Testing;

namespace Benchmarks.GitHub;

/// <summary>
/// What github-mcp adds to calls of GitHub's API: its own process in front of a stub, against the same requests sent straight to the stub, in
/// interleaved rounds on one connection; then 50 calls at once. The official server is written in Go and comes in no package: docs/benchmarks.md has
/// what it took on another machine's day.
/// </summary>
public static class GitHubBenchmark
{
    private const int Rounds = 9;
    private const int CallsPerRound = 40;
    private const int CallsToWarmUp = 200;
    private const int AtOnce = 50;
    private const string Token = "a-token-for-the-benchmark-alone";

    public static async Task<int> RunAsync()
    {
        await using var github = await StubGitHub.StartAsync();
        await using var plain = await StartAsync(github, "0");
        await using var cached = await StartAsync(github, "33554432");
        using var direct = new HttpClient { BaseAddress = new Uri(github.Url) };
        Contender[] contenders =
        [
            new("30 pull requests, the API directly", null, () => direct.GetAsync(new Uri(StubGitHub.PullRequests, UriKind.Relative))),
            new("30 pull requests", plain, () => CallAsync(plain, "list_pull_requests", """{"owner":"octo","repo":"hello"}""")),
            new(
                "30 pull requests, number and title alone",
                plain,
                () => CallAsync(plain, "list_pull_requests", """{"owner":"octo","repo":"hello","fields":["number","title"]}""")
            ),
            new("get_me, the API directly", null, () => direct.GetAsync(new Uri(StubGitHub.User, UriKind.Relative))),
            new("get_me", plain, () => CallAsync(plain, "get_me", "{}")),
            new(
                "30 pull requests, with the cache on",
                cached,
                () => CallAsync(cached, "list_pull_requests", """{"owner":"octo","repo":"hello"}""")
            ),
        ];
        foreach (var contender in contenders)
        {
            await MeasureAsync(contender, CallsToWarmUp);
        }

        var runs = await Interleaved.MeasureAsync(contenders, Rounds, contender => MeasureAsync(contender, CallsPerRound));

        Console.WriteLine("| call | p50 ms | p95 ms | CPU ms of the gateway | kB |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var contender in contenders)
        {
            var all = runs[contender];
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {contender.Name} | {Median(all, run => run.P50):0.00} | {Median(all, run => run.P95):0.00} | "
                        + $"{Median(all, run => run.Processor):0.00} | {all[0].Bytes / 1000.0:0.0} |"
                )
            );
        }

        var bytes = await direct.GetByteArrayAsync(new Uri(StubGitHub.PullRequests, UriKind.Relative));
        var parse = MeasureParse(bytes);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"\nJsonDocument alone takes {parse:0.00} ms for the {bytes.Length / 1000.0:0.0} kB of 30 pull requests: the gateway takes "
                    + $"{Median(runs[contenders[1]], run => run.Processor) / parse:0.0} times as much for all it does."
            )
        );

        var walls = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => ReadAsync(contenders[1])));
            walls.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        var (resident, peak) = (await ProcessMemory.ResidentAsync(plain.Id), await ProcessMemory.PeakAsync(plain.Id));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"\n{AtOnce} lists of 30 pull requests at once: {walls.Order().ElementAt(Rounds / 2):0} ms in all. "
                    + $"Memory: {resident:0} MB, at most {peak:0} MB."
            )
        );
        return 0;
    }

    /// <summary>The processor time in ms that parsing takes and nothing else.</summary>
    private static double MeasureParse(byte[] json)
    {
        var taken = new List<double>();
        for (var round = 0; round < 2 * Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < CallsPerRound; i++)
            {
                using var document = JsonDocument.Parse(json);
            }

            taken.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds / CallsPerRound);
        }

        // The first rounds compile; others on the machine only ever slow it.
        return taken.Skip(Rounds).Min();
    }

    private static Task<GatewayProcess> StartAsync(StubUpstream github, string cacheBytes) =>
        GatewayProcess.StartAsync(
            "GitHub",
            new Dictionary<string, string?>
            {
                ["MCP_BEARER_TOKEN"] = Token,
                ["GITHUB_HOST"] = github.Url,
                ["GITHUB_TOKEN"] = "ghp_benchmarkbenchmarkbenchmarkbenchmark",
                ["GITHUB_CACHE_BYTES"] = cacheBytes,
                ["RATE_LIMIT_PER_SECOND"] = "0",
            }
        );

    private static Task<HttpResponseMessage> CallAsync(GatewayProcess gateway, string tool, string arguments)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent(
                $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}}}}""",
                Encoding.UTF8,
                "application/json"
            ),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        request.Headers.Accept.ParseAdd("application/json");
        return gateway.Http.SendAsync(request);
    }

    private static async Task<Run> MeasureAsync(Contender contender, int calls)
    {
        using var process = contender.Gateway is { } gateway ? Process.GetProcessById(gateway.Id) : null;
        var before = process?.TotalProcessorTime ?? TimeSpan.Zero;
        var (times, bytes) = (new List<double>(calls), 0);
        for (var call = 0; call < calls; call++)
        {
            var started = Stopwatch.GetTimestamp();
            bytes = await ReadAsync(contender);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        process?.Refresh();
        var used = (process?.TotalProcessorTime ?? TimeSpan.Zero) - before;
        times.Sort();
        return new(times[calls / 2], times[calls * 95 / 100], used.TotalMilliseconds / calls, bytes);
    }

    private static async Task<int> ReadAsync(Contender contender)
    {
        using var response = await contender.SendAsync();
        var body = await response.Content.ReadAsByteArrayAsync();
        var text = Encoding.UTF8.GetString(body);
        return response.IsSuccessStatusCode && !text.Contains("\"isError\":true", StringComparison.Ordinal) && body.Length > 150
            ? body.Length
            : throw new InvalidOperationException($"{contender.Name}: {(int)response.StatusCode} {text[..Math.Min(text.Length, 500)]}");
    }

    private static double Median(IEnumerable<Run> runs, Func<Run, double> value) => runs.Select(value).Order().ElementAt(Rounds / 2);

    private sealed record Contender(string Name, GatewayProcess? Gateway, Func<Task<HttpResponseMessage>> SendAsync);

    private sealed record Run(double P50, double P95, double Processor, int Bytes);
}
