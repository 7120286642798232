using McpGateway.Testing;

namespace EndToEnd;

/// <summary><c>./test</c> itself, with a machine and a test program made up for it.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class TestScriptSpecs : IDisposable
{
    private const string Sentence =
        "Little room: 0.5 GB at /small free, and such a run writes about 2 GB. Tests may fail for want of it (No space left on device).";

    private readonly TemporaryFolder copy = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => copy.Dispose();

    [Theory]
    [InlineData(524_288, 1, "1 passed, 1 failed", 2)]
    [InlineData(524_288, 0, "1 passed, 0 failed", 1)]
    [InlineData(99_000_000, 1, "1 passed, 1 failed", 0)]
    public async Task Little_room_is_told_before_the_run_and_again_beside_failures(int free, int failed, string counted, int times)
    {
        await ScriptCopy.MakeAsync(copy.Path);
        await WriteAsync("Functions.sln", "Small.Specs.csproj");
        await WriteAsync("tests/Small.Specs/Small.Specs.csproj", "");
        await WriteAsync("machine/df", $"echo heading; echo disk 1 1 {free} 1% /small");
        await WriteAsync("machine/dotnet", "echo 10.0.100");
        await WriteAsync(
            "artifacts/bin/Small.Specs/release/Small.Specs",
            $"""echo '<assembly name="x" passed="1" failed="{failed}" errors="0" skipped="0">' >artifacts/test-results/Small.Specs.xml; exit {failed}"""
        );
        var run = await RunningProcess.RunAsync(
            copy.At("test"),
            ["Small"],
            new Dictionary<string, string?>
            {
                ["PATH"] = $"{copy.At("machine")}:{Environment.GetEnvironmentVariable("PATH")}",
                ["FunctionsWorker"] = "false",
            },
            cancellationToken: Cancellation
        );
        var lines = run.Output.Split('\n');
        Assert.True(lines.Contains(counted), run.Output + run.Errors);
        Assert.Equal(failed, run.ExitCode);
        Assert.Equal(times, lines.Count(line => line == Sentence));
        Assert.Equal(times > 0, lines[0] == Sentence);
        Assert.Equal(times > 1, lines[^1] == Sentence);
    }

    private async Task WriteAsync(string path, string script)
    {
        var file = copy.At(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(
            file,
            path.Contains('.', StringComparison.Ordinal) && !path.Contains("bin/", StringComparison.Ordinal)
                ? script
                : $"#!/bin/sh\n{script}\n",
            Cancellation
        );
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
