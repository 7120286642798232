using Benchmarks.Firecrawl;
using Benchmarks.GitHub;
using Benchmarks.Memory;
using Benchmarks.Pipeline;
using McpGateway.Testing;

namespace Benchmarks.Fleet;

/// <summary>
/// All four services as images have them, in front of stubs of their APIs: with a bearer token, OAuth, the console, metrics and an audit file.
/// </summary>
internal sealed class ServiceFleet : IAsyncDisposable
{
    public const string Token = "a-token-for-the-benchmark-alone";
    public const string Secret = "an-operator-secret-for-the-benchmark";

    private readonly List<StubUpstream> stubs = [];
    private readonly Dictionary<string, FleetMember> members = [];

    public IReadOnlyDictionary<string, FleetMember> Members => members;

    /// <summary>Starts them; the memory has a thousand entities.</summary>
    public static async Task<ServiceFleet> StartAsync()
    {
        var fleet = new ServiceFleet();
        try
        {
            var (coda, github, firecrawl) = (await StubCoda.StartAsync(), await StubGitHub.StartAsync(), await StubFirecrawl.StartAsync());
            fleet.stubs.AddRange([coda, github, firecrawl]);
            await fleet.AddAsync("Memory", []);
            await fleet.AddAsync(
                "GitHub",
                new() { ["GITHUB_HOST"] = github.Url, ["GITHUB_TOKEN"] = "ghp_benchmarkbenchmarkbenchmarkbenchmark" }
            );
            await fleet.AddAsync(
                "Coda",
                new()
                {
                    ["CODA_API_TOKEN"] = "coda-token",
                    ["CODA_API_BASE_URL"] = $"{coda.Url}/apis/v1",
                    ["CODA_LIMIT_READS"] = "1000000/1",
                }
            );
            await fleet.AddAsync(
                "Firecrawl",
                new() { ["FIRECRAWL_API_KEY"] = "fc-key-of-the-benchmark", ["FIRECRAWL_API_URL"] = firecrawl.Url }
            );
            await fleet.members["Memory"].FillAsync(ScaleBenchmark.Lines(0, 1_000));
            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets the stubs forget the requests they have had, which they keep for specs.</summary>
    public void Forget() => stubs.ForEach(stub => stub.Forget());

    public async ValueTask DisposeAsync()
    {
        foreach (var member in members.Values)
        {
            await member.DisposeAsync();
        }

        foreach (var stub in stubs)
        {
            await stub.DisposeAsync();
        }
    }

    private async Task AddAsync(string project, Dictionary<string, string?> settings)
    {
        var program = await PublishedService.OfAsync(project);
        var folder = Directory.CreateTempSubdirectory("fleet-").FullName;
        var port = FreePort.Find();
        foreach (
            var (name, value) in (ReadOnlySpan<(string, string)>)
                [
                    ("PORT", $"{port}"),
                    ("PUBLIC_URL", $"http://127.0.0.1:{port}"),
                    ("OPERATOR_SECRET", Secret),
                    ("MCP_BEARER_TOKEN", Token),
                    ("DATA_PATH", folder),
                    ("AUDIT_LOG", Path.Combine(folder, "audit.jsonl")),
                    ("METRICS", "true"),
                    ("RATE_LIMIT_PER_SECOND", "0"),
                ]
        )
        {
            settings[name] = value;
        }

        var added = await RunningProcess.RunAsync(program, ["client", "add", "n8n"], settings);
        var client = PipelineServers.ClientOf(added.Succeeded());
        members[project] = new(project, await GatewayProcess.StartAsync(project, settings, program: program), folder, client);
    }
}
