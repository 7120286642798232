using McpGateway.Testing;

namespace EndToEnd.Deployment;

/// <summary>The scripts on a machine that lacks what they need: one line that says so, and nothing is changed.</summary>
public sealed class MissingToolSpecs : IDisposable
{
    private readonly string root = TemporaryFolder.Create("gateway-tools-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Theory]
    [InlineData("verify.sh local", "curl", "curl is missing: install it")]
    [InlineData("doctor.sh memory", "curl", "curl is missing: install it")]
    [InlineData("verify.sh internal", "docker", "docker is missing: run this on the machine of the containers")]
    [InlineData("backup.sh", "docker", "docker is missing: run this on the machine of the containers")]
    [InlineData("backup.sh restore archive.tar", "docker", "docker is missing: run this on the machine of the containers")]
    [InlineData("upgrade.sh 9.0.0", "docker", "docker is missing: run this on the machine of the containers")]
    public async Task A_script_says_what_is_missing(string command, string tool, string told)
    {
        await ScriptCopy.MakeAsync(root);
        await RunAsync($"mkdir '{root}/bin' && ln -s /usr/bin/* '{root}/bin/' && rm -f '{root}/bin/{tool}'");
        await RunAsync(
            $"cd '{root}/docker' && printf 'DOMAIN=x.test\\nGATEWAY_VERSION=1\\nCOMPOSE_PROFILES=memory\\n' > .env && touch archive.tar"
        );
        var run = await RunningProcess.RunAsync(
            "bash",
            ["-c", $"bash {command}"],
            new Dictionary<string, string?> { ["PATH"] = Path.Combine(root, "bin") },
            folder: Path.Combine(root, "docker"),
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(told, Assert.Single(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Empty(run.Output);
        Assert.False(Directory.Exists(Path.Combine(root, "docker", "backups")));
    }

    private static async Task RunAsync(string command) =>
        (await RunningProcess.RunAsync("bash", ["-c", command], cancellationToken: TestContext.Current.CancellationToken)).Succeeded();
}
