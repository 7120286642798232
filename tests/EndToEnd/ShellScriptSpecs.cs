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

    private static bool IsShellScript(string file)
    {
        return (file.EndsWith(".sh", StringComparison.Ordinal) || !Path.HasExtension(Path.GetFileName(file)) || file == ".ci/run")
            && File.Exists(Path.Combine(Repository.Root, file))
            && Repository.ReadText(file).Split('\n')[0] is ("#!/usr/bin/env bash" or "#!/bin/sh");
    }
}
