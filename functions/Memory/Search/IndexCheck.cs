using Memory.Database;

namespace Memory.Search;

/// <summary>Tells whether the search's copy says what the graph does.</summary>
internal static class IndexCheck
{
    /// <param name="sample">How many entities are looked at, spread over all; null to compare everything.</param>
    public static bool IsRight(Space space, int? sample) => sample is { } count ? Samples(space, count) : Sum(space) == SumOfIndex(space);

    private static bool Samples(Space space, int count)
    {
        var step = Math.Max(1, new Counters(space).Last("entity") / count);
        using var rows = space.Read("SELECT id FROM entity WHERE namespace = ?1 AND id % ?2 = 0 LIMIT ?3", step, (long)count);
        while (rows.Read())
        {
            if (!IsIndexed(space, rows.Number(0)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsIndexed(Space space, long entity)
    {
        foreach (var (term, expected) in EntityTerms.Read(space, entity))
        {
            if (!Holds(space, term, entity, expected))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Holds(Space space, string term, long entity, Field expected)
    {
        var id = space.Scalar("SELECT id FROM term WHERE namespace = ?1 AND text = ?2", term) as long? ?? 0;
        if (Postings.SingleOf(id) is { } single)
        {
            return single == (entity, expected);
        }

        ReadOnlySpan<byte> bytes =
            space.Scalar("SELECT entities FROM posting WHERE namespace = ?1 AND term = ?2 AND chunk = ?3", id, Postings.ChunkOf(entity))
                as byte[]
            ?? [];
        var (slot, found) = (-1, false);
        while (!found && Postings.Next(ref bytes, ref slot, out var field))
        {
            found = slot == Postings.SlotOf(entity) && field == expected;
        }

        return found;
    }

    /// <summary>All that the index should hold as one number, in whatever order.</summary>
    private static (ulong Places, ulong Terms) Sum(Space space)
    {
        ulong places = 0;
        using var rows = space.Stream("SELECT id FROM entity WHERE namespace = ?1 ORDER BY id");
        while (rows.Read())
        {
            space.Cancellation.ThrowIfCancellationRequested();
            foreach (var (term, field) in EntityTerms.Read(space, rows.Number(0)))
            {
                places += HashOf(term, rows.Number(0), field);
            }
        }

        using var known = space.Stream("SELECT text FROM term WHERE namespace = ?1");
        ulong sum = 0;
        while (known.Read())
        {
            sum += HashOf(known.Text(0), 0, Field.Name);
        }

        return (places, sum);
    }

    private static (ulong Places, ulong Terms) SumOfIndex(Space space)
    {
        var terms = new Dictionary<long, string>();
        ulong places = 0;
        using (var rows = space.Stream("SELECT id, text FROM term WHERE namespace = ?1"))
        {
            while (rows.Read())
            {
                if (Postings.SingleOf(rows.Number(0)) is var (entity, field))
                {
                    places += HashOf(rows.Text(1), entity, field);
                }
                else
                {
                    terms[rows.Number(0)] = rows.Text(1);
                }
            }
        }

        using (var rows = space.Stream("SELECT term, chunk, entities FROM posting WHERE namespace = ?1"))
        {
            while (rows.Read())
            {
                space.Cancellation.ThrowIfCancellationRequested();
                var postings = rows.Bytes(2);
                for (var slot = -1; Postings.Next(ref postings, ref slot, out var field); )
                {
                    places += HashOf(terms.GetValueOrDefault(rows.Number(0), ""), Postings.EntityOf(rows.Number(1), slot), field);
                }
            }
        }

        ulong listed = 0;
        using var blocks = space.Stream("SELECT terms FROM vocabulary WHERE namespace = ?1");
        while (blocks.Read())
        {
            foreach (var term in blocks.Text(0).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                listed += HashOf(term, 0, Field.Name);
            }
        }

        return (places, listed);
    }

    /// <summary>FNV-1a, of the term and where it stands.</summary>
    private static ulong HashOf(string term, long entity, Field field)
    {
        const ulong Prime = 1099511628211;
        var hash = 14695981039346656037;
        foreach (var character in term)
        {
            hash = (hash ^ character) * Prime;
        }

        hash = (hash ^ (ulong)entity) * Prime;
        hash = (hash ^ (byte)field) * Prime;
        return hash ^ (hash >> 29);
    }
}
