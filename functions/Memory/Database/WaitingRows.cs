using System.Runtime.InteropServices;

namespace Memory.Database;

/// <summary>Rows that are stored together: at the latest by <see cref="Flush"/>.</summary>
internal sealed class WaitingRows(Space space, Insertion insertion)
{
    private readonly List<object?> values = new(insertion.Full);

    public void Add(params ReadOnlySpan<object?> row)
    {
        values.AddRange(row);
        if (values.Count >= insertion.Full)
        {
            Flush();
        }
    }

    public void Flush()
    {
        insertion.Run(space, CollectionsMarshal.AsSpan(values));
        values.Clear();
    }
}
