using McpGateway.Testing;

namespace EndToEnd.Deployment;

/// <summary>A docker engine of the tests' own (engine.sh), for all tests that need containers.</summary>
public sealed class DockerEngine : IAsyncLifetime
{
    private static readonly string Folder = Path.Combine(Repository.Root, "artifacts", "docker-engine");
    private static readonly string Script = Path.Combine(Repository.Root, "tests", "EndToEnd", "Deployment", "engine.sh");

    private readonly Dictionary<string, string?> environment = [];

    /// <summary>Whether this machine could start it; without, <see cref="Require"/> says what is missing.</summary>
    public bool IsRunning { get; private set; }

    public async ValueTask InitializeAsync()
    {
        // A fixture cannot skip: the tests ask Require.
        if (Environment.UserName != "root" || !File.Exists("/usr/sbin/dockerd") || !File.Exists("/usr/sbin/debootstrap"))
        {
            return;
        }

        var run = await RunningProcess.RunAsync("bash", [Script, "start", Folder], patience: TimeSpan.FromMinutes(30));
        Assert.True(run.ExitCode == 0, $"the docker engine does not start:\n{run.Errors}");
        foreach (var line in run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            environment[line[..line.IndexOf('=', StringComparison.Ordinal)]] = line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..];
        }

        IsRunning = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (IsRunning)
        {
            await RunningProcess.RunAsync("bash", [Script, "stop", Folder]);
        }
    }

    /// <summary>Restarts the daemon, as a reboot of the machine does.</summary>
    public async Task RestartAsync()
    {
        var run = await RunningProcess.RunAsync("bash", [Script, "restart", Folder], patience: TimeSpan.FromMinutes(10));
        Assert.True(run.ExitCode == 0, $"the docker engine does not start again:\n{run.Errors}");
    }

    /// <summary>Skips the test where no engine can be started, or fails it where <c>CI=true</c>.</summary>
    public void Require()
    {
        if (!IsRunning)
        {
            Tool.Require(
                "dockerd",
                "Install it, as root on Debian: apt-get install --no-install-recommends docker.io debootstrap iptables."
            );
            Tool.Require("debootstrap", "Install it, as root on Debian: apt-get install debootstrap.");
            Assert.Fail("The docker engine did not start: it needs root.");
        }
    }

    /// <summary>Runs a program with this engine as docker's, in a folder; the work tree's docker/ by default.</summary>
    public Task<Finished> RunAsync(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?>? settings = null,
        string? folder = null
    ) =>
        RunningProcess.RunAsync(
            program,
            arguments,
            environment.Concat(settings ?? new Dictionary<string, string?>()).ToDictionary(e => e.Key, e => e.Value),
            folder: folder ?? Path.Combine(Repository.Root, "docker"),
            patience: TimeSpan.FromMinutes(30)
        );

    /// <summary>Runs docker and holds it to success.</summary>
    /// <returns>What it printed, trimmed.</returns>
    public async Task<string> DockerAsync(params string[] arguments)
    {
        var run = await RunAsync("docker", arguments);
        Assert.True(run.ExitCode == 0, $"docker {string.Join(' ', arguments)}:\n{run.Output}\n{run.Errors}");
        return run.Output.Trim();
    }
}

/// <summary>Containers have fixed names: their tests run one after the other, on one engine.</summary>
[CollectionDefinition(Name)]
public sealed class Containers : ICollectionFixture<DockerEngine>
{
    public const string Name = "containers";
}
