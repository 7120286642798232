using Memory.Database;

namespace Memory.Search;

/// <summary>An entity that a question found.</summary>
/// <param name="HoldsPhrase">Whether one of its texts holds the question as it stands.</param>
/// <param name="Coverage">The part of the question's telling words that it holds, 1 for all.</param>
/// <param name="Facts">The observations that matched, best first.</param>
internal sealed record Found(long Entity, double Score, bool HoldsPhrase, double Coverage, IReadOnlyList<long> Facts);

/// <summary>
/// Reads an entity and tells how well it answers a question: the rarer a matching word and the better the term stands for
/// it the more; names before types before observations; all words, and in one place, before some here and there.
/// </summary>
internal sealed class Ranking
{
    /// <summary>Entities whose texts are asked for together.</summary>
    private const int AtOnce = 50;

    private readonly Space space;
    private readonly Query query;
    private readonly double worth;
    private readonly List<string> numbers;
    private readonly Dictionary<string, List<(int Word, Alternative Alternative)>> values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(int Word, Alternative Alternative)>>.AlternateLookup<ReadOnlySpan<char>> bySpan;

    public Ranking(Space space, Query query)
    {
        this.space = space;
        this.query = query;
        worth = query.Words.Sum(w => w.Worth);
        numbers = [.. query.Words.SelectMany(w => w.Numbers).Distinct(StringComparer.Ordinal)];
        for (var i = 0; i < query.Words.Count; i++)
        {
            foreach (var alternative in query.Words[i].Alternatives)
            {
                if (!values.TryGetValue(alternative.Term, out var list))
                {
                    values.Add(alternative.Term, list = []);
                }

                list.Add((i, alternative));
            }
        }

        bySpan = values.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Ranks entities, in their order.</summary>
    public IEnumerable<Found> Rank(IEnumerable<long> entities) => entities.Chunk(AtOnce).SelectMany(RankSome);

    private IEnumerable<Found> RankSome(long[] entities)
    {
        space.Cancellation.ThrowIfCancellationRequested();
        var heads = ReadHeads(entities);
        var relations = EntityTerms.RelationTypesOf(space, heads.ConvertAll(head => head.Name));
        return ReadFacts(entities).Select((facts, i) => Rank(entities[i], heads[i].Name, heads[i].Type, facts, relations[i]));
    }

    private Found Rank(long entity, string name, string type, IRows rows, List<string> relations)
    {
        var title = new TextMatch(this, name, Field.Name);
        var kind = new TextMatch(this, type, Field.Type);
        var best = new double[query.Words.Count];
        title.Raise(best);
        kind.Raise(best);
        var head = best.ToArray();
        var (closest, phrase) = (Sum(head), PhraseWorth(title, kind));
        var facts = new List<(long Id, double Score)>();
        while (rows.Read())
        {
            var fact = new TextMatch(this, rows.Text(1), Field.Observation);
            if (!fact.Matches)
            {
                continue;
            }

            fact.Raise(best);
            var together = head.ToArray();
            fact.Raise(together);
            closest = Math.Max(closest, Sum(together));
            var ofPhrase = PhraseWorth(fact);
            phrase = Math.Max(phrase, ofPhrase);
            facts.Add((rows.Number(0), fact.Worth + ofPhrase));
        }

        foreach (var relation in relations)
        {
            new TextMatch(this, relation, Field.Relation).Raise(best);
        }

        var sum = Sum(best);
        var coverage = worth == 0 ? 0 : best.Select((value, i) => Math.Min(value, query.Words[i].Worth)).Sum() / worth;
        var score = sum == 0 ? 0 : sum * (0.3 + (0.7 * coverage)) * (0.6 + (0.4 * closest / sum)) * (1 + (0.3 * title.Share));
        return new(
            entity,
            score + phrase,
            phrase > 0,
            coverage,
            [.. facts.OrderByDescending(f => f.Score).ThenByDescending(f => f.Id).Select(f => f.Id)]
        );
    }

    private double PhraseWorth(TextMatch title, TextMatch kind) =>
        Math.Max(
            title.IsPhrase ? 100 * worth
                : title.StartsWithPhrase ? 2 * worth
                : title.HoldsPhrase ? 1.2 * worth
                : 0,
            kind.IsPhrase ? 1.2 * worth
                : kind.HoldsPhrase ? 0.6 * worth
                : 0
        ) + (title.HoldsPhrase || kind.HoldsPhrase ? 1e-6 : 0);

    private double PhraseWorth(TextMatch fact) => fact.HoldsPhrase ? (fact.HoldsPhraseAsWords ? 0.5 : 0.1) * worth + 1e-6 : 0;

    private List<(string Name, string Type)> ReadHeads(long[] entities)
    {
        var heads = new List<(string, string)>(entities.Length);
        var found = space.ReadEach(
            "SELECT name, type FROM entity WHERE namespace = ?1 AND id = ?2",
            entities.Select(entity => new object?[] { entity })
        );
        foreach (var rows in found)
        {
            rows.Read();
            heads.Add((rows.Text(0), rows.Text(1)));
        }

        return heads;
    }

    private IEnumerable<IRows> ReadFacts(long[] entities) =>
        space.ReadEach(
            "SELECT id, text FROM observation WHERE namespace = ?1 AND id BETWEEN ?2 AND ?3 AND (until IS NULL OR until > ?4)",
            entities.Select(entity => new object?[] { TextId.FirstObservationOf(entity), TextId.LastObservationOf(entity), space.Now })
        );

    private static double Sum(double[] values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }

    /// <summary>How one text matches.</summary>
    private sealed class TextMatch
    {
        private readonly double[] ofWord;
        private readonly string folded;
        private readonly string phrase;
        private readonly int at;
        private readonly List<string> held;

        public TextMatch(Ranking ranking, string text, Field field)
        {
            folded = Folding.Fold(text);
            phrase = ranking.query.Phrase;
            at = folded.IndexOf(phrase, StringComparison.Ordinal);
            ofWord = new double[ranking.query.Words.Count];
            var words = Words.Split(folded);
            held = ranking.numbers.FindAll(number => Numbers.Holds(folded, words, number));
            var matched = 0;
            var weighing = (Match: this, ranking.bySpan, Weight: Candidates.FieldWeights[(int)field]);
            foreach (var word in words)
            {
                var before = Worth;
                Words.Terms(folded, word, weighing, static (at, term) => at.Match.Weigh(at.bySpan, term, at.Weight));
                Worth = Sum(ofWord);
                matched += Worth > before ? word.Length : 0;
            }

            Words.Wider(folded, words, weighing, static (at, term) => at.Match.Weigh(at.bySpan, term, at.Weight));
            Worth = Sum(ofWord);

            Share = matched == 0 ? 0 : (double)matched / words.Sum(w => w.Length);
            Matches |= at >= 0;
        }

        public bool Matches { get; private set; }

        public double Worth { get; private set; }

        /// <summary>How much of the text the question names.</summary>
        public double Share { get; }

        public bool HoldsPhrase => at >= 0;

        public bool IsPhrase => at == 0 && folded.Length == phrase.Length;

        public bool StartsWithPhrase => at == 0 && HoldsPhraseAsWords;

        public bool HoldsPhraseAsWords =>
            at >= 0
            && (at == 0 || !char.IsLetterOrDigit(folded[at - 1]))
            && (at + phrase.Length == folded.Length || !char.IsLetterOrDigit(folded[at + phrase.Length]));

        private void Weigh(
            Dictionary<string, List<(int Word, Alternative Alternative)>>.AlternateLookup<ReadOnlySpan<char>> bySpan,
            ReadOnlySpan<char> term,
            double weight
        )
        {
            if (bySpan.TryGetValue(term, out var values))
            {
                foreach (var (of, alternative) in values)
                {
                    if (alternative.Numbers.Count == 0 || alternative.Numbers.Any(held.Contains))
                    {
                        ofWord[of] = Math.Max(ofWord[of], alternative.Value * weight);
                        Matches = true;
                    }
                }
            }
        }

        public void Raise(double[] best)
        {
            for (var i = 0; i < best.Length; i++)
            {
                best[i] = Math.Max(best[i], ofWord[i]);
            }
        }
    }
}
