using McpGateway.Testing;

namespace EndToEnd;

public sealed class ShellScriptSpecs
{
    [Fact]
    public async Task Every_script_passes_shellcheck()
    {
        var shellcheck = Tool.Require("shellcheck", "Install it: apt-get install shellcheck.");
        var tracked = await RunningProcess.RunAsync(
            "git",
            ["-C", Repository.Root, "ls-files"],
            cancellationToken: TestContext.Current.CancellationToken
        );
        var scripts = tracked.Output.Split('\n').Where(IsShellScript).ToList();
        Assert.Contains("run", scripts);
        Assert.Contains("docker/doctor.sh", scripts);

        // What a script sources is checked with it: -x, and -P SCRIPTDIR because it lies beside it.
        var run = await RunningProcess.RunAsync(
            shellcheck,
            ["-x", "-P", "SCRIPTDIR", "-S", "warning", .. scripts],
            folder: Repository.Root,
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("test")]
    [InlineData("build/generate.sh")]
    [InlineData("build/listings.sh")]
    [InlineData("docker/backup.sh")]
    [InlineData("docker/doctor.sh")]
    [InlineData("docker/init.sh")]
    [InlineData("docker/upgrade.sh")]
    [InlineData("docker/verify.sh")]
    [InlineData("infra/systemd/install.sh")]
    public async Task A_script_says_what_it_is_for_and_does_nothing_for_an_option_it_does_not_know(string script)
    {
        using var copy = new TemporaryFolder();
        await ScriptCopy.MakeAsync(copy.Path);
        var before = Directory.GetFileSystemEntries(copy.Path, "*", SearchOption.AllDirectories);
        var help = await RunAsync("--help");
        Assert.Equal(0, help.ExitCode);
        Assert.True(help.Output.Length > 100, help.Output);
        Assert.Equal("", help.Errors);
        Assert.NotEqual(0, (await RunAsync("--nonsense")).ExitCode);
        Assert.Equal(before.Order(), Directory.GetFileSystemEntries(copy.Path, "*", SearchOption.AllDirectories).Order());

        Task<Finished> RunAsync(string option) =>
            RunningProcess.RunAsync(
                Path.Combine(copy.Path, script),
                [option],
                folder: Path.GetTempPath(),
                cancellationToken: TestContext.Current.CancellationToken
            );
    }

    private static bool IsShellScript(string file)
    {
        return (file.EndsWith(".sh", StringComparison.Ordinal) || !Path.HasExtension(Path.GetFileName(file)) || file == ".ci/run")
            && File.Exists(Path.Combine(Repository.Root, file))
            && Repository.ReadText(file).Split('\n')[0] is ("#!/usr/bin/env bash" or "#!/bin/sh");
    }
}
