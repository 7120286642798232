using System.Xml.Linq;
using McpGateway.Testing;

namespace EndToEnd;

/// <summary>What the programs do with arguments. Without any they start.</summary>
public sealed class ArgumentSpecs
{
    public static TheoryData<string, string> Programs =>
        new()
        {
            { "Coda", "coda-mcp" },
            { "Firecrawl", "firecrawl-mcp" },
            { "GitHub", "github-mcp" },
            { "Memory", "memory-mcp" },
            { "ConformanceGateway", "conformance-mcp" },
        };

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task A_program_tells_its_version_which_is_that_of_the_repository(string project, string service)
    {
        var run = await RunAsync(project, "--version");
        var version = XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props")).Descendants("VersionPrefix").Single().Value;
        Assert.Equal((0, $"{service} {version}", ""), (run.ExitCode, run.Output, run.Errors));
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task A_program_tells_how_it_is_used(string project, string service)
    {
        var run = await RunAsync(project, "--help");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.StartsWith($"{service} ", run.Output, StringComparison.Ordinal);
        Assert.Contains($"usage: {project} ", run.Output, StringComparison.Ordinal);
        Assert.Equal(run.Output, (await RunAsync(project, "-h")).Output);
    }

    [Theory]
    [InlineData("--verison")]
    [InlineData("--PORT=9000")]
    [InlineData("start")]
    [InlineData("")]
    [InlineData("two\nlines")]
    [InlineData("--version", "--quiet")]
    public async Task Any_other_argument_is_refused_in_one_line(params string[] arguments)
    {
        var run = await RunAsync("Memory", arguments);
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Equal(
            $"memory-mcp cannot start: unknown argument '{arguments[^1].Replace('\n', ' ')}'. "
                + "Settings are environment variables; --help lists the arguments.",
            run.Errors
        );
    }

    [Fact]
    public async Task Beside_a_known_argument_the_unknown_one_is_named()
    {
        var run = await RunAsync("Coda", "--help", "--port");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("unknown argument '--port'", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_command_can_be_stopped(string signal)
    {
        await using var command = RunningProcess.Start(
            Path.Combine(Repository.OutputOf("ConformanceGateway"), "ConformanceGateway"),
            ["wait"]
        );
        var patience = TimeSpan.FromSeconds(30);
        await command.WaitForLineAsync(line => line == "waiting", patience, TestContext.Current.CancellationToken);
        await command.SignalAsync(signal);
        Assert.Equal(1, await command.WaitForExitAsync(patience, TestContext.Current.CancellationToken));
        Assert.Equal("conformance-mcp wait: stopped before its end.", Assert.Single(command.Errors));
    }

    // A start where there should be none ends with the time limit, on a port of its own.
    private static Task<Finished> RunAsync(string project, params string[] arguments) =>
        RunningProcess.RunAsync(
            Repository.ProgramOf(project),
            arguments,
            new Dictionary<string, string?> { ["PORT"] = "0" },
            patience: TimeSpan.FromSeconds(30),
            cancellationToken: TestContext.Current.CancellationToken
        );
}
