using System.Diagnostics;

namespace McpGateway.Testing;

/// <summary>Waits for what comes by itself, soon on any machine. That something does not come is never proved by waiting.</summary>
public static class Eventually
{
    // A machine that is busier than this is no machine to judge by.
    private const int BusyTimes = 3;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    /// <inheritdoc cref="IsAsync(Func{Task{bool}}, string, TimeSpan?)"/>
    public static Task IsAsync(Func<bool> condition, string otherwise, TimeSpan? patience = null) =>
        IsAsync(() => Task.FromResult(condition()), otherwise, patience);

    /// <param name="otherwise">What to say when it does not come.</param>
    /// <param name="patience">
    /// On a machine that does nothing else: as many looks are taken as fit into it there, and where each takes longer, so does whatever is waited for.
    /// </param>
    public static async Task IsAsync(Func<Task<bool>> condition, string otherwise, TimeSpan? patience = null)
    {
        var most = patience ?? Hang.After / BusyTimes;
        var started = Stopwatch.GetTimestamp();
        for (var looks = 0; !await condition(); looks++)
        {
            if (looks * Look > most || Stopwatch.GetElapsedTime(started) > BusyTimes * most)
            {
                throw new TimeoutException(otherwise);
            }

            await Task.Delay(Look);
        }
    }
}
