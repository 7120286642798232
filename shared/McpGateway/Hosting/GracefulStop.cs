using McpGateway.Http;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace McpGateway.Hosting;

/// <summary>
/// A graceful stop: running requests may finish for up to <see cref="Patience"/>, new ones get 503 (<see cref="DrainingMiddleware"/>). It
/// waits before the server stops listening, so that a new request hears why, and longer where <c>DRAIN_SECONDS</c> says so: a proxy then
/// learns that it has to send requests to another instance. It also tells the transport, which ends event streams that would otherwise
/// stay open for ever. Calls that take longer are cancelled, and have <see cref="LastWords"/> to say so.
/// </summary>
internal sealed class GracefulStop(
    RunningRequests running,
    IHostApplicationLifetime lifetime,
    IServer server,
    StopDeadline deadline,
    IOptions<GatewayOptions> options,
    TimeProvider time
) : IHostedLifecycleService
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // A host that is stopped without a signal says so only after this.
        lifetime.StopApplication();
        running.Leave();
        try
        {
            var drained = Task.Delay(TimeSpan.FromSeconds(options.Value.DrainSeconds), time, cancellationToken);
            await Task.WhenAll(running.Idle, drained).WaitAsync(Patience, time, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            await deadline.PassAsync();
            using var lastWords = new CancellationTokenSource(LastWords, TimeProvider.System);
            await running.Idle.WaitAsync(lastWords.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // The server would go on waiting by itself until the host gives up: what still runs then is cut off. What has ended may still be on its way
            // to its client, where a reset would lose it.
            await server.StopAsync(lastWords.Token);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
