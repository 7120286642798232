using Memory.Database;

namespace Memory.Search;

/// <summary>Finds out what the words of a question may be called in the memory: other forms, spellings and words for the same.</summary>
internal sealed class QueryPlanner
{
    // The longest words of people have about 80 letters. What is longer is not made of words, and looking for them takes quadratic time.
    private const int LongestCompound = 100;

    private const int MostWords = 24;
    private const int MostHolders = 256;
    private const int MostBeginnings = 200;

    /// <summary>From which weight on a word counts as understood, and no misspelling is suspected.</summary>
    private const double Understood = 0.8;

    private readonly TermReader terms;
    private readonly long entities;
    private readonly Dictionary<string, TermStatistics?> known = new(StringComparer.Ordinal);

    public QueryPlanner(Space space)
    {
        terms = new(space);
        entities = new Counters(space).Last("entity");
    }

    public Query Plan(string text)
    {
        var phrase = Folding.Fold(text);
        var words = Dates.Expand(phrase, QueryUnits.Of(phrase)).Take(MostWords).ToList();
        words = SplitUnknown(words);
        var plan = words.ConvertAll(unit => new QueryWord(unit.Text, unit.Importance));
        for (var i = 0; i < plan.Count; i++)
        {
            AddForms(plan[i], words[i]);
            AddRelated(plan[i], Synonyms.Of(words[i].Text), 0.6);
            if (i + 1 < plan.Count && words[i].FollowedByNext && !words[i].Unspaced && !words[i + 1].Unspaced)
            {
                AddJoined(plan[i], plan[i + 1]);
            }
        }

        Scan(plan, words);
        foreach (var word in plan)
        {
            if (!word.IsUnderstood(0.55))
            {
                AddParts(word);
            }

            word.Weigh();
        }

        return new(phrase, plan);
    }

    /// <summary>The word itself, what begins with it, and its other forms.</summary>
    private void AddForms(QueryWord word, QueryUnit unit)
    {
        Add(word, word.Text, 1);
        foreach (var other in unit.Others)
        {
            Add(word, other, 0.9);
        }

        if (unit.Unspaced || unit.IsNumber || word.Text.Length < 3)
        {
            return;
        }

        var beginning = word.Text[..Math.Clamp(word.Text.Length - 3, 3, 6)];
        foreach (var term in terms.StartingWith(word.Text, MostBeginnings).Concat(terms.StartingWith(beginning, MostBeginnings)))
        {
            Add(word, term, Likeness.Of(word.Text, term));
        }

        if (Stems.Of(word.Text) is var stem && stem != word.Text)
        {
            Add(word, stem, 0.9);
        }
    }

    /// <summary>Words that mean nearly the same, in the forms they have.</summary>
    private void AddRelated(QueryWord word, IEnumerable<string> related, double weight)
    {
        foreach (var other in related)
        {
            var unspaced = Words.Split(other) is [{ Unspaced: true }];
            Add(word, unspaced ? other[..Math.Min(2, other.Length)] : other, weight);
            if (!unspaced && other.Length > 3)
            {
                foreach (var term in terms.StartingWith(other[..^1], 20))
                {
                    Add(word, term, weight * (Likeness.Of(other, term) >= 0.9 ? 1 : 0));
                }
            }
        }
    }

    /// <summary>Two words that are written as one, or have a name of one word.</summary>
    private void AddJoined(QueryWord first, QueryWord second)
    {
        var joined = first.Text + second.Text;
        if (joined.Length >= 5)
        {
            Add(first, joined, 0.95);
            Add(second, joined, 0.95);
        }

        var related = Synonyms.Of(first.Text, second.Text);
        AddRelated(first, related, 0.75);
        AddRelated(second, related, 0.75);
    }

    /// <summary>Looks through all terms: for those that hold a word, and for what an unknown word may be a misspelling of.</summary>
    private void Scan(List<QueryWord> plan, List<QueryUnit> units)
    {
        var parts = new List<int>();
        var misspelt = new List<int>();
        for (var i = 0; i < plan.Count; i++)
        {
            var edge = i == 0 || i == plan.Count - 1;
            if (!units[i].Unspaced && (edge || plan[i].Text.Length >= 4) && !(units[i].IsNumber && !edge))
            {
                parts.Add(i);
            }

            if (!units[i].Unspaced && !units[i].HasDigit && plan[i].Text.Length >= 3 && !plan[i].IsUnderstood(Understood))
            {
                misspelt.Add(i);
            }
        }

        terms.Scan(
            parts.ConvertAll(i => plan[i].Text[..Math.Min(plan[i].Text.Length, Words.LongestPart)]),
            MostHolders,
            (part, term) =>
            {
                var word = plan[parts[part]];
                if (term is null)
                {
                    word.HasMore = true;
                }
                else
                {
                    Add(word, term, Likeness.OfPart(word.Text, term, plan.Count == 1));
                }
            },
            misspelt.ConvertAll(i => plan[i].Text),
            (index, term, distance) => Add(plan[misspelt[index]], term, Likeness.OfSpelling(plan[misspelt[index]].Text, term, distance))
        );
    }

    /// <summary>An unknown word that is made of two known ones is both of them.</summary>
    private List<QueryUnit> SplitUnknown(List<QueryUnit> units)
    {
        var result = new List<QueryUnit>();
        foreach (var unit in units)
        {
            var split =
                unit.Unspaced || unit.HasDigit || unit.Text.Length is < 6 or > LongestCompound || Find(unit.Text) is not null
                    ? 0
                    : Enumerable
                        .Range(3, unit.Text.Length - 5)
                        .Where(at => Find(unit.Text[..at]) is not null && Find(unit.Text[at..]) is not null)
                        .OrderByDescending(at => Math.Min(at, unit.Text.Length - at))
                        .FirstOrDefault();
            if (split == 0 || terms.StartingWith(unit.Text, 1).Count > 0)
            {
                result.Add(unit);
                continue;
            }

            result.Add(unit with { Text = unit.Text[..split], FollowedByNext = false });
            result.Add(unit with { Text = unit.Text[split..] });
        }

        return result;
    }

    /// <summary>Terms a compound begins or ends with.</summary>
    private void AddParts(QueryWord word)
    {
        var text = word.Text;
        for (var length = text.Length > LongestCompound ? 0 : text.Length - 1; length >= 4; length--)
        {
            var weight = 0.2 + (0.5 * length / text.Length);
            Add(word, text[..length], weight);
            Add(word, text[^length..], weight);
        }
    }

    private void Add(QueryWord word, string term, double weight)
    {
        if (weight > 0 && Find(term) is { } statistics)
        {
            word.Add(term, statistics, weight);
        }
    }

    private TermStatistics? Find(string term)
    {
        if (!known.TryGetValue(term, out var statistics))
        {
            statistics = terms.Find(term, entities);
            known.Add(term, statistics);
        }

        return statistics;
    }
}
