namespace Memory.Search;

/// <summary>How well a term stands for a word, from 0 to 1.</summary>
internal static class Likeness
{
    /// <summary>By form: the same stem, a beginning, a long common beginning.</summary>
    public static double Of(string word, string term)
    {
        if (term == word)
        {
            return 1;
        }

        var stem = Stems.Of(term);
        if (stem == Stems.Of(word))
        {
            return 0.9;
        }

        if (term.StartsWith(word, StringComparison.Ordinal))
        {
            return 0.25 + (0.65 * word.Length / term.Length);
        }

        if (stem.Length >= 4 && word.StartsWith(stem, StringComparison.Ordinal))
        {
            return 0.2 + (0.5 * stem.Length / word.Length);
        }

        var common = word.AsSpan().CommonPrefixLength(term);
        return common >= 6 && common >= Math.Max(word.Length, term.Length) - 4 ? 0.5 : 0;
    }

    /// <summary>A term that holds the word somewhere.</summary>
    public static double OfPart(string word, string term, bool alone) =>
        term == word ? 1
        : term.StartsWith(word, StringComparison.Ordinal) && word.Length >= 3 ? Of(word, term)
        : word.Length < 4 && !alone ? 0.02
        : 0.1 + (0.6 * Math.Min(1, (double)word.Length / term.Length));

    /// <summary>A term that differs from the word by some letters.</summary>
    public static double OfSpelling(string word, string term, int distance)
    {
        var weight = distance switch
        {
            // The same in another alphabet.
            0 => 1,
            1 => word.Length >= 8 ? 0.85
            : word.Length >= 5 ? 0.75
            : 0.65,
            _ => word.Length >= 8 ? 0.65 : 0.5,
        };
        return word[0] == term[0] ? weight : weight * 0.8;
    }
}
