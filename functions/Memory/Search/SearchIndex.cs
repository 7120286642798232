using System.Buffers;
using Memory.Database;

namespace Memory.Search;

/// <summary>
/// Keeps the search's copy in step with the graph: which entities hold which term. A transaction's changes are collected and
/// written once for each term at its end.
/// </summary>
internal sealed class SearchIndex
{
    /// <summary>Terms whose postings are read together.</summary>
    private const int AtOnce = 500;

    private readonly Space space;
    private readonly Vocabulary vocabulary;
    private readonly Dictionary<string, List<Change>> changes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Change>>.AlternateLookup<ReadOnlySpan<char>> bySpan;
    private readonly Dictionary<long, HashSet<string>> suspects = [];

    public SearchIndex(Space space, Counters counters)
    {
        this.space = space;
        vocabulary = new(space, counters);
        bySpan = changes.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Takes in a text of an entity.</summary>
    public void Add(long entity, Field field, string text) =>
        Words.AllTerms(Folding.Fold(text), (Index: this, entity, field), static (at, term) => at.Index.Add(at.entity, at.field, term));

    /// <summary>A text is gone from an entity, or the entity is: its terms may be, too.</summary>
    public void Remove(long entity, string text)
    {
        if (!suspects.TryGetValue(entity, out var terms))
        {
            suspects.Add(entity, terms = new(StringComparer.Ordinal));
        }

        Words.AllTerms(Folding.Fold(text), terms, static (terms, term) => terms.Add(term.ToString()));
    }

    /// <summary>Writes what was collected; the last act before the commit.</summary>
    public void Flush()
    {
        foreach (var (entity, terms) in suspects)
        {
            var left = EntityTerms.Read(space, entity);
            foreach (var term in terms)
            {
                ChangesOf(term).Add(new(entity, left.TryGetValue(term, out var field) ? field : null, Exact: true));
            }
        }

        foreach (var some in changes.OrderBy(c => c.Key, StringComparer.Ordinal).Chunk(AtOnce))
        {
            var ids = vocabulary.IdsOf([.. some.Select(c => c.Key)]);
            Write([.. some.SelectMany((c, i) => ByChunk(c.Value, ids[i].Id, ids[i].IsNew))]);
        }

        vocabulary.Flush();
        changes.Clear();
        suspects.Clear();
    }

    private void Add(long entity, Field field, ReadOnlySpan<char> term)
    {
        if (!bySpan.TryGetValue(term, out var list))
        {
            list = [];
            bySpan[term] = list;
        }

        if (list.Count > 0 && list[^1] is { Exact: false } last && last.Entity == entity)
        {
            if (field > last.Field)
            {
                list[^1] = last with { Field = field };
            }
        }
        else
        {
            list.Add(new(entity, field, Exact: false));
        }
    }

    private List<Change> ChangesOf(string term)
    {
        if (!changes.TryGetValue(term, out var list))
        {
            changes.Add(term, list = []);
        }

        return list;
    }

    private static IEnumerable<Place> ByChunk(List<Change> list, long term, bool isNew) =>
        list.OrderBy(c => c.Entity).GroupBy(c => Postings.ChunkOf(c.Entity)).Select(chunk => new Place(term, chunk.Key, isNew, [.. chunk]));

    /// <summary>Writes the places of terms that are stored already, all of which are read first, and of those that are new.</summary>
    private void Write(List<Place> places)
    {
        var known = places.FindAll(place => !place.IsNew);
        var stored = space
            .ReadEach(
                "SELECT entities FROM posting WHERE namespace = ?1 AND term = ?2 AND chunk = ?3",
                known.Select(place => new object?[] { place.Term, place.Chunk })
            )
            .Select(rows => rows.Read() ? rows.Bytes(0).ToArray() : [])
            .ToList();
        for (var i = 0; i < known.Count; i++)
        {
            Write(known[i], stored[i]);
        }

        places.FindAll(place => place.IsNew).ForEach(place => Write(place, []));
    }

    /// <summary>Merges the changes of one term, in the order of their entities, into a chunk of its postings.</summary>
    /// <param name="old">Its postings as they are stored; none where there are none.</param>
    private void Write(Place place, ReadOnlySpan<byte> old)
    {
        var (term, chunk, list) = (place.Term, place.Chunk, place.Changes);
        var merged = new ArrayBufferWriter<byte>(old.Length + (4 * list.Count));
        int count = 0,
            last = -1,
            slot = -1;
        var more = Postings.Next(ref old, ref slot, out var field);
        for (var i = 0; i < list.Count; )
        {
            var entity = list[i].Entity;
            var at = Postings.SlotOf(entity);
            while (more && slot < at)
            {
                Take(slot, field);
                more = Postings.Next(ref old, ref slot, out field);
            }

            Field? now = null;
            if (more && slot == at)
            {
                now = field;
                more = Postings.Next(ref old, ref slot, out field);
            }

            for (; i < list.Count && list[i].Entity == entity; i++)
            {
                now = list[i].Exact || now is null || list[i].Field > now ? list[i].Field : now;
            }

            if (now is { } kept)
            {
                Take(at, kept);
            }
        }

        while (more)
        {
            Take(slot, field);
            more = Postings.Next(ref old, ref slot, out field);
        }

        if (count == 0)
        {
            space.Run("DELETE FROM posting WHERE namespace = ?1 AND term = ?2 AND chunk = ?3", term, chunk);
        }
        else
        {
            space.Run(
                """
                INSERT INTO posting (namespace, term, chunk, count, entities) VALUES (?1, ?2, ?3, ?4, ?5)
                ON CONFLICT (namespace, term, chunk) DO UPDATE SET count = excluded.count, entities = excluded.entities
                """,
                term,
                chunk,
                (long)count,
                merged.WrittenSpan.ToArray()
            );
        }

        void Take(int at, Field of)
        {
            Postings.Write(merged, last, at, of);
            last = at;
            count++;
        }
    }

    /// <summary>What changes in a chunk of the postings of a term, in the order of the entities.</summary>
    private readonly record struct Place(long Term, long Chunk, bool IsNew, List<Change> Changes);

    /// <param name="Field">Null: the entity holds the term no more.</param>
    /// <param name="Exact">Whether this is all there is to say, whatever stood there before.</param>
    private readonly record struct Change(long Entity, Field? Field, bool Exact);
}
