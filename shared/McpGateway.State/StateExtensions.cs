using McpGateway.State.Database;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace McpGateway.State;

public static class StateExtensions
{
    /// <summary>The gateway's own state, for whichever part needs it. The file is made at the first use.</summary>
    public static GatewayBuilder AddState(this GatewayBuilder gateway)
    {
        gateway.Services.TryAddSingleton<StateDatabase>();
        gateway.Services.TryAddSingleton<Grants>();
        gateway.Services.TryAddSingleton<Keys>();
        gateway.Services.TryAddSingleton<SpentTickets>();
        return gateway;
    }
}
