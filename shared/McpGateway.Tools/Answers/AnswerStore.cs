using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Internal;

namespace McpGateway.Tools.Answers;

/// <summary>
/// What did not fit into an answer, kept for the next one: in memory only, bounded in bytes, for a while after its last use. What was
/// used least makes room for what is new.
/// </summary>
public sealed class AnswerStore : IDisposable
{
    /// <summary>Room for the longest answer an API may give, twice: a character takes two bytes.</summary>
    public const long MostBytes = 64_000_000;

    /// <summary>Longer than any job is waited for, so that what a waiting call keeps is there when it answers.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    private readonly MemoryCache entries;
    private readonly ITimer sweep;

    public AnswerStore(TimeProvider time)
    {
        entries = new(new MemoryCacheOptions { SizeLimit = MostBytes, Clock = new Clock(time) });
        // The cache looks for what has expired only when it is used: an idle gateway would hold it for good.
        sweep = time.CreateTimer(_ => entries.Compact(0), state: null, SweepInterval, SweepInterval);
    }

    /// <param name="priority">Low for what can be had again without a cost: it makes room first.</param>
    /// <returns>False when it is larger than the room there is for everything.</returns>
    public bool Keep<T>(object key, T value, long bytes, CacheItemPriority priority)
    {
        if (bytes > MostBytes)
        {
            return false;
        }

        var options = new MemoryCacheEntryOptions
        {
            Size = bytes,
            SlidingExpiration = Kept,
            Priority = priority,
        };
        // The cache does not take what goes beyond its limit: room is made in steps, at last all of it.
        for (var share = 0.0; entries.Set(key, value, options) is not null && !entries.TryGetValue(key, out _) && share <= 1; share += 0.25)
        {
            entries.Compact(share);
        }

        return true;
    }

    public T? Find<T>(object key)
        where T : class => entries.Get<T>(key);

    public void Remove(object key) => entries.Remove(key);

    public void Dispose()
    {
        sweep.Dispose();
        entries.Dispose();
    }

    /// <summary>The host's clock as the cache wants it.</summary>
    private sealed class Clock(TimeProvider time) : ISystemClock
    {
        public DateTimeOffset UtcNow => time.GetUtcNow();
    }
}
