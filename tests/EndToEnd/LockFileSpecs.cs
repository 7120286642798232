using McpGateway.Testing;

namespace EndToEnd;

/// <summary>docs/decisions/0022-package-lock-files.md</summary>
public sealed class LockFileSpecs : IDisposable
{
    private readonly string folder = TemporaryFolder.Create("lock-spec-").FullName;

    /// <summary>With the Functions worker only where this build has it: its packages are not on every feed.</summary>
    public static TheoryData<string> FunctionsWorker =>
        File.Exists(Path.Combine(Repository.OutputOf("Memory"), "functions.metadata")) ? ["false", "true"] : ["false"];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(FunctionsWorker))]
    public async Task The_lock_files_hold_what_the_projects_ask_for(string functionsWorker)
    {
        var restore = await RunningProcess.RunAsync(
            Tool.Require("dotnet", "Install the .NET 10 SDK."),
            [
                "restore",
                "Functions.sln",
                "--locked-mode",
                "--disable-build-servers",
                $"-p:FunctionsWorker={functionsWorker}",
                // Its own output: the build's stays as it is.
                $"-p:ArtifactsPath={folder}/",
            ],
            RunningProcess.MachineEnvironment(),
            Repository.Root,
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.True(
            restore.ExitCode == 0,
            $"{restore.Output}\n{restore.Errors}\nRenew the lock files as CONTRIBUTING.md says, and commit them."
        );
    }
}
