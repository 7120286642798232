using System.Collections.Concurrent;
using McpGateway.Hosting;
using McpGateway.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace McpGateway.Specs.Hosting;

/// <summary>What takes a while at the start, schemas and databases, runs beside the rest of it.</summary>
public sealed class EarlyServiceSpecs
{
    [Fact]
    public async Task It_begins_before_its_turn_and_the_start_waits_for_it_in_its_turn()
    {
        var steps = new Steps();
        await using (
            await Gateway.StartAsync(
                SpecService.Definition,
                gateway =>
                {
                    gateway.Services.AddSingleton(steps);
                    gateway.Services.AddHostedService<Before>();
                    gateway.AddEarlyService<Early>();
                    gateway.Services.AddHostedService<After>();
                }
            )
        )
        {
            Assert.Equal(["early begins", "before", "early ends", "after"], steps.Seen);
        }

        Assert.Equal("early stops", steps.Seen.Last());
    }

    [Fact]
    public async Task Its_failure_stops_the_start_as_it_is()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            Gateway.StartAsync(SpecService.Definition, gateway => gateway.AddEarlyService<Failing>())
        );
        Assert.Equal("out of order", failure.Message);
    }

    private sealed class Steps
    {
        public ConcurrentQueue<string> Seen { get; } = new();

        public TaskCompletionSource HasBegun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource MayEnd { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Never starts unless the one after it has begun.</summary>
    private sealed class Before(Steps steps) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await steps.HasBegun.Task.WaitAsync(Hang.After, cancellationToken);
            steps.Seen.Enqueue("before");
            steps.MayEnd.SetResult();
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Early(Steps steps) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            steps.Seen.Enqueue("early begins");
            steps.HasBegun.SetResult();
            await steps.MayEnd.Task.WaitAsync(Hang.After, cancellationToken);
            steps.Seen.Enqueue("early ends");
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            steps.Seen.Enqueue("early stops");
            return Task.CompletedTask;
        }
    }

    private sealed class After(Steps steps) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            steps.Seen.Enqueue("after");
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Failing : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("out of order");

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
