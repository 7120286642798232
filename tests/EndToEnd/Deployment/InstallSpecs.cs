using McpGateway.Testing;

namespace EndToEnd.Deployment;

/// <summary>An operator without containers runs <c>infra/systemd/install.sh</c> on a machine that is broken or odd.</summary>
public sealed class InstallSpecs : IAsyncLifetime
{
    // What is published is not the matter here.
    private const string Dotnet = """
        #!/bin/sh
        [ "$1" = --version ] && { echo 10.0.100; exit; }
        for folder; do :; done
        mkdir -p "$folder" && echo new > "$folder/$(basename "$2")"
        """;

    private readonly TemporaryFolder root = new();

    private string Clone => root.At("a clone");

    private string Machine => root.At("machine");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(root.At("bin"));
        await File.WriteAllTextAsync(root.At("bin/dotnet"), Dotnet, Cancellation);
        (
            await ShellAsync(
                $"""
                chmod +x '{root.At("bin")}/dotnet'
                mkdir '{root.At("tools")}' && ln -s /usr/bin/* '{root.At("tools")}/' && rm -f '{root.At("tools")}/dotnet'
                mkdir -p '{Clone}' '{Machine}/usr/local/lib/mcp-gateways/memory' '{root.At("scratch")}'
                echo old > '{Machine}/usr/local/lib/mcp-gateways/memory/Memory'
                cd '{Repository.Root}' && cp --parents -t '{Clone}' services build/*.sh infra/systemd/*
                """
            )
        ).Succeeded();
    }

    public ValueTask DisposeAsync()
    {
        root.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("rm ../../services", "services is missing: infra/systemd belongs in a whole clone of the repository")]
    [InlineData("rm ../../build/toolchain.sh", "build/toolchain.sh is missing: infra/systemd belongs in a whole clone of the repository")]
    [InlineData("PATH=$TOOLS", "the .NET 10 SDK is missing")]
    [InlineData(
        "printf '#!/bin/sh\n[ $1 = --list-sdks ] && { echo 10.0.100; exit; }\necho libhostfxr.so is broken; exit 1\n' > \"$BIN/dotnet\"",
        "'dotnet --version' fails: libhostfxr.so is broken"
    )]
    [InlineData(
        "printf '#!/bin/sh\n[ $1 = --list-sdks ] && { echo 8.0.100; exit; }\nexit 1\n' > \"$BIN/dotnet\"",
        "the .NET SDK is too old"
    )]
    [InlineData("set -- memroy", "there is no service 'memroy': coda github memory firecrawl")]
    [InlineData("export TMPDIR=/nowhere/at/all", "no temporary folder can be made in /nowhere/at/all")]
    [InlineData(
        "mkdir -p \"$ROOT/etc\"; touch \"$ROOT/etc/mcp-gateways\"",
        "etc/mcp-gateways cannot be written by root: run this as root (sudo)"
    )]
    [InlineData(
        "mkdir -p \"$ROOT/etc/mcp-gateways/memory.bearer_tokens\"",
        "memory.bearer_tokens is a folder, where a file belongs: move it away"
    )]
    [InlineData(
        "full=$ROOT/etc/mcp-gateways; mkdir -p \"$full\" && mount -t tmpfs -o size=4k none \"$full\" && head -c 4096 /dev/zero > \"$full/full\"",
        "cannot be written by root: run this as root (sudo), with space on the disk"
    )]
    [InlineData(
        "sed -i '$ d' \"$BIN/dotnet\"; echo 'echo error CS1002; exit 1' >> \"$BIN/dotnet\"",
        "memory-mcp cannot be published: the lines above say why. What was installed before stays as it is"
    )]
    [InlineData(
        "export TMPDIR=/tmp; chmod -R go+rX ../../..; as='setpriv --reuid=nobody --clear-groups'",
        "cannot be written by nobody: run this as root (sudo)"
    )]
    public async Task What_is_wrong_is_told_and_what_was_installed_runs_on(string before, string told)
    {
        Assert.SkipUnless(Environment.UserName == "root", "Only root can mount, and become another user.");
        var run = await InstallAsync(before);
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("install.sh: ", run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1], StringComparison.Ordinal);
        Assert.Contains(told, run.Errors, StringComparison.Ordinal);
        Assert.Equal(["memory"], Directory.GetFileSystemEntries(root.At("machine/usr/local/lib/mcp-gateways")).Select(Path.GetFileName));
        Assert.Equal("old\n", await File.ReadAllTextAsync(root.At("machine/usr/local/lib/mcp-gateways/memory/Memory"), Cancellation));
        Assert.Empty(Directory.GetFileSystemEntries(root.At("scratch")));
    }

    [Theory]
    [InlineData("cd / && export CDPATH=.")]
    [InlineData("ln -s \"$CLONE/infra/systemd/install.sh\" \"$SCRATCH/../install\" && script=$SCRATCH/../install")]
    [InlineData("cd \"$ROOT/..\" && export ROOT=machine")]
    public async Task It_installs_from_wherever_it_is_called(string before)
    {
        (await InstallAsync(before)).Succeeded();
        Assert.Equal("new\n", await File.ReadAllTextAsync(root.At("machine/usr/local/lib/mcp-gateways/memory/Memory"), Cancellation));
        Assert.Matches(
            "^claude=[0-9a-f]{64}\n$",
            await File.ReadAllTextAsync(root.At("machine/etc/mcp-gateways/memory.bearer_tokens"), Cancellation)
        );
    }

    /// <summary>Runs it after a command in its folder, in a mount namespace of its own where that is possible.</summary>
    private Task<Finished> InstallAsync(string before)
    {
        string[] apart = Environment.UserName == "root" ? ["unshare", "--mount"] : ["env"];
        return RunningProcess.RunAsync(
            apart[0],
            [
                .. apart[1..],
                "bash",
                "-c",
                $$"""as= script="$CLONE/infra/systemd/install.sh"; set -- memory; {{before}}; exec $as bash "$script" "$@" """,
            ],
            new Dictionary<string, string?>
            {
                ["PATH"] = $"{root.At("bin")}:{Environment.GetEnvironmentVariable("PATH")}",
                ["BIN"] = root.At("bin"),
                ["TOOLS"] = root.At("tools"),
                ["CLONE"] = Clone,
                ["ROOT"] = Machine,
                ["SCRATCH"] = root.At("scratch"),
                ["TMPDIR"] = root.At("scratch"),
            },
            folder: Path.Combine(Clone, "infra", "systemd"),
            cancellationToken: Cancellation
        );
    }

    private static Task<Finished> ShellAsync(string script) =>
        RunningProcess.RunAsync("bash", ["-e", "-c", script], cancellationToken: Cancellation);
}
