namespace Memory.Search;

/// <summary>Tells which of some texts was probably meant by one that is not among them.</summary>
internal static class Nearness
{
    private const double Least = 0.5;

    /// <summary>The text that resembles the given one most, or null.</summary>
    public static string? Nearest(string text, IEnumerable<string> candidates) =>
        candidates
            .Select(c => (Text: c, Nearness: Of(text, c)))
            .Where(c => c.Nearness >= Least)
            .OrderByDescending(c => c.Nearness)
            .Select(c => c.Text)
            .FirstOrDefault();

    /// <summary>Whether two names are the same but for case, accents, marks between words, or a letter.</summary>
    public static bool IsSameName(string one, string other)
    {
        var (a, b) = (Key(one), Key(other));
        return a.Length > 0 && (a == b || (a.Length >= 6 && !a.Any(char.IsDigit) && new Spelling(a).DistanceTo(b) == 1));
    }

    /// <summary>A name without what people write differently.</summary>
    public static string Key(string name)
    {
        var folded = Folding.Fold(name);
        return string.Concat(Words.Split(folded).Select(word => word.Of(folded)));
    }

    /// <summary>Texts that say the same as one of others, but for case, marks, endings and the order of their telling words.</summary>
    public static List<(string Text, string SimilarTo)> FindSame(IEnumerable<string> texts, IReadOnlyList<string> others)
    {
        var bySense = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var other in others)
        {
            bySense[SenseOf(other)] = other;
        }

        var found = new List<(string, string)>();
        foreach (var text in texts)
        {
            if (SenseOf(text) is { Length: > 0 } sense && !bySense.TryAdd(sense, text) && bySense[sense] != text)
            {
                found.Add((text, bySense[sense]));
            }
        }

        return found;
    }

    private static string SenseOf(string text) => string.Join(' ', StemsOf(Folding.Fold(text)).Order(StringComparer.Ordinal));

    /// <summary>From 0 to 1.</summary>
    private static double Of(string one, string other)
    {
        var (a, b) = (Folding.Fold(one), Folding.Fold(other));
        if (a == b)
        {
            return 1;
        }

        // But for blanks and marks.
        if (Key(one) is { Length: > 0 } key && key == Key(other))
        {
            return 0.95;
        }

        if (a.Length > 0 && (b.Contains(a, StringComparison.Ordinal) || (b.Length > 0 && a.Contains(b, StringComparison.Ordinal))))
        {
            return 0.9;
        }

        if (IsSameName(one, other))
        {
            return 0.85;
        }

        var (left, right) = (StemsOf(a), StemsOf(b));
        var common = left.Count(word => right.Contains(word) || right.Any(w => new Spelling(word).DistanceTo(w) >= 0));
        return left.Count == 0 || right.Count == 0 ? 0 : 0.8 * common / Math.Min(left.Count, right.Count);
    }

    private static HashSet<string> StemsOf(string folded) =>
        [.. Words.Split(folded).Select(word => word.Of(folded)).Where(word => !StopWords.Contains(word)).Select(Stems.Of)];
}
