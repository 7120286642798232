using McpGateway.Commands;
using McpGateway.State.Database;
using McpGateway.State.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace McpGateway.State;

/// <summary>The state as commands find it.</summary>
public static class StateCommands
{
    /// <summary>Keeps a command that works on what was made here from making an empty state, where <c>DATA_PATH</c> is another than the gateway's.</summary>
    /// <exception cref="CommandException">There is no state.</exception>
    public static void RequireState(this CommandContext context)
    {
        var services = context.Services;
        if (!services.GetRequiredService<StateDatabase>().Exists)
        {
            var path = StateFile.PathIn(
                services.GetRequiredService<IOptions<GatewayOptions>>().Value,
                services.GetRequiredService<GatewayService>()
            );
            throw new CommandException($"there is no state file '{path}', and so nothing that was made here: check DATA_PATH.");
        }
    }
}
