using Microsoft.Extensions.Time.Testing;

namespace McpGateway.Testing;

/// <summary>Runs any fake clock in even steps while something lasts; a <see cref="RunningClock"/> finds its steps itself.</summary>
public static class FakeClockSteps
{
    private const int MostLooks = 25;

    // What takes longer hangs.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static async Task<T> WhileAsync<T>(this FakeTimeProvider time, Task<T> work, TimeSpan step)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!work.IsCompleted)
        {
            for (var look = 0; !work.IsCompleted && (look == 0 || (look < MostLooks && !RunningClock.IsIdle())); look++)
            {
                await Task.WhenAny(work, Task.Delay(TimeSpan.FromMilliseconds(10), patience.Token));
            }

            if (!work.IsCompleted)
            {
                patience.Token.ThrowIfCancellationRequested();
                time.Advance(step);
            }
        }

        return await work;
    }
}
