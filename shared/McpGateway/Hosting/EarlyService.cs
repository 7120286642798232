using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace McpGateway.Hosting;

/// <summary>
/// A hosted service whose start takes a while and needs no other part. It runs on another processor from when the services are there, beside the
/// making of the pipeline; the start waits for it in its turn, and fails as it does.
/// </summary>
internal abstract class EarlyService : IHostedService
{
    public abstract void Begin();

    public abstract Task StartAsync(CancellationToken cancellationToken);

    public abstract Task StopAsync(CancellationToken cancellationToken);
}

/// <typeparam name="T">Made on that processor as well, with all that it is made of.</typeparam>
internal sealed class EarlyService<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
    IServiceProvider services,
    IHostApplicationLifetime lifetime
) : EarlyService
    where T : class, IHostedService
{
    private readonly Lazy<Task<T>> start = new(() =>
        Task.Run(async () =>
        {
            var service = ActivatorUtilities.CreateInstance<T>(services);
            await service.StartAsync(lifetime.ApplicationStopping);
            return service;
        })
    );

    public override void Begin() => _ = start.Value;

    public override Task StartAsync(CancellationToken cancellationToken) => start.Value;

    /// <summary>Stops what has started; a start that failed has been told already.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        if (start is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await start.Value).StopAsync(cancellationToken);
        }
    }
}
