namespace Memory.Search;

/// <summary>A word of a question, with every term that may stand for it in a text.</summary>
/// <param name="text">The word, folded; a pair of characters where the script parts no words.</param>
/// <param name="importance">How much it counts beside the others: 1, less for what binds more than it says.</param>
internal sealed class QueryWord(string text, double importance)
{
    /// <summary>What a word for the same thing counts: what counts less is guessed.</summary>
    private const double LeastKnown = 0.6;

    private readonly Dictionary<string, Alternative> alternatives = new(StringComparer.Ordinal);

    public string Text => text;

    public IReadOnlyCollection<Alternative> Alternatives => alternatives.Values;

    /// <summary>What an entity gains that holds the word itself: importance times rarity.</summary>
    public double Worth { get; private set; }

    /// <summary>Whether more terms hold the word than were looked up: then an entity may hold it without being known to.</summary>
    public bool HasMore { get; set; }

    /// <summary>Whether it means any of its terms alike, as a month its days: it is as rare as all of them together.</summary>
    public bool IsAnyOfMany { get; init; }

    /// <summary>The numbers it is a word of (<see cref="QueryUnit.Numbers"/>).</summary>
    public IReadOnlyList<string> Numbers { get; init; } = [];

    /// <summary>Whether any text holds it, or something like it.</summary>
    public bool IsKnown => alternatives.Count > 0;

    /// <summary>Whether a term stands for it nearly as well as it does itself.</summary>
    public bool IsUnderstood(double weight) => alternatives.Values.Any(a => a.Weight >= weight);

    /// <summary>Whether all that stands for it is far from it, or it says little itself: it may be another word.</summary>
    public bool IsGuess => alternatives.Values.All(a => importance * a.Weight < LeastKnown);

    /// <summary>Adds a term, or raises its weight.</summary>
    /// <param name="isWhole">Whether the term is all of the number that the word is of.</param>
    public void Add(string term, TermStatistics statistics, double weight, bool isWhole = false)
    {
        if (statistics.Count == 0)
        {
            return;
        }

        if (!alternatives.TryGetValue(term, out var known) || known.Weight < weight)
        {
            alternatives[term] = new(term, statistics, weight, term.Contains(text, StringComparison.Ordinal))
            {
                Numbers = isWhole ? [] : Numbers,
            };
        }
    }

    /// <summary>Settles what each term is worth, once all are there: none more than the word itself, where that is known.</summary>
    public void Weigh()
    {
        var own =
            alternatives.TryGetValue(text, out var exact) ? exact.Statistics.Rarity
            : IsAnyOfMany ? RarityOfAll()
            : double.MaxValue;
        foreach (var alternative in alternatives.Values)
        {
            alternative.Value = importance * alternative.Weight * Math.Min(own, alternative.Statistics.Rarity);
            Worth = Math.Max(Worth, alternative.Value);
        }
    }

    // As TermReader reckons it, from that of one term: as if no entity held two of them.
    private double RarityOfAll() =>
        alternatives.Values.Select(one => one.Statistics).FirstOrDefault() is { } some
            ? Math.Max(0, some.Rarity + Math.Log((some.Count + 0.5) / (alternatives.Values.Sum(one => one.Statistics.Count) + 0.5)))
            : 0;
}

/// <summary>A term that may stand for a word.</summary>
/// <param name="Weight">How well: 1 is the word itself.</param>
/// <param name="Holds">Whether the word is part of it as it stands.</param>
internal sealed record Alternative(string Term, TermStatistics Statistics, double Weight, bool Holds)
{
    /// <summary>What an entity gains that holds it.</summary>
    public double Value { get; set; }

    /// <summary>The numbers one of which a text has to hold besides; none where the term is enough.</summary>
    public IReadOnlyList<string> Numbers { get; init; } = [];
}

/// <summary>Where a term stands.</summary>
/// <param name="Id">Its number, see <see cref="Postings.Single"/>.</param>
/// <param name="Chunks">The chunks of entities that hold it, in their order.</param>
/// <param name="Count">How many entities hold it.</param>
/// <param name="Rarity">The fewer hold it, the more it says: the inverse document frequency.</param>
internal sealed record TermStatistics(long Id, long[] Chunks, int Count, double Rarity)
{
    public bool IsIn(long chunk) => Array.BinarySearch(Chunks, chunk) >= 0;
}
