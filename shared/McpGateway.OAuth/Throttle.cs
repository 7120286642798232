using System.Collections.Concurrent;

namespace McpGateway.OAuth;

/// <summary>
/// Counts per key and window of time, in memory. Unlike the framework's limiters it can look without counting, and goes by
/// <see cref="TimeProvider"/>.
/// </summary>
/// <param name="growth">How many times longer a window may become that follows an exhausted one.</param>
internal sealed class Throttle(int limit, TimeSpan window, TimeProvider time, int growth = 1)
{
    private const int TidyAbove = 1000;

    private readonly ConcurrentDictionary<string, Window> windows = new(StringComparer.Ordinal);

    /// <summary>Whether the limit is reached; then <paramref name="wait"/> says for how long.</summary>
    public bool IsExhausted(string key, out TimeSpan wait)
    {
        var now = time.GetUtcNow();
        wait = windows.TryGetValue(key, out var current) && current.Count >= limit ? current.Ends - now : TimeSpan.Zero;
        return wait > TimeSpan.Zero;
    }

    /// <summary>Counts one.</summary>
    /// <returns>Whether it was within the limit.</returns>
    public bool TryTake(string key)
    {
        var now = time.GetUtcNow();
        if (windows.Count > TidyAbove)
        {
            Tidy(now);
        }

        return windows.AddOrUpdate(key, _ => new(1, 1, now + window), (_, current) => Next(current, now)).Count <= limit;
    }

    private Window Next(Window current, DateTimeOffset now)
    {
        if (now < current.Ends)
        {
            return current with { Count = current.Count + 1 };
        }

        var length = current.Count >= limit && now < current.Ends + window ? Math.Min(2 * current.Length, growth) : 1;
        return new(1, length, now + (length * window));
    }

    private void Tidy(DateTimeOffset now)
    {
        foreach (var (key, old) in windows)
        {
            if (old.Ends + window < now)
            {
                windows.TryRemove(KeyValuePair.Create(key, old));
            }
        }
    }

    private sealed record Window(int Count, int Length, DateTimeOffset Ends);
}
