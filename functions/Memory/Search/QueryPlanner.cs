using Memory.Database;

namespace Memory.Search;

/// <summary>Finds out what the words of a question may be called in the memory: other forms, spellings and words for the same.</summary>
internal sealed class QueryPlanner
{
    private const int MostWords = 24;

    /// <summary>Terms of several words, and how much they say beside a word.</summary>
    private const int MostWider = 4;
    private const double OfWider = 1;

    /// <summary>A time says as much as its hour, its minute and itself, and an amount as its groups and unit.</summary>
    private const double OfTime = 3;
    private const double OfAmount = 3;

    /// <summary>How well 5k stands for 5,000, and the other way round: it may be a run or a screen.</summary>
    private const double OfUnsureAmount = 0.85;

    /// <summary>The words of a name that programs write as one, and its letters.</summary>
    private const int MostInName = 5;
    private const int ShortestName = 5;

    private const int MostHolders = 256;
    private const int MostBeginnings = 200;
    private const int MostForms = 20;

    /// <summary>From which weight on a word counts as understood, and no misspelling is suspected.</summary>
    private const double Understood = 0.8;

    /// <summary>How much the words count by which days are meant, where something is of these days.</summary>
    private const double OfSpoken = 0.3;

    private readonly TermReader terms;
    private readonly string now;
    private readonly KnownTerms known;
    private readonly Compounds compounds;

    public QueryPlanner(Space space)
    {
        terms = new(space);
        now = space.Now;
        known = new(terms, new Counters(space).Last("entity"));
        compounds = new(known, terms);
    }

    public Query Plan(string text)
    {
        var phrase = Folding.Fold(text);
        var composed = Composed.Of(phrase);
        var words = Dates.Expand(composed, QueryUnits.Of(composed)).Take(MostWords).ToList();
        words = compounds.Split(words);
        var days = DaysOf(composed, out var spoken);
        var plan = words.ConvertAll(unit => new QueryWord(
            unit.Text,
            spoken.Contains(unit.Text) ? OfSpoken * unit.Importance : unit.Importance
        )
        {
            Numbers = unit.Numbers,
        });
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
        AddWider(plan, composed);
        if (days is not null)
        {
            plan.Add(days);
        }

        foreach (var word in plan)
        {
            if (!word.IsUnderstood(0.55))
            {
                AddParts(word);
            }

            word.Weigh();
            // A text may hold the pieces as they stand, where they are parts of other characters.
            word.HasMore |= composed != phrase;
        }

        return new(phrase, plan);
    }

    /// <summary>The days that a question speaks of, as one word that each of them stands for; null where nothing is of these days.</summary>
    /// <param name="spoken">The words that say so.</param>
    private QueryWord? DaysOf(string phrase, out List<string> spoken)
    {
        spoken = [];
        if (SpokenDays.Find(phrase, now) is not { } found)
        {
            return null;
        }

        var word = new QueryWord($"{found.Terms[0]}-{found.Terms[^1]}", OfWider) { HasMore = true, IsAnyOfMany = found.IsMonth };
        Add(word, found.Terms.ConvertAll(term => new Form(term, 1)));
        spoken = word.IsKnown ? found.Words : [];
        return word.IsKnown ? word : null;
    }

    /// <summary>
    /// What several words of the question are together, a day or a number or a name of several parts, says more than they do. Whatever holds the
    /// question as it stands need not hold it: 20'00 stands in 120'005.
    /// </summary>
    private void AddWider(List<QueryWord> plan, string phrase)
    {
        var words = Words.Split(phrase);
        var wider = new List<string>();
        Words.Wider(phrase, words, wider, static (wider, term) => wider.Add(term.ToString()));
        // What may be no amount is its word alone.
        wider.RemoveAll(Amounts.IsUnsureTerm);
        var amounts = Amounts.Of(phrase, words);
        var names = NamesOf(phrase, words);
        var asked = wider.Take(MostWords).Concat(names.Keys).Distinct(StringComparer.Ordinal).ToList();
        known.Learn([.. asked, .. amounts.Select(found => Amounts.UnsureTermOf(found.Amount))]);
        foreach (var word in asked.Select(Wide).Where(word => word.IsKnown).Take(MostWider).ToList())
        {
            if (plan.TrueForAll(other => other.Text != word.Text))
            {
                plan.Add(word);
            }
        }

        // Who has $245k is not to lack the 000 of 245,000.
        foreach (var (amount, isSure, same) in amounts)
        {
            plan.FindAll(word => same.Contains(word.Text))
                .ForEach(word => Add(word, FormsOf(amount, isSure ? 1 : OfUnsureAmount), areWhole: true));
        }

        QueryWord Wide(string term)
        {
            var isAmount = amounts.Exists(found => found.IsSure && found.Amount == term);
            var importance =
                Times.IsTerm(term) ? OfTime
                : isAmount ? OfAmount
                : names.TryGetValue(term, out var count) ? Math.Max(OfWider, count - 1)
                : OfWider;
            var word = new QueryWord(term, importance) { HasMore = true };
            Add(word, isAmount ? FormsOf(term, 1) : [new(term, 1)]);
            return word;
        }

        static List<Form> FormsOf(string amount, double weight) => [new(amount, weight), new(Amounts.UnsureTermOf(amount), OfUnsureAmount)];
    }

    /// <summary>Words in a row as programs name things: get user by id is getUserById.</summary>
    /// <returns>Each with the number of its words.</returns>
    private static Dictionary<string, int> NamesOf(string phrase, List<Word> words)
    {
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var first = 0; first < Math.Min(words.Count, MostWords); first++)
        {
            var name = "";
            var isTelling = false;
            for (var last = first; last < Math.Min(words.Count, first + MostInName) && !words[last].Unspaced; last++)
            {
                var word = words[last].Of(phrase);
                name += word;
                isTelling |= !StopWords.Contains(word);
                if (last > first && isTelling && name.Length is >= ShortestName and <= Words.LongestTerm)
                {
                    names[name] = last - first + 1;
                }
            }
        }

        return names;
    }

    /// <summary>The word itself, what begins with it, and its other forms.</summary>
    private void AddForms(QueryWord word, QueryUnit unit)
    {
        List<Form> forms =
        [
            new(word.Text, 1),
            new(WithoutDigraphs(word.Text), 0.95),
            .. Irregular.FormsOf(word.Text).Concat(unit.Others).Select(form => new Form(form, 0.9)),
            .. Stems.WithArticles(word.Text).Select(form => new Form(form, 0.95)),
        ];
        if (unit.Unspaced && Kana.InOther(word.Text) is { } kana)
        {
            forms.Add(new(kana, 0.95));
        }

        if (!unit.Unspaced && !unit.IsNumber && word.Text.Length >= 3)
        {
            var beginning = word.Text[..Math.Clamp(word.Text.Length - 3, 3, 6)];
            var longer = terms.StartingWith([word.Text, beginning], MostBeginnings).SelectMany(found => found);
            forms.AddRange(longer.Select(term => new Form(term, Likeness.Of(word.Text, term))));
            forms.Add(new(Stems.Of(word.Text), 0.9));
        }

        if (unit.IsNumber)
        {
            forms.Add(new(Amounts.UnsureTermOf(word.Text), OfUnsureAmount));
        }

        Add(word, forms);
    }

    /// <summary>Mueller is Müller, which folds to muller.</summary>
    private static string WithoutDigraphs(string text) =>
        text.Replace("ae", "a", StringComparison.Ordinal)
            .Replace("oe", "o", StringComparison.Ordinal)
            .Replace("ue", "u", StringComparison.Ordinal);

    /// <summary>Words that mean nearly the same, in the forms they have.</summary>
    private void AddRelated(QueryWord word, IEnumerable<string> related, double weight)
    {
        var (unspaced, spaced) = (new List<string>(), new List<string>());
        foreach (var other in related)
        {
            (Words.Split(other) is [{ Unspaced: true }] ? unspaced : spaced).Add(other);
        }

        var inflected = spaced.FindAll(other => other.Length > 3);
        var forms = terms
            .StartingWith(inflected.ConvertAll(other => other[..^1]), MostForms)
            .Zip(inflected, (found, other) => found.Where(term => IsForm(other, term)))
            .SelectMany(found => found);
        Add(
            word,
            [
                .. unspaced
                    .Select(other => other[..Math.Min(2, other.Length)])
                    .Concat(spaced)
                    .Concat(forms)
                    .Select(term => new Form(term, weight)),
            ]
        );

        // Not vega for vegan.
        static bool IsForm(string word, string term) => (term.Length >= word.Length || word[^1] == 's') && Likeness.Of(word, term) >= 0.9;
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
        var misspelt = new List<(int Word, string Spelling)>();
        for (var i = 0; i < plan.Count; i++)
        {
            var edge = i == 0 || i == plan.Count - 1;
            if (!units[i].Unspaced && (edge || plan[i].Text.Length >= 4) && !(units[i].IsNumber && !edge))
            {
                parts.Add(i);
            }

            if (!units[i].Unspaced && !units[i].HasDigit && plan[i].Text.Length >= 3 && !plan[i].IsUnderstood(Understood))
            {
                misspelt.Add((i, plan[i].Text));
                if (Romanization.Of(plan[i].Text) is { } latin)
                {
                    Add(plan[i], [.. Romanization.FormsOf(plan[i].Text, latin).Select(form => new Form(form, 0.95))]);
                    misspelt.Add((i, latin));
                }
            }
        }

        var found = new List<(QueryWord Word, Form Form)>();
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
                    found.Add((word, new(term, Likeness.OfPart(word.Text, term, plan.Count == 1))));
                }
            },
            misspelt.ConvertAll(m => m.Spelling),
            (index, term, distance) =>
                found.Add((plan[misspelt[index].Word], new(term, Likeness.OfSpelling(misspelt[index].Spelling, term, distance))))
        );
        foreach (var ofWord in found.GroupBy(f => f.Word, f => f.Form))
        {
            Add(ofWord.Key, [.. ofWord]);
        }
    }

    /// <summary>Terms a compound begins or ends with.</summary>
    private void AddParts(QueryWord word)
    {
        foreach (var part in compounds.EndsOf(word.Text))
        {
            var weight = 0.2 + (0.5 * part.Length / word.Text.Length);
            Add(word, part, weight);
            AddRelated(word, Synonyms.Of(part), 0.6 * weight);
        }
    }

    private void Add(QueryWord word, string term, double weight) => Add(word, [new(term, weight)]);

    private void Add(QueryWord word, List<Form> forms, bool areWhole = false)
    {
        forms.RemoveAll(form => form.Weight <= 0);
        known.Learn(forms.Select(form => form.Term));
        foreach (var (term, weight) in forms)
        {
            if (known.Find(term) is { } statistics)
            {
                word.Add(term, statistics, weight, areWhole);
            }
        }
    }

    /// <summary>What a word may be called.</summary>
    private readonly record struct Form(string Term, double Weight);
}
