using McpGateway.Testing;

namespace EndToEnd.Deployment;

/// <summary>The stack of compose.local.yml, built and up.</summary>
public sealed class LocalContainers(DockerEngine engine) : IAsyncLifetime
{
    public const string Token = "a-token-of-the-container-specs-0123456789";

    /// <summary>
    /// The stand-in base image holds no Functions host, and the feed may lack the worker: Kestrel alone. Compiling ahead of time would take
    /// minutes.
    /// </summary>
    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["MCP_BEARER_TOKEN"] = Token,
        ["GATEWAY_HOST"] = "kestrel",
        ["FUNCTIONS_WORKER"] = "false",
        ["READY_TO_RUN"] = "false",
    };

    private static readonly string QuickChecks = Path.Combine(Repository.Root, "tests", "EndToEnd", "Deployment", "compose.local.test.yml");

    public string UpOutput { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        if (engine.IsRunning)
        {
            UpOutput = await ComposeAsync("up", "-d", "--build", "--wait");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (engine.IsRunning)
        {
            await ComposeAsync("down", "-v");
        }
    }

    public async Task<string> ComposeAsync(params string[] arguments)
    {
        var run = await engine.RunAsync("docker", ["compose", "-f", "compose.local.yml", "-f", QuickChecks, .. arguments], Settings);
        Assert.True(run.ExitCode == 0, $"docker compose {string.Join(' ', arguments)}:\n{run.Output}\n{run.Errors}");
        return run.Output + run.Errors;
    }

    /// <summary>Runs one of the project's docker scripts against the stack.</summary>
    public Task<Finished> ScriptAsync(
        string script,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?>? settings = null
    ) =>
        engine.RunAsync(
            "bash",
            [script, .. arguments],
            Settings.Concat(settings ?? new Dictionary<string, string?>()).GroupBy(s => s.Key).ToDictionary(g => g.Key, g => g.Last().Value)
        );
}
