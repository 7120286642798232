using System.Runtime.InteropServices;
using McpGateway.Secrets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace McpGateway.Commands;

/// <summary>Runs a command in place of the service: the gateway is built as for a start, and not started.</summary>
internal static class CommandRunner
{
    /// <returns>The command's exit code; 1 when it was stopped or could not run, with one line that says why.</returns>
    public static async Task<int> RunAsync(
        Command command,
        IReadOnlyList<string> arguments,
        GatewayService service,
        Func<WebApplicationBuilder> createBuilder,
        TextWriter output,
        TextWriter errors
    )
    {
        using var stop = new CancellationTokenSource();
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, StopOrderly);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, StopOrderly);
        try
        {
            await using var app = createBuilder().Build();
            await using var scope = app.Services.CreateAsyncScope();
            return await command.RunAsync(new CommandContext(arguments, scope.ServiceProvider, output), stop.Token);
        }
        catch (Exception e) when (e is CommandException or SettingException)
        {
            await errors.WriteLineAsync($"{service.Name} {command.Name}: {e.Message}");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await errors.WriteLineAsync($"{service.Name} {command.Name}: stopped before its end.");
        }

        return 1;

        void StopOrderly(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }
}
