using System.Security.Cryptography;
using System.Text;
using Benchmarks.Pipeline;
using McpGateway;
using McpGateway.Hosting;
using McpGateway.State;
using McpGateway.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Benchmarks.Curves;

/// <summary>The cheapest tool through the whole pipeline, as what surrounds it grows.</summary>
internal static class CallCurves
{
    private const int Rounds = 5;
    private const string Token = "a-token-for-the-benchmark-alone";
    private const string Accept = "application/json, text/event-stream";
    private const string Call = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"text":"hello"}}}""";
    private const string List = """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""";

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    /// <summary>Connections that all wait for one answer after another, beside the SDK's bare endpoint.</summary>
    public static async Task<IReadOnlyList<Growth>> OfConnectionsAsync()
    {
        using var folder = new TemporaryFolder();
        await using var bare = await ServerProcess.StartAsync(PipelineServers.Bare, []);
        await using var gateway = await StartAsync(folder.Path, ("MCP_BEARER_TOKEN", Token));
        var ours = new LoadGenerator(gateway.McpUrl, Accept, Token, Call);
        var theirs = new LoadGenerator(bare.McpUrl, Accept, null, Call);
        await ours.RunAsync(16, WarmUp);
        await theirs.RunAsync(16, WarmUp);
        int[] sizes = [1, 3, 10, 30, 100, 300, 1_000];
        return
        [
            await MeasureAsync("gateway", sizes, size => (gateway, ours, size)),
            await MeasureAsync("bare SDK endpoint", sizes, size => (bare, theirs, size)),
        ];
    }

    /// <summary>Gateways that list more and more tools.</summary>
    public static async Task<IReadOnlyList<Growth>> OfToolsAsync()
    {
        using var folder = new TemporaryFolder();
        var servers = new Dictionary<int, ServerProcess>();
        try
        {
            foreach (var size in (int[])[10, 20, 50, 100, 200, 500])
            {
                servers[size] = await StartAsync(
                    Path.Combine(folder.Path, $"{size}"),
                    ("MCP_BEARER_TOKEN", Token),
                    (PipelineServers.FurtherTools, $"{size - 1}")
                );
                await Loads(size, Call).RunAsync(4, WarmUp);
                await Loads(size, List, "\"echo\"").RunAsync(4, WarmUp);
            }

            return
            [
                await MeasureAsync("tools/call", [.. servers.Keys], size => (servers[size], Loads(size, Call), 1)),
                await MeasureAsync("tools/list", [.. servers.Keys], size => (servers[size], Loads(size, List, "\"echo\""), 1)),
            ];
        }
        finally
        {
            foreach (var server in servers.Values)
            {
                await server.DisposeAsync();
            }
        }

        LoadGenerator Loads(int size, string body, string expected = "hello") => new(servers[size].McpUrl, Accept, Token, body, expected);
    }

    /// <summary>Callers with a token of their own each, made at run time, who call in turn.</summary>
    public static async Task<IReadOnlyList<Growth>> OfCallersAsync()
    {
        using var folder = new TemporaryFolder();
        const int most = 10_000;
        var tokens = await MakeTokensAsync(folder.Path, most);
        await using var gateway = await StartAsync(folder.Path);
        var requests = tokens.Select(token => LoadGenerator.RequestOf(gateway.McpUrl, Accept, token, Call)).ToList();
        await Loads(1).RunAsync(16, WarmUp);
        return [await MeasureAsync("16 connections", [1, 10, 100, 1_000, most], size => (gateway, Loads(size), 16))];

        // Connections are far apart among the callers, so that all of them come.
        LoadGenerator Loads(int callers) => new(gateway.McpUrl, (connection, call) => requests[((connection * 617) + call) % callers]);
    }

    private static async Task<Growth> MeasureAsync(string what, int[] sizes, Func<int, (ServerProcess, LoadGenerator, int)> way)
    {
        var runs = await Interleaved.MeasureAsync(
            sizes,
            Rounds,
            async size =>
            {
                var (server, load, connections) = way(size);
                var before = server.ProcessorTime;
                var run = await load.RunAsync(connections, Duration);
                return (run.Median, Processor: (server.ProcessorTime - before) / run.Calls);
            }
        );
        return new(
            what,
            [
                .. sizes.Select(size =>
                    ((double)size, (double[])[Median(runs[size].Select(r => r.Median)), Median(runs[size].Select(r => r.Processor))])
                ),
            ]
        );
    }

    private static Task<ServerProcess> StartAsync(string folder, params (string Name, string Value)[] settings) =>
        ServerProcess.StartAsync(
            PipelineServers.Gateway,
            settings
                .Append(("RATE_LIMIT_PER_SECOND", "100000"))
                .Append(("DATA_PATH", folder))
                .Append(("AUDIT_LOG", Path.Combine(folder, "audit.jsonl")))
                .ToDictionary(setting => setting.Item1, setting => (string?)setting.Item2)
        );

    /// <summary>As the command <c>token add</c> does, which would take a process for each.</summary>
    private static async Task<List<string>> MakeTokensAsync(string folder, int count)
    {
        Environment.SetEnvironmentVariable("DATA_PATH", folder);
        await using var app = GatewayHost.BuildKestrel(new GatewayService("echo-mcp", 0, "Echo", ""), gateway => gateway.AddState());
        var book = app.Services.GetRequiredService<Tokens>();
        var tokens = Enumerable
            .Range(0, count)
            .Select(_ => Tokens.Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)))
            .ToList();
        foreach (var part in tokens.Index().Chunk(500))
        {
            await Task.WhenAll(
                part.Select(token =>
                    book.AddAsync(
                        $"caller-{token.Index}",
                        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token.Item))),
                        "",
                        CancellationToken.None
                    )
                )
            );
        }

        return tokens;
    }

    private static double Median(IEnumerable<TimeSpan> values) => values.Order().ElementAt(Rounds / 2).TotalMilliseconds;
}
