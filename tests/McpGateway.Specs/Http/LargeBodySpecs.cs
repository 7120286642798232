using McpGateway.Http;

namespace McpGateway.Specs.Http;

/// <summary>Large responses of APIs are worked on one after the other, so that a few at once do not take everybody's memory.</summary>
public sealed class LargeBodySpecs
{
    private readonly LargeBodies bodies = new();

    [Fact]
    public async Task One_call_at_a_time_has_large_bodies_and_keeps_its_turn_for_all_of_them()
    {
        var inside = 0;
        await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        using var call = bodies.BeginCall();
                        await Task.WhenAll(WaitAsync(), WaitAsync());
                        await WaitAsync();
                        Assert.Equal(1, Interlocked.Increment(ref inside));
                        await Task.Yield();
                        Interlocked.Decrement(ref inside);
                    })
                )
        );
    }

    [Fact]
    public async Task A_call_that_gives_up_waiting_leaves_the_turn_to_the_next()
    {
        var first = bodies.BeginCall();
        await WaitAsync();
        using var patience = new CancellationTokenSource();
        var second = Task.Run(
            async () =>
            {
                using var call = bodies.BeginCall();
                await LargeBodies.WaitForTurnAsync(patience.Token);
            },
            TestContext.Current.CancellationToken
        );
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        first.Dispose();
        using var third = bodies.BeginCall();
        await WaitAsync();
    }

    [Fact]
    public async Task A_call_that_waits_for_anything_else_leaves_the_turn_to_the_next_and_takes_it_again()
    {
        using var first = bodies.BeginCall();
        await WaitAsync();
        LargeBodies.GiveUpTurn();
        await Task.Run(
            async () =>
            {
                using var second = bodies.BeginCall();
                await WaitAsync();
            },
            TestContext.Current.CancellationToken
        );
        await WaitAsync();
        var third = Task.Run(
            async () =>
            {
                using var call = bodies.BeginCall();
                await WaitAsync();
            },
            TestContext.Current.CancellationToken
        );
        Assert.False(third.IsCompleted);
        LargeBodies.GiveUpTurn();
        await third;
    }

    private static Task WaitAsync() => LargeBodies.WaitForTurnAsync(TestContext.Current.CancellationToken);
}
