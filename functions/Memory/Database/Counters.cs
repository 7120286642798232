namespace Memory.Database;

/// <summary>Gives out the numbers of a namespace's rows, within one transaction. None is given twice, also after a deletion.</summary>
internal sealed class Counters(Space space)
{
    private readonly Dictionary<string, long> last = new(StringComparer.Ordinal);
    private readonly HashSet<string> changed = new(StringComparer.Ordinal);

    /// <summary>The number given last, 0 before the first.</summary>
    public long Last(string name)
    {
        if (!last.TryGetValue(name, out var value))
        {
            value = space.Scalar("SELECT value FROM counter WHERE namespace = ?1 AND name = ?2", name) as long? ?? 0;
            last.Add(name, value);
        }

        return value;
    }

    public long Next(string name)
    {
        changed.Add(name);
        return last[name] = Last(name) + 1;
    }

    public void Flush()
    {
        foreach (var name in changed)
        {
            space.Run(
                "INSERT INTO counter (namespace, name, value) VALUES (?1, ?2, ?3) ON CONFLICT (namespace, name) DO UPDATE SET value = excluded.value",
                name,
                last[name]
            );
        }

        changed.Clear();
    }
}
