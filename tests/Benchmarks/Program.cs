using Benchmarks.Coda;
using Benchmarks.Curves;
using Benchmarks.Firecrawl;
using Benchmarks.GitHub;
using Benchmarks.Memory;
using Benchmarks.Peers;
using Benchmarks.Pipeline;
using Benchmarks.Soak;
using Benchmarks.Streams;
using Benchmarks.Wire;

return args switch
{
    ["activity"] => await ActivityBenchmark.RunAsync(),
    ["coda"] => await CodaBenchmark.RunAsync(),
    ["curves", .. var chosen] => await CurvesBenchmark.RunAsync(chosen),
    ["firecrawl"] => await FirecrawlBenchmark.RunAsync(),
    ["firecrawl", "overhead", .. var programs] => await OverheadBenchmark.RunAsync(programs),
    ["github"] => await GitHubBenchmark.RunAsync(),
    ["pipeline"] => await PipelineBenchmark.RunAsync(),
    ["memory"] => await MemoryBenchmark.RunAsync(),
    ["memory", "all"] => await MemoryBenchmark.RunAsync() + await RecallBenchmark.RunAsync() + await ScaleBenchmark.RunAsync(),
    ["peers", .. var rounds] => await PeersBenchmark.RunAsync(rounds),
    ["recall"] => await RecallBenchmark.RunAsync(),
    ["scale"] => await ScaleBenchmark.RunAsync(),
    ["soak", .. var minutes] => await SoakBenchmark.RunAsync(minutes),
    ["stores", .. var sizes] => await StoreBenchmark.RunAsync(sizes),
    ["start"] => await StartBenchmark.RunAsync(),
    ["streams", .. var count] => await StreamsBenchmark.RunAsync(count),
    ["wire"] => await WireBenchmark.RunAsync(),
    // The two servers that "pipeline" starts as processes of their own.
    [PipelineServers.Bare] => await PipelineServers.RunBareAsync(),
    [PipelineServers.Gateway, .. var arguments] => await PipelineServers.RunGatewayAsync(arguments),
    ["-h" or "--help"] => Usage(Console.Out, 0),
    _ => Usage(Console.Error, 2),
};

static int Usage(TextWriter writer, int exitCode)
{
    writer.WriteLine(
        "Usage: dotnet run -c Release --project tests/Benchmarks -- "
            + "activity|coda|curves [connections|entities|tools|callers] [most entities]|firecrawl [overhead [programs...]]|github|"
            + "memory [all]|peers [rounds]|pipeline|recall|scale|soak [minutes]|start|stores [entities...]|streams [count]|wire"
    );
    return exitCode;
}
