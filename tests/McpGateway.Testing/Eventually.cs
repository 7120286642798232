using System.Diagnostics;

namespace McpGateway.Testing;

/// <summary>Waits for what comes by itself, soon on any machine. That something does not come is never proved by waiting.</summary>
public static class Eventually
{
    // What takes longer hangs.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    /// <param name="otherwise">What to say when it does not come.</param>
    public static Task IsAsync(Func<bool> condition, string otherwise, TimeSpan? patience = null) =>
        IsAsync(() => Task.FromResult(condition()), otherwise, patience);

    /// <param name="otherwise">What to say when it does not come.</param>
    public static async Task IsAsync(Func<Task<bool>> condition, string otherwise, TimeSpan? patience = null)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > (patience ?? Patience))
            {
                throw new TimeoutException(otherwise);
            }

            await Task.Delay(Look);
        }
    }
}
