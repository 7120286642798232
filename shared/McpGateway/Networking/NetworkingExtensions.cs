using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace McpGateway.Networking;

public static class NetworkingExtensions
{
    /// <summary><see cref="PublicNetwork"/>, with the machine's own name servers unless the host has others.</summary>
    public static IServiceCollection AddPublicNetwork(this IServiceCollection services)
    {
        services.TryAddSingleton<ResolveHost>(Dns.GetHostAddressesAsync);
        services.TryAddSingleton<PublicNetwork>();
        return services;
    }
}
