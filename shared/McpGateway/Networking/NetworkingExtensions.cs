using System.Net;
using McpGateway.Networking;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

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
