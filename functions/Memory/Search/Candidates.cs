using Memory.Database;

namespace Memory.Search;

/// <summary>
/// Picks the entities worth a closer look, from the postings alone: chunk by chunk, the most promising first, and none that
/// cannot come near the best. So the work depends on what is rare in a question, not on how much the memory holds.
/// </summary>
internal sealed class Candidates(Space space, IReadOnlyList<QueryWord> words, int most, int mostHolders)
{
    /// <summary>What a term counts in a relation, an observation, a type, a name.</summary>
    public static readonly double[] FieldWeights = [0.7, 1, 1.15, 1.6];

    /// <summary>Entities with less than this part of the best score are not looked at.</summary>
    private const double Reach = 0.25;

    private readonly PriorityQueue<long, (double Score, long Earlier)> best = new();
    private readonly double worth = words.Sum(w => w.Worth);
    private readonly float[] scores = new float[Postings.ChunkSize];
    private readonly float[] covered = new float[Postings.ChunkSize];
    private readonly float[] ofWord = new float[Postings.ChunkSize];
    private readonly uint[] held = new uint[Postings.ChunkSize];
    private readonly List<int> touched = [];

    /// <summary>Bits of the words that an entity may hold without being known to.</summary>
    private readonly uint open = words.Select((w, i) => w.HasMore ? 1u << i : 0).Aggregate(0u, (all, bit) => all | bit);
    private double highest;

    /// <summary>Whether more entities may hold the question as it stands than were picked.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Entities that hold every word of the question, which alone can hold it as it stands.</summary>
    public HashSet<long> Holders { get; } = [];

    /// <returns>The best, and the holders of all words as far as they are few.</returns>
    /// <param name="allowed">The only entities that count, or null for all.</param>
    /// <param name="except">Entities that do not count.</param>
    public IReadOnlyCollection<long> Find(IReadOnlySet<long>? allowed, IReadOnlySet<long>? except)
    {
        var every = (1u << words.Count) - 1;
        HasMore = open == every;
        foreach (var chunk in ChunksByPromise())
        {
            space.Cancellation.ThrowIfCancellationRequested();
            var isPromising =
                chunk.Bound >= highest * Reach && (best.Count < most || best.TryPeek(out _, out var least) && chunk.Bound > least.Score);
            if (isPromising || (chunk.Words == every && !HasMore))
            {
                Read(chunk.Number, every, allowed, except);
            }
        }

        return [.. best.UnorderedItems.Select(i => i.Element), .. Holders];
    }

    private void Read(long chunk, uint every, IReadOnlySet<long>? allowed, IReadOnlySet<long>? except)
    {
        Array.Clear(scores);
        Array.Clear(covered);
        Array.Clear(held);
        var here = words
            .SelectMany((word, i) => word.Alternatives.Where(a => a.Statistics.IsIn(chunk)).Select(alternative => (Word: i, alternative)))
            .ToList();
        using var stored = space
            .ReadEach(
                "SELECT entities FROM posting WHERE namespace = ?1 AND term = ?2 AND chunk = ?3",
                here.Where(at => Postings.SingleOf(at.alternative.Statistics.Id) is null)
                    .Select(at => new object?[] { at.alternative.Statistics.Id, chunk })
            )
            .GetEnumerator();
        var current = 0;
        foreach (var (word, alternative) in here)
        {
            if (word != current)
            {
                Count(words[current]);
                current = word;
            }

            if (Postings.SingleOf(alternative.Statistics.Id) is var (entity, field))
            {
                Take(Postings.SlotOf(entity), field, alternative, 1u << word);
            }
            else if (stored.MoveNext() && stored.Current.Read())
            {
                Take(stored.Current.Bytes(0), alternative, 1u << word);
            }
        }

        Count(words[current]);

        for (var slot = 0; slot < scores.Length; slot++)
        {
            if (scores[slot] == 0)
            {
                continue;
            }

            var entity = Postings.EntityOf(chunk, slot);
            if (allowed?.Contains(entity) != false && except?.Contains(entity) != true)
            {
                Offer(entity, scores[slot] * (0.3 + (0.7 * covered[slot] / worth)), (held[slot] | open) == every);
            }
        }
    }

    /// <summary>Notes which entities of a chunk hold an alternative of the word at hand.</summary>
    private void Take(ReadOnlySpan<byte> postings, Alternative alternative, uint bit)
    {
        for (var slot = -1; Postings.Next(ref postings, ref slot, out var field); )
        {
            Take(slot, field, alternative, bit);
        }
    }

    private void Take(int slot, Field field, Alternative alternative, uint bit)
    {
        var value = (float)(alternative.Value * FieldWeights[(int)field]);
        if (ofWord[slot] == 0)
        {
            touched.Add(slot);
        }

        ofWord[slot] = Math.Max(ofWord[slot], value);
        held[slot] |= alternative.Holds ? bit : 0;
    }

    /// <summary>Adds up what was noted of a word.</summary>
    private void Count(QueryWord word)
    {
        foreach (var slot in touched)
        {
            scores[slot] += ofWord[slot];
            covered[slot] += (float)Math.Min(word.Worth, ofWord[slot]);
            ofWord[slot] = 0;
        }

        touched.Clear();
    }

    private void Offer(long entity, double score, bool holdsAll)
    {
        highest = Math.Max(highest, score);
        if (best.Count < most)
        {
            best.Enqueue(entity, (score, -entity));
        }
        else if (best.TryPeek(out _, out var least) && score > least.Score)
        {
            best.EnqueueDequeue(entity, (score, -entity));
        }

        if (holdsAll && !HasMore)
        {
            Holders.Add(entity);
            HasMore = Holders.Count > mostHolders;
        }
    }

    private IEnumerable<(long Number, double Bound, uint Words)> ChunksByPromise()
    {
        var bounds = new Dictionary<long, (double Bound, uint Words)>();
        for (var i = 0; i < words.Count; i++)
        {
            var ofWord = new Dictionary<long, double>();
            foreach (var alternative in words[i].Alternatives)
            {
                foreach (var chunk in alternative.Statistics.Chunks)
                {
                    ofWord[chunk] = Math.Max(ofWord.GetValueOrDefault(chunk), alternative.Value * FieldWeights[^1]);
                }
            }

            foreach (var (chunk, bound) in ofWord)
            {
                var known = bounds.GetValueOrDefault(chunk);
                bounds[chunk] = (known.Bound + bound, known.Words | (1u << i));
            }
        }

        return bounds.Select(b => (b.Key, b.Value.Bound, b.Value.Words | open)).OrderByDescending(c => c.Bound).ThenBy(c => c.Key);
    }
}
