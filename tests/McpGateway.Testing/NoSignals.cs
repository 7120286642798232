using Microsoft.Extensions.Hosting;

namespace McpGateway.Testing;

/// <summary>
/// Keeps hosts in a test program from taking its signals as theirs: whoever ends the program ends all of it, where they would stop, one by
/// one, under specs that go on.
/// </summary>
internal sealed class NoSignals : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
