using Benchmarks.Coda;
using Benchmarks.Memory;
using Benchmarks.Pipeline;

return args switch
{
    ["coda"] => await CodaBenchmark.RunAsync(),
    ["pipeline"] => await PipelineBenchmark.RunAsync(),
    ["memory"] => await MemoryBenchmark.RunAsync(),
    ["start"] => await StartBenchmark.RunAsync(),
    // The two servers that "pipeline" starts as processes of their own.
    [PipelineServers.Bare] => await PipelineServers.RunBareAsync(),
    [PipelineServers.Gateway] => await PipelineServers.RunGatewayAsync(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: dotnet run -c Release --project tests/Benchmarks -- coda|memory|pipeline|start");
    return 2;
}
