using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using McpGateway.Testing;

namespace Benchmarks.Coda;

/// <summary>
/// What coda-mcp adds to a call of Coda's API: a page read through the gateway's own process, against the same request
/// sent straight to the same stub of the API, in interleaved rounds on one connection.
/// </summary>
public static class CodaBenchmark
{
    private const int Rounds = 9;
    private const int CallsPerRound = 1_000;
    private const int CallsToWarmUp = 6_000;
    private const string Token = "a-token-for-the-benchmark-alone";
    private const string Path = "/apis/v1/docs/AbCDeFGHij/pages/canvas-1x";
    private const string Page =
        """{"id":"canvas-1x","name":"Plan","contentType":"canvas","browserLink":"https://coda.io/d/_dAbCDeFGHij/Plan_su1","isHidden":false,"children":[]}""";
    private const string Call =
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"coda_get_page","arguments":{"docId":"AbCDeFGHij","pageIdOrName":"canvas-1x"}}}""";

    public static async Task<int> RunAsync()
    {
        await using var coda = await StubUpstream.StartAsync();
        coda.On($"GET {Path}", Page);
        await using var gateway = await GatewayProcess.StartAsync(
            "Coda",
            new Dictionary<string, string?>
            {
                ["MCP_BEARER_TOKEN"] = Token,
                ["CODA_API_TOKEN"] = "coda-token",
                ["CODA_API_BASE_URL"] = $"{coda.Url}/apis/v1",
                ["CODA_LIMIT_READS"] = "1000000/1",
                ["RATE_LIMIT_PER_SECOND"] = "0",
            }
        );
        using var direct = new HttpClient { BaseAddress = new Uri(coda.Url) };
        Contender[] contenders =
        [
            new("the API directly", () => direct.GetAsync(new Uri(Path, UriKind.Relative))),
            new("through coda-mcp", () => gateway.Http.SendAsync(CreateCall())),
        ];
        foreach (var contender in contenders)
        {
            await MeasureAsync(contender, CallsToWarmUp);
        }

        var runs = await Interleaved.MeasureAsync(contenders, Rounds, contender => MeasureAsync(contender, CallsPerRound));

        Console.WriteLine("| way | p50 ms | p95 ms |");
        Console.WriteLine("|---|---|---|");
        foreach (var contender in contenders)
        {
            Print(contender.Name, Median(runs[contender].Select(r => r.P50)), Median(runs[contender].Select(r => r.P95)));
        }

        // The difference of each round's neighbours: a busy machine slows both.
        var pairs = runs[contenders[0]].Zip(runs[contenders[1]]).ToList();
        Print(
            "added by the gateway",
            Median(pairs.Select(p => p.Second.P50 - p.First.P50)),
            Median(pairs.Select(p => p.Second.P95 - p.First.P95))
        );
        return 0;
    }

    private static HttpRequestMessage CreateCall()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent(Call, Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        request.Headers.Accept.ParseAdd("application/json");
        return request;
    }

    private static async Task<Run> MeasureAsync(Contender contender, int calls)
    {
        var times = new List<double>(calls);
        for (var call = 0; call < calls; call++)
        {
            var started = Stopwatch.GetTimestamp();
            using var response = await contender.SendAsync();
            var text = await response.Content.ReadAsStringAsync();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            if (!response.IsSuccessStatusCode || !text.Contains("Plan", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"Not the page: {(int)response.StatusCode} {text}");
            }
        }

        times.Sort();
        return new(times[calls / 2], times[calls * 95 / 100]);
    }

    private static void Print(string name, double p50, double p95) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {p50:0.00} | {p95:0.00} |"));

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private sealed record Contender(string Name, Func<Task<HttpResponseMessage>> SendAsync);

    private sealed record Run(double P50, double P95);
}
