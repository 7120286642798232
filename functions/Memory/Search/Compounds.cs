namespace Memory.Search;

/// <summary>Words that are made of others.</summary>
internal sealed class Compounds(KnownTerms known, TermReader terms)
{
    // The longest words of people have about 80 letters. What is longer is not made of words, and looking for them takes quadratic time.
    private const int Longest = 100;

    /// <summary>Words that one is made of, and the letters of the shortest.</summary>
    private const int MostParts = 3;
    private const int ShortestPart = 3;

    /// <summary>The letters of the shortest word that begins or ends another, which need not be made of words as a whole.</summary>
    private const int ShortestEnd = 4;

    /// <summary>An unknown word that is made of known ones is each of them: homeloan, BS48213, getVoyageConsumption.</summary>
    public List<QueryUnit> Split(List<QueryUnit> units)
    {
        var result = new List<QueryUnit>();
        foreach (var unit in units)
        {
            var isPlain = unit.Unspaced || unit.IsNumber || unit.Text.Length is < 4 or > Longest;
            if (
                isPlain
                || known.Find(unit.Text) is not null
                || terms.StartingWith([unit.Text], 1)[0].Count > 0
                || PartsOf(unit) is not { } parts
            )
            {
                result.Add(unit);
                continue;
            }

            for (var i = 0; i < parts.Count; i++)
            {
                result.Add(unit with { Text = parts[i], FollowedByNext = i == parts.Count - 1 && unit.FollowedByNext, Others = [] });
            }
        }

        return result;
    }

    private List<string>? PartsOf(QueryUnit unit) => unit.HasDigit ? LettersAndDigitsOf(unit.Text) : KnownPartsOf(unit.Text, MostParts);

    private List<string>? LettersAndDigitsOf(string text)
    {
        var parts = new List<string>();
        var start = 0;
        for (var i = 1; i <= text.Length; i++)
        {
            if (i == text.Length || char.IsAsciiDigit(text[i]) != char.IsAsciiDigit(text[i - 1]))
            {
                parts.Add(text[start..i]);
                start = i;
            }
        }

        return parts.Count is > 1 and <= MostParts && parts.TrueForAll(part => known.Find(part) is not null) ? parts : null;
    }

    /// <summary>The fewest known words that a word is made of, their shortest as long as can be; null when it is not.</summary>
    private List<string>? KnownPartsOf(string text, int most)
    {
        List<string>? best = null;
        known.Learn(
            Enumerable
                .Range(ShortestPart, Math.Max(0, text.Length - (2 * ShortestPart) + 1))
                .SelectMany(at => (string[])[text[..at], text[at..]])
        );
        for (var at = ShortestPart; most > 1 && at <= text.Length - ShortestPart; at++)
        {
            if (known.Find(text[..at]) is null)
            {
                continue;
            }

            List<string>? rest = known.Find(text[at..]) is not null ? [text[at..]] : KnownPartsOf(text[at..], most - 1);
            if (rest is not null && (best is null || Better([text[..at], .. rest], best)))
            {
                best = [text[..at], .. rest];
            }
        }

        return best;

        static bool Better(List<string> one, List<string> other) =>
            one.Count < other.Count || (one.Count == other.Count && one.Min(part => part.Length) > other.Min(part => part.Length));
    }

    /// <summary>What a word may begin or end with, the longest first. All of it is looked up at once.</summary>
    public IReadOnlyList<string> EndsOf(string word)
    {
        if (word.Length > Longest)
        {
            return [];
        }

        var ends = new List<string>();
        for (var length = word.Length - 1; length >= ShortestEnd; length--)
        {
            ends.Add(word[..length]);
            ends.Add(word[^length..]);
        }

        known.Learn(ends);
        return ends;
    }
}
