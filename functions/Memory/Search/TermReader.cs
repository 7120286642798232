using System.Text;
using Memory.Database;

namespace Memory.Search;

/// <summary>Looks terms up: one by its text, those with a beginning, those that hold a part or are spelt nearly alike.</summary>
internal sealed class TermReader(Space space)
{
    private const byte Separator = (byte)'\n';

    /// <summary>Where terms stand; those that no entity holds are left out.</summary>
    /// <param name="entities">How many entities there are.</param>
    public Dictionary<string, TermStatistics> Find(IReadOnlyList<string> terms, long entities)
    {
        var ids = new List<(string Term, long Id)>();
        var statistics = new Dictionary<string, TermStatistics>(StringComparer.Ordinal);
        var found = space.ReadEach("SELECT id FROM term WHERE namespace = ?1 AND text = ?2", terms.Select(term => new object?[] { term }));
        foreach (var (rows, term) in found.Zip(terms))
        {
            if (!rows.Read())
            {
                continue;
            }

            var id = rows.Number(0);
            if (Postings.SingleOf(id) is var (entity, _))
            {
                statistics.Add(term, new(id, [Postings.ChunkOf(entity)], 1, RarityOf(1, entities)));
            }
            else
            {
                ids.Add((term, id));
            }
        }

        var places = space.ReadEach(
            "SELECT chunk, count FROM posting WHERE namespace = ?1 AND term = ?2 ORDER BY chunk",
            ids.Select(known => new object?[] { known.Id })
        );
        foreach (var (rows, (term, id)) in places.Zip(ids))
        {
            if (StatisticsOf(id, rows, entities) is { } known)
            {
                statistics.Add(term, known);
            }
        }

        return statistics;
    }

    private static TermStatistics? StatisticsOf(long id, IRows rows, long entities)
    {
        var chunks = new List<long>();
        var count = 0;
        while (rows.Read())
        {
            chunks.Add(rows.Number(0));
            count += (int)rows.Number(1);
        }

        return count == 0 ? null : new(id, [.. chunks], count, RarityOf(count, entities));
    }

    private static double RarityOf(int count, long entities) => Math.Log(1 + ((Math.Max(entities, count) - count + 0.5) / (count + 0.5)));

    /// <summary>Terms that begin with one of several texts, those of each in alphabetical order.</summary>
    /// <param name="most">Of each.</param>
    public List<List<string>> StartingWith(IReadOnlyList<string> beginnings, int most)
    {
        var found = new List<List<string>>();
        foreach (
            var rows in space.ReadEach(
                "SELECT text FROM term WHERE namespace = ?1 AND text >= ?2 AND text < ?3 ORDER BY text LIMIT ?4",
                beginnings.Select(beginning => new object?[] { beginning, beginning + "\U0010FFFF", (long)most })
            )
        )
        {
            var ofOne = new List<string>();
            while (rows.Read())
            {
                ofOne.Add(rows.Text(0));
            }

            found.Add(ofOne);
        }

        return found;
    }

    /// <summary>Tells the terms that hold one of the parts, and those that may be a misspelling of one of the words.</summary>
    /// <param name="most">How many holders of one part are told.</param>
    /// <param name="holds">Gets the index of the part; is told once more with null when there are more than <paramref name="most"/>.</param>
    /// <param name="nearly">Gets the index of the word and the number of letters by which the term differs.</param>
    public void Scan(
        IReadOnlyList<string> parts,
        int most,
        Action<int, string?> holds,
        IReadOnlyList<string> words,
        Action<int, string, int> nearly
    )
    {
        var patterns = parts.Select(Encoding.UTF8.GetBytes).ToArray();
        var counts = new int[parts.Count];
        var spellings = words.Select(w => new Spelling(w)).ToArray();
        var keys = words.Select(Romanization.Key).ToArray();
        using var rows = space.Stream("SELECT terms FROM vocabulary WHERE namespace = ?1 ORDER BY block");
        while (rows.Read())
        {
            space.Cancellation.ThrowIfCancellationRequested();
            var block = rows.Bytes(0);
            for (var part = 0; part < patterns.Length; part++)
            {
                FindHolders(block, part);
            }

            if (spellings.Length > 0)
            {
                FindNearly(block);
            }
        }

        void FindHolders(ReadOnlySpan<byte> block, int part)
        {
            while (counts[part] <= most && block.IndexOf(patterns[part]) is var at and >= 0)
            {
                if (++counts[part] > most)
                {
                    holds(part, null);
                    return;
                }

                var start = block[..at].LastIndexOf(Separator) + 1;
                var end = at + block[at..].IndexOf(Separator);
                holds(part, Encoding.UTF8.GetString(block[start..end]));
                block = block[end..];
            }
        }

        void FindRomanized(string term)
        {
            if (Romanization.Of(term) is not { } latin)
            {
                return;
            }

            for (var i = 0; i < spellings.Length; i++)
            {
                var distance =
                    latin == words[i] ? 0
                    : Romanization.Key(latin) == keys[i] ? 1
                    : spellings[i].DistanceTo(latin);
                if (distance >= 0)
                {
                    nearly(i, term, distance);
                }
            }
        }

        void FindNearly(ReadOnlySpan<byte> block)
        {
            for (var rest = block[1..]; !rest.IsEmpty; )
            {
                var end = rest.IndexOf(Separator);
                var term = rest[..end];
                var letters = term.Length is >= 3 and <= 2 * Words.LongestTerm ? Spelling.LettersOf(term) : 0;
                if (spellings.Length > 0 && term.Length >= 6 && Romanization.Applies(term[0]))
                {
                    FindRomanized(Encoding.UTF8.GetString(term));
                }

                for (var i = 0; letters != 0 && i < spellings.Length; i++)
                {
                    if (spellings[i].MayBe(term.Length, letters))
                    {
                        var text = Encoding.UTF8.GetString(term);
                        var distance = spellings[i].DistanceTo(text);
                        if (distance >= 0)
                        {
                            nearly(i, text, distance);
                        }
                    }
                }

                rest = rest[(end + 1)..];
            }
        }
    }
}
