using System.Buffers;
using Memory.Database;

namespace Memory.Search;

/// <summary>
/// Keeps the search's copy in step with the graph: which entities hold which term. A transaction's changes are collected and
/// written once for each term at its end, in a large one whenever there are many.
/// </summary>
internal sealed class SearchIndex
{
    /// <summary>Terms whose postings are read together.</summary>
    private const int AtOnce = 500;

    /// <summary>Changes that are collected before they are written: a few megabytes.</summary>
    private const int MostCollected = 250_000;

    /// <summary>Texts that are taken apart together.</summary>
    private const int Together = 250;

    private static readonly Insertion Chunks = new(
        "INSERT INTO posting (namespace, term, chunk, count, entities)",
        columns: 4,
        " ON CONFLICT (namespace, term, chunk) DO UPDATE SET count = excluded.count, entities = excluded.entities"
    );

    private readonly Space space;
    private readonly Vocabulary vocabulary;
    private readonly WaitingRows chunks;
    private readonly Dictionary<string, TermChanges> changes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TermChanges>.AlternateLookup<ReadOnlySpan<char>> bySpan;
    private readonly Dictionary<long, HashSet<string>> suspects = [];
    private readonly ArrayBufferWriter<byte> merged = new();
    private readonly List<Word> words = [];
    private List<(long Entity, Field Field, string Text)> texts = new(Together);
    private List<(long Entity, Field Field, string Text)> taken = new(Together);

    /// <summary>Takes texts apart while rows are written.</summary>
    private Task beside = Task.CompletedTask;
    private int collected;

    public SearchIndex(Space space, Counters counters)
    {
        this.space = space;
        vocabulary = new(space, counters);
        chunks = new(space, Chunks);
        bySpan = changes.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Takes in a text of an entity.</summary>
    public void Add(long entity, Field field, string text)
    {
        texts.Add((entity, field, text));
        if (texts.Count == Together)
        {
            TakeApartBeside();
        }
    }

    /// <summary>A text is gone from an entity, or the entity is: its terms may be, too.</summary>
    public void Remove(long entity, string text)
    {
        if (!suspects.TryGetValue(entity, out var terms))
        {
            suspects.Add(entity, terms = new(StringComparer.Ordinal));
        }

        // With a list of its own: texts may be taken apart beside.
        Words.AllTerms(Folding.Fold(text), [], terms, static (terms, term) => terms.Add(term.ToString()));
    }

    /// <summary>Writes what was collected; the last act before the commit.</summary>
    public void Flush()
    {
        beside.GetAwaiter().GetResult();
        TakeApart(texts);
        foreach (var (entity, terms) in suspects)
        {
            var left = EntityTerms.Read(space, entity);
            foreach (var term in terms)
            {
                ChangesOf(term).Set(entity, left.TryGetValue(term, out var field) ? field : null);
            }
        }

        suspects.Clear();
        WriteChanges();
    }

    /// <summary>Once what was begun before is done, so that nothing else changes what is collected.</summary>
    private void TakeApartBeside()
    {
        beside.GetAwaiter().GetResult();
        if (collected >= MostCollected)
        {
            WriteChanges();
        }

        (texts, taken) = (taken, texts);
        beside = Task.Run(() => TakeApart(taken));
    }

    private void TakeApart(List<(long Entity, Field Field, string Text)> some)
    {
        foreach (var (entity, field, text) in some)
        {
            Words.AllTerms(
                Folding.Fold(text),
                words,
                (Index: this, entity, field),
                static (at, term) => at.Index.Add(at.entity, at.field, term)
            );
        }

        some.Clear();
    }

    private void Add(long entity, Field field, ReadOnlySpan<char> term)
    {
        if (ChangesOf(term).Add(entity, field))
        {
            collected++;
        }
    }

    private TermChanges ChangesOf(ReadOnlySpan<char> term)
    {
        if (!bySpan.TryGetValue(term, out var known))
        {
            bySpan[term] = known = new();
        }

        return known;
    }

    private void WriteChanges()
    {
        var terms = changes.Keys.ToArray();
        Array.Sort(terms, StringComparer.Ordinal);
        var isFirst = vocabulary.IsEmpty;
        for (var start = 0; start < terms.Length; start += AtOnce)
        {
            var some = terms[start..Math.Min(start + AtOnce, terms.Length)];
            var ids = isFirst ? new long[some.Length] : vocabulary.Find(some);
            var places = new List<Place>(some.Length);
            for (var i = 0; i < some.Length; i++)
            {
                var ofTerm = changes[some[i]];
                ofTerm.Sort();
                if (ids[i] > 0)
                {
                    AddPlaces(places, ids[i], isNew: false, ofTerm);
                }
                else if (Number(some[i], ids[i], ofTerm) is > 0 and var id)
                {
                    AddPlaces(places, id, isNew: true, ofTerm);
                }
            }

            Write(places);
            chunks.Flush();
        }

        vocabulary.Flush();
        changes.Clear();
        collected = 0;
    }

    /// <summary>Numbers a term that has no postings: one that is new, or that one entity alone held.</summary>
    /// <param name="known">What is stored of it, 0 where nothing is.</param>
    /// <returns>Its number, see <see cref="Postings.Single"/>.</returns>
    private long Number(string term, long known, TermChanges ofTerm)
    {
        // Never 0 again once there is a term.
        var next = vocabulary.NextId();
        if (Postings.SingleOf(known) is var (holder, where))
        {
            ofTerm.Add(holder, where);
            ofTerm.Sort();
        }

        var id = ofTerm.FindSingle() is var (entity, field) ? Postings.Single(entity, field) : next;
        if (known == 0)
        {
            vocabulary.Add(term, id);
        }
        else if (id != known)
        {
            vocabulary.Change(term, id);
        }

        return id;
    }

    /// <summary>The chunks of a term's postings that change.</summary>
    private static void AddPlaces(List<Place> places, long term, bool isNew, TermChanges changes)
    {
        for (int start = 0, end = 0; start < changes.Count; start = end)
        {
            var chunk = Postings.ChunkOf(changes.EntityAt(start));
            while (end < changes.Count && Postings.ChunkOf(changes.EntityAt(end)) == chunk)
            {
                end++;
            }

            places.Add(new(term, chunk, isNew, changes, start, end));
        }
    }

    /// <summary>Writes the places of terms that are stored already, all of which are read first, and of those that are new.</summary>
    private void Write(List<Place> places)
    {
        var known = places.FindAll(place => !place.IsNew);
        var stored = new List<byte[]>(known.Count);
        foreach (
            var rows in space.ReadEach(
                "SELECT entities FROM posting WHERE namespace = ?1 AND term = ?2 AND chunk = ?3",
                known.Select(place => new object?[] { place.Term, place.Chunk })
            )
        )
        {
            stored.Add(rows.Read() ? rows.Bytes(0).ToArray() : []);
        }

        for (var i = 0; i < known.Count; i++)
        {
            Write(known[i], stored[i]);
        }

        foreach (var place in places)
        {
            if (place.IsNew)
            {
                Write(place, []);
            }
        }
    }

    /// <summary>Merges the changes of one term into a chunk of its postings.</summary>
    /// <param name="old">Its postings as they are stored; none where there are none.</param>
    private void Write(Place place, ReadOnlySpan<byte> old)
    {
        merged.ResetWrittenCount();
        int count = 0,
            last = -1,
            slot = -1;
        var more = Postings.Next(ref old, ref slot, out var field);
        for (var i = place.Start; i < place.End; )
        {
            var at = Postings.SlotOf(place.Changes.EntityAt(i));
            while (more && slot < at)
            {
                Take(slot, field);
                more = Postings.Next(ref old, ref slot, out field);
            }

            Field? stored = null;
            if (more && slot == at)
            {
                stored = field;
                more = Postings.Next(ref old, ref slot, out field);
            }

            if (place.Changes.Apply(ref i, stored) is { } now)
            {
                Take(at, now);
            }
        }

        while (more)
        {
            Take(slot, field);
            more = Postings.Next(ref old, ref slot, out field);
        }

        if (count == 0)
        {
            space.Run("DELETE FROM posting WHERE namespace = ?1 AND term = ?2 AND chunk = ?3", place.Term, place.Chunk);
        }
        else
        {
            chunks.Add(place.Term, place.Chunk, (long)count, merged.WrittenSpan.ToArray());
        }

        void Take(int at, Field of)
        {
            Postings.Write(merged, last, at, of);
            last = at;
            count++;
        }
    }

    /// <summary>What changes in a chunk of the postings of a term: some of its changes, in the order of the entities.</summary>
    private readonly record struct Place(long Term, long Chunk, bool IsNew, TermChanges Changes, int Start, int End);
}
