using McpGateway.Auditing;
using McpGateway.Authentication;
using McpGateway.Secrets;
using McpGateway.State.Database;
using Microsoft.Extensions.DependencyInjection;

namespace McpGateway.State;

public static class StateExtensions
{
    /// <summary>The gateway's own state, for whichever part needs it. The file is made at the first use.</summary>
    /// <exception cref="SettingException">There is a file that cannot be read.</exception>
    public static GatewayBuilder AddState(this GatewayBuilder gateway)
    {
        if (gateway.Services.Any(registered => registered.ServiceType == typeof(StateDatabase)))
        {
            return gateway;
        }

        gateway.Services.AddSingleton<StateDatabase>();
        gateway.Services.AddSingleton<Grants>();
        gateway.Services.AddSingleton<KeptCalls>();
        gateway.Services.AddSingleton<Keys>();
        gateway.Services.AddSingleton<SpentTickets>();
        gateway.AddSettings<ActivityOptions>();
        gateway.Services.AddSingleton<Activity>();
        gateway.Services.AddSingleton<AuditReader>(services => services.GetRequiredService<Activity>().Note);
        gateway.Services.AddSingleton<Approvals>();
        gateway.Services.AddSingleton<Tokens>();
        gateway.Services.AddSingleton<Usage>();
        gateway.Services.AddSingleton<ICallerSource, MadeTokens>();
        gateway.NeedsToken = Tokens.WereMade(gateway.Options, gateway.Service);
        return gateway;
    }
}
