namespace Memory.Search;

/// <summary>What changes about the entities that hold one term: a number for each change, which sorts by entity.</summary>
internal sealed class TermChanges
{
    /// <summary>The field plus one, 0 where the entity holds the term no more; above it whether that is all there is to say.</summary>
    private const int FieldBits = 3;
    private const int Bits = FieldBits + 1;
    private const long IsExact = 1 << FieldBits;

    private long[] items = new long[2];
    private bool isSorted = true;

    public int Count { get; private set; }

    /// <summary>The entity of a change.</summary>
    public long EntityAt(int index) => items[index] >> Bits;

    /// <summary>An entity holds the term in a field; the weightiest counts.</summary>
    /// <returns>Whether that is a further change, and not told by the last one.</returns>
    public bool Add(long entity, Field field)
    {
        var item = (entity << Bits) | ((long)field + 1);
        if (Count > 0 && items[Count - 1] >> FieldBits == item >> FieldBits)
        {
            items[Count - 1] = Math.Max(items[Count - 1], item);
            return false;
        }

        Append(item);
        return true;
    }

    /// <summary>All there is to say about an entity, whatever was said before: the field, or null where it holds the term no more.</summary>
    public void Set(long entity, Field? field) => Append((entity << Bits) | IsExact | (field is { } held ? (long)held + 1 : 0));

    /// <summary>Puts the changes in the order of their entities.</summary>
    public void Sort()
    {
        if (!isSorted)
        {
            Array.Sort(items, 0, Count);
            isSorted = true;
        }
    }

    /// <summary>The only entity that holds the term after the changes, which are sorted, where none held it before.</summary>
    /// <returns>Null where there are several or none.</returns>
    public (long Entity, Field Field)? FindSingle()
    {
        var index = 0;
        return Count > 0 && EntityAt(0) == EntityAt(Count - 1) && Apply(ref index, null) is { } field ? (EntityAt(0), field) : null;
    }

    /// <summary>What an entity holds after its changes, of which this is the first.</summary>
    /// <param name="index">Moves behind the last of them.</param>
    /// <param name="before">What is stored, null where nothing is.</param>
    public Field? Apply(ref int index, Field? before)
    {
        var entity = EntityAt(index);
        var now = before is { } stored ? (long)stored + 1 : 0;
        for (; index < Count && EntityAt(index) == entity; index++)
        {
            var field = items[index] & (IsExact - 1);
            now = (items[index] & IsExact) != 0 ? field : Math.Max(now, field);
        }

        return now == 0 ? null : (Field)(now - 1);
    }

    private void Append(long item)
    {
        if (Count == items.Length)
        {
            Array.Resize(ref items, 2 * Count);
        }

        isSorted &= Count == 0 || items[Count - 1] <= item;
        items[Count++] = item;
    }
}
