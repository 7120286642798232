using System.Collections.Concurrent;

namespace McpGateway.OAuth;

/// <summary>
/// Counts per key and window of time, in memory. Unlike the framework's limiters it can look without counting. Windows go by elapsed
/// time: a clock that is set back neither lengthens nor reopens one.
/// </summary>
/// <param name="growth">How many times longer a window may become that follows an exhausted one.</param>
internal sealed class Throttle(int limit, TimeSpan window, TimeProvider time, int growth = 1)
{
    private readonly ConcurrentDictionary<string, Window> windows = new(StringComparer.Ordinal);
    private readonly long started = time.GetTimestamp();
    private long nextTidy = (2 * window).Ticks;

    /// <summary>Whether the limit is reached; then <paramref name="wait"/> says for how long.</summary>
    public bool IsExhausted(string key, out TimeSpan wait)
    {
        wait = windows.TryGetValue(key, out var current) && current.Count >= limit ? current.Ends - Now : TimeSpan.Zero;
        return wait > TimeSpan.Zero;
    }

    /// <summary>Counts one.</summary>
    /// <returns>Whether it was within the limit.</returns>
    public bool TryTake(string key)
    {
        var now = Now;
        TidyOncePerWindow(now);
        return windows.AddOrUpdate(key, _ => new(1, 1, now + window), (_, current) => Next(current, now)).Count <= limit;
    }

    private TimeSpan Now => time.GetElapsedTime(started);

    private Window Next(Window current, TimeSpan now)
    {
        if (now < current.Ends)
        {
            return current with { Count = current.Count + 1 };
        }

        var length = current.Count >= limit && now < current.Ends + window ? Math.Min(2 * current.Length, growth) : 1;
        return new(1, length, now + (length * window));
    }

    // A flood of keys would make a walk at every call dearer with each of them.
    private void TidyOncePerWindow(TimeSpan now)
    {
        var due = Volatile.Read(ref nextTidy);
        if (now.Ticks < due || Interlocked.CompareExchange(ref nextTidy, (now + window).Ticks, due) != due)
        {
            return;
        }

        foreach (var (key, old) in windows)
        {
            if (old.Ends + window < now)
            {
                windows.TryRemove(KeyValuePair.Create(key, old));
            }
        }
    }

    private sealed record Window(int Count, int Length, TimeSpan Ends);
}
