using Microsoft.Extensions.Time.Testing;

namespace McpGateway.Testing;

/// <summary>
/// Runs a gateway's clock while something lasts. How far it gets says nothing of the gateway: a busy machine takes many steps for the same work, so a
/// spec may ask for the least that has passed, never for the most.
/// </summary>
public static class RunningClock
{
    // What takes longer hangs.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // A step comes when nothing in this process is at work, or after as many looks: other specs run beside.
    private const int MostLooks = 25;

    /// <param name="step">By how much the clock moves at a time.</param>
    public static async Task<T> WhileAsync<T>(this FakeTimeProvider time, Task<T> work, TimeSpan step)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!work.IsCompleted)
        {
            for (var look = 0; !work.IsCompleted && (look == 0 || (look < MostLooks && !IsIdle())); look++)
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

    /// <summary>Whether no work of gateway, stub or client runs or waits for a thread; the one that asks has one itself.</summary>
    private static bool IsIdle()
    {
        ThreadPool.GetMaxThreads(out var all, out _);
        ThreadPool.GetAvailableThreads(out var free, out _);
        return ThreadPool.PendingWorkItemCount == 0 && all - free <= 1;
    }
}
