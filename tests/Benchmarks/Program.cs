using Benchmarks.Coda;
using Benchmarks.Firecrawl;
using Benchmarks.GitHub;
using Benchmarks.Memory;
using Benchmarks.Pipeline;

return args switch
{
    ["activity"] => await ActivityBenchmark.RunAsync(),
    ["coda"] => await CodaBenchmark.RunAsync(),
    ["firecrawl"] => await FirecrawlBenchmark.RunAsync(),
    ["github"] => await GitHubBenchmark.RunAsync(),
    ["pipeline"] => await PipelineBenchmark.RunAsync(),
    ["memory"] => await MemoryBenchmark.RunAsync(),
    ["memory", "all"] => await MemoryBenchmark.RunAsync() + await RecallBenchmark.RunAsync() + await ScaleBenchmark.RunAsync(),
    ["recall"] => await RecallBenchmark.RunAsync(),
    ["scale"] => await ScaleBenchmark.RunAsync(),
    ["stores", .. var sizes] => await StoreBenchmark.RunAsync(sizes),
    ["start"] => await StartBenchmark.RunAsync(),
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
            + "activity|coda|firecrawl|github|memory [all]|pipeline|recall|scale|start|stores [entities...]"
    );
    return exitCode;
}
