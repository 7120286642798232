using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace McpGateway.Hosting;

public static class EarlyServices
{
    /// <summary>Adds a hosted service that begins to start before its turn. What it does must do no harm where another part ends the start.</summary>
    public static void AddEarlyService<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this GatewayBuilder gateway
    )
        where T : class, IHostedService
    {
        gateway.Services.AddSingleton<EarlyService<T>>();
        gateway.Services.AddSingleton<EarlyService>(services => services.GetRequiredService<EarlyService<T>>());
        gateway.Services.AddHostedService(services => services.GetRequiredService<EarlyService<T>>());
    }

    internal static void BeginEarlyServices(this IServiceProvider services)
    {
        foreach (var early in services.GetServices<EarlyService>())
        {
            early.Begin();
        }
    }
}
