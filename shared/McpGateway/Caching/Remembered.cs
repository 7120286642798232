using System.Diagnostics.CodeAnalysis;

namespace McpGateway.Caching;

/// <summary>
/// Values remembered for a while, on the gateway's clock and within a bound: what was used least makes room for what is new, and a value larger than
/// the bound is not kept. Everything is in memory and belongs to this process. See docs/decisions/0026.
/// </summary>
/// <param name="lifetime">How long a value is remembered from when it was kept.</param>
/// <param name="capacity">The most there is room for: values, or what <paramref name="sizeOf"/> measures.</param>
/// <param name="sizeOf">The size of a value; 1 if not given.</param>
/// <param name="comparer">Which keys are the same.</param>
public sealed class Remembered<TKey, TValue>(
    TimeSpan lifetime,
    long capacity,
    TimeProvider time,
    Func<TValue, long>? sizeOf = null,
    IEqualityComparer<TKey>? comparer = null
)
    where TKey : notnull
{
    private readonly Lock changing = new();
    private readonly Dictionary<TKey, LinkedListNode<Entry>> entries = new(comparer);

    // The most recently used first.
    private readonly LinkedList<Entry> used = [];
    private long size;

    /// <summary>Finds a value that is remembered still.</summary>
    public bool TryFind(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (changing)
        {
            if (!entries.TryGetValue(key, out var node) || IsOver(node.Value))
            {
                value = default;
                return false;
            }

            used.Remove(node);
            used.AddFirst(node);
            value = node.Value.Value;
            return true;
        }
    }

    /// <summary>Remembers a value in place of an earlier one.</summary>
    /// <param name="for">How long, where not as long as all others.</param>
    public void Keep(TKey key, TValue value, TimeSpan? @for = null)
    {
        var entry = new Entry(key, value, sizeOf?.Invoke(value) ?? 1, time.GetTimestamp(), @for ?? lifetime);
        lock (changing)
        {
            RemoveEntry(key);
            if (entry.Size > capacity)
            {
                return;
            }

            entries[key] = used.AddFirst(entry);
            size += entry.Size;
            while (used.Last is { } last && (size > capacity || IsOver(last.Value)))
            {
                RemoveEntry(last.Value.Key);
            }
        }
    }

    /// <summary>The value, read if it is not remembered. Callers that ask for the same at once may each read it.</summary>
    public async Task<TValue> GetAsync(TKey key, Func<Task<TValue>> readAsync)
    {
        if (TryFind(key, out var known))
        {
            return known;
        }

        var value = await readAsync();
        Keep(key, value);
        return value;
    }

    public void Forget(TKey key)
    {
        lock (changing)
        {
            RemoveEntry(key);
        }
    }

    private bool IsOver(Entry entry) => time.GetElapsedTime(entry.Kept) >= entry.Lifetime;

    private void RemoveEntry(TKey key)
    {
        if (entries.Remove(key, out var node))
        {
            used.Remove(node);
            size -= node.Value.Size;
        }
    }

    private sealed record Entry(TKey Key, TValue Value, long Size, long Kept, TimeSpan Lifetime);
}
