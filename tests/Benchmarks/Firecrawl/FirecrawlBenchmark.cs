using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Benchmarks.Firecrawl;

/// <summary>
/// firecrawl-mcp against the official server, both over HTTP and before the same stub of Firecrawl's API: the median time of
/// a call in interleaved rounds, then what each holds in memory, before, after, and while a crawl of 1,000 pages is read.
/// </summary>
public static class FirecrawlBenchmark
{
    private const int Rounds = 5;
    private const int CallsPerRound = 5;
    private const int CallsToWarmUp = 3;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private static readonly (string Name, Func<FirecrawlServer, Task<string>> CallAsync, string Expected)[] Calls =
    [
        ("tools/list", server => server.SendAsync("tools/list", "{}"), "firecrawl_scrape"),
        (
            "firecrawl_scrape, a page of 8 kB",
            server => server.CallAsync("firecrawl_scrape", """{"url":"https://93.184.215.14/"}"""),
            "# Page 0"
        ),
        ("firecrawl_search, 10 results", server => server.CallAsync("firecrawl_search", """{"query":"pages"}"""), "Page 9"),
        ("firecrawl_map, 100 links", server => server.CallAsync("firecrawl_map", """{"url":"https://93.184.215.14/"}"""), "Page 99"),
        ("firecrawl_credit_usage", server => server.CallAsync("firecrawl_credit_usage", "{}"), "1000"),
    ];

    public static async Task<int> RunAsync()
    {
        await using var api = await StubFirecrawl.StartAsync();
        await using var official = await FirecrawlServer.StartOfficialAsync(api.Url);
        await using var ours = await FirecrawlServer.StartOursAsync(api.Url);
        FirecrawlServer[] servers = [official, ours];
        var idle = await ResidentAsync(servers);
        Console.WriteLine("| median of a call, ms | official | ours |");
        Console.WriteLine("|---|---|---|");
        foreach (var (name, callAsync, expected) in Calls)
        {
            var times = servers.ToDictionary(server => server, _ => new List<double>());
            for (var round = 0; round <= Rounds; round++)
            {
                foreach (var server in servers)
                {
                    // The first round is for what compiles and caches on first use.
                    var measured = await MeasureAsync(() => callAsync(server), expected, round == 0 ? CallsToWarmUp : CallsPerRound);
                    times[server].AddRange(round == 0 ? [] : measured);
                }
            }

            Print(name, "0.0", [.. servers.Select(server => times[server].Order().ElementAt(Rounds * CallsPerRound / 2))]);
        }

        var used = await ResidentAsync(servers);
        var crawl = new[] { await CrawlAsync(official, ReadWholeAsync), await CrawlAsync(ours, ReadInPartsAsync) };
        await Task.Delay(Rest, TimeProvider.System);
        Console.WriteLine();
        Console.WriteLine("| memory, MB | official | ours |");
        Console.WriteLine("|---|---|---|");
        Print("after the start", "0", idle);
        Print("after the calls", "0", used);
        Print($"most, while a crawl of {StubFirecrawl.Pages:N0} pages is read", "0", [.. crawl.Select(c => c.Peak)]);
        Print("5 s after it", "0", await ResidentAsync(servers));
        Console.WriteLine();
        Console.WriteLine($"The crawl: official {crawl[0].Told}; ours {crawl[1].Told}.");
        return 0;
    }

    private static async Task<List<double>> MeasureAsync(Func<Task<string>> callAsync, string expected, int calls)
    {
        var times = new List<double>(calls);
        for (var call = 0; call < calls; call++)
        {
            var started = Stopwatch.GetTimestamp();
            var answer = await callAsync();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            if (!answer.Contains(expected, StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"Not the answer: {answer}");
            }
        }

        return times;
    }

    private static async Task<(double Peak, string Told)> CrawlAsync(
        FirecrawlServer server,
        Func<FirecrawlServer, Task<(int Pages, int Answers)>> readAsync
    )
    {
        var started = Stopwatch.GetTimestamp();
        var (pages, answers) = await readAsync(server);
        var told = string.Create(
            CultureInfo.InvariantCulture,
            $"{pages} pages in {answers} answers, {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s"
        );
        return (await ProcessMemory.PeakAsync(server.ProcessId), told);
    }

    /// <summary>The official server answers all pages at once.</summary>
    private static async Task<(int Pages, int Answers)> ReadWholeAsync(FirecrawlServer server) =>
        (JsonNode.Parse(await server.CallAsync("firecrawl_check_crawl_status", """{"id":"c1"}"""))!["data"]!.AsArray().Count, 1);

    /// <summary>Ours answers up to so many tokens, and goes on with a cursor.</summary>
    private static async Task<(int Pages, int Answers)> ReadInPartsAsync(FirecrawlServer server)
    {
        var (pages, answers, cursor) = (0, 0, "0");
        while (cursor is not null)
        {
            var texts = await server.CallAsync("firecrawl_check_crawl_status", $$"""{"id":"c1","cursor":"{{cursor}}"}""");
            // The pages' own texts come first.
            var answer = JsonNode.Parse(texts[(texts.LastIndexOf('\n') + 1)..])!;
            pages += answer["data"]!.AsArray().Count;
            answers++;
            cursor = answer["cursor"]?.GetValue<string>();
        }

        return (pages, answers);
    }

    private static async Task<double[]> ResidentAsync(FirecrawlServer[] servers) =>
        await Task.WhenAll(servers.Select(server => ProcessMemory.ResidentAsync(server.ProcessId)));

    private static void Print(string name, string format, double[] values) =>
        Console.WriteLine(
            $"| {name} | {string.Join(" | ", values.Select(value => value.ToString(format, CultureInfo.InvariantCulture)))} |"
        );
}
