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

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <typeparam name="T">Made on that processor as well, with all that it is made of.</typeparam>
internal sealed class EarlyService<T>(IServiceProvider services, IHostApplicationLifetime lifetime) : EarlyService
    where T : class, IHostedService
{
    private readonly Lazy<Task> start = new(() =>
        Task.Run(() => ActivatorUtilities.CreateInstance<T>(services).StartAsync(lifetime.ApplicationStopping))
    );

    public override void Begin() => _ = start.Value;

    public override Task StartAsync(CancellationToken cancellationToken) => start.Value;
}
