using McpGateway.Commands;
using McpGateway.Hosting;
using McpGateway.Tools;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace McpGateway.Specs.Commands;

/// <summary>Commands of a service's program: what runs instead of the service.</summary>
public sealed class CommandSpecs
{
    private static readonly GatewayService Service = SpecService.Definition with
    {
        Commands =
        [
            new(
                "port",
                "prints the port",
                async (context, _) =>
                {
                    await context.Output.WriteLineAsync($"{context.Services.GetRequiredService<IOptions<GatewayOptions>>().Value.Port}");
                    return 0;
                }
            ),
            new(
                "token add",
                "adds a token",
                async (context, cancellationToken) =>
                {
                    await context.Output.WriteLineAsync(string.Join('|', context.Arguments).AsMemory(), cancellationToken);
                    return 3;
                }
            )
            {
                Arguments = "<label>",
            },
            new("token end", "ends a token", (_, _) => throw new CommandException("no token has the label 'x': list them.")),
        ],
    };

    [Fact]
    public async Task A_command_has_the_services_settings_and_prints_to_standard_output() =>
        Assert.Equal((0, "8123\n", ""), await RunAsync(["port"], ("PORT", "8123")));

    [Fact]
    public async Task A_command_gets_what_follows_its_name_and_gives_the_exit_code() =>
        Assert.Equal((3, "a b|--read-only\n", ""), await RunAsync(["token", "add", "a b", "--read-only"]));

    [Fact]
    public async Task A_command_that_fails_says_why_in_one_line() =>
        Assert.Equal((1, "", "spec-mcp token end: no token has the label 'x': list them.\n"), await RunAsync(["token", "end"]));

    [Fact]
    public async Task A_wrong_setting_stops_a_command_as_it_stops_the_service() =>
        Assert.Equal((1, "", "spec-mcp port: PORT='many' is not a number that fits.\n"), await RunAsync(["port"], ("PORT", "many")));

    [Fact]
    public async Task A_command_makes_no_folder_of_a_wrong_path()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"command-spec-{Guid.NewGuid():N}");
        Assert.Equal((0, "8123\n", ""), await RunAsync(["port"], ("PORT", "8123"), ("DATA_PATH", folder)));
        Assert.False(Directory.Exists(folder));
    }

    [Theory]
    [InlineData("export", "export")]
    [InlineData("token", "token")]
    [InlineData("token", "token", "list")]
    [InlineData("port", "Port", "port")]
    [InlineData("now", "port", "now")]
    public async Task An_unknown_command_or_argument_is_refused(string named, params string[] arguments)
    {
        var (code, output, errors) = await RunAsync(arguments);
        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith($"spec-mcp cannot start: unknown argument '{named}'", errors, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Help_lists_the_commands()
    {
        var (code, output, _) = await RunAsync(["--help"]);
        Assert.Equal(0, code);
        var lines = output.Split('\n').Select(line => line.Split(" Specs ", 2)[^1]).ToList();
        Assert.Contains(lines, line => line.EndsWith(" port               prints the port", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.EndsWith(" token add <label>  adds a token", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.EndsWith(" token end          ends a token", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_command_starts_nothing_of_the_service()
    {
        var started = false;
        var service = SpecService.Definition with { Commands = [new("idle", "does nothing", (_, _) => Task.FromResult(0))] };
        await RunAsync(["idle"], service, gateway => gateway.Services.AddHostedService(_ => new StartProbe(() => started = true)));
        Assert.False(started);
    }

    private static Task<(int Code, string Output, string Errors)> RunAsync(
        string[] arguments,
        params (string Name, string Value)[] settings
    ) => RunAsync(arguments, Service, _ => { }, settings);

    private static async Task<(int Code, string Output, string Errors)> RunAsync(
        string[] arguments,
        GatewayService service,
        Action<GatewayBuilder> addParts,
        params (string Name, string Value)[] settings
    )
    {
        await using var output = new StringWriter { NewLine = "\n" };
        await using var errors = new StringWriter { NewLine = "\n" };
        var code = await GatewayHost.RunAsync(
            arguments,
            service,
            gateway =>
            {
                gateway.AddMcp();
                addParts(gateway);
            },
            output,
            errors,
            builder => builder.Configuration.AddInMemoryCollection(settings.ToDictionary(s => s.Name, string? (s) => s.Value))
        );
        return (code, output.ToString(), errors.ToString());
    }

    private sealed class StartProbe(Action started) : Microsoft.Extensions.Hosting.IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            started();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
