using McpGateway.Text;

namespace Memory.Search;

/// <summary>Tells which of some texts was probably meant by one that is not among them.</summary>
internal static class Nearness
{
    private const double Least = 0.5;

    /// <summary>Letters from which on a part of a word says which it is of; in a script that does not part its words, characters.</summary>
    private const int ShortestPart = 3;
    private const int ShortestUnspacedPart = 2;

    /// <summary>How much of a text is compared: what differs in all of that is not near, and a call waits for it.</summary>
    private const int MostCharacters = 2_000;
    private const int MostWords = 20;

    /// <summary>The text that resembles the given one most, or null.</summary>
    public static string? Nearest(string text, IEnumerable<string> candidates)
    {
        var sought = Beginning(text);
        var words = StemsOf(Folding.Fold(sought)).Take(MostWords).Select(word => (word, new Spelling(word))).ToList();
        return candidates
            .Select(c => (Text: c, Nearness: Of(sought, words, Beginning(c))))
            .Where(c => c.Nearness >= Least)
            .OrderByDescending(c => c.Nearness)
            .Select(c => c.Text)
            .FirstOrDefault();
    }

    /// <summary>Whether two names are the same but for case, accents, marks between words, or a letter.</summary>
    public static bool IsSameName(string one, string other)
    {
        var (a, b) = (Key(one), Key(other));
        return a.Length > 0 && (a == b || (a.Length >= 6 && !a.Any(char.IsDigit) && new Spelling(a).DistanceTo(b) == 1));
    }

    /// <summary>A name without what people write differently; one of signs alone as it is.</summary>
    public static string Key(string name)
    {
        var folded = Folding.Fold(name);
        var key = string.Concat(Words.Split(folded).Select(word => word.Of(folded)));
        return key.Length > 0 ? key : folded;
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

    private static string Beginning(string text) => text[..Cut.Before(text, MostCharacters)];

    /// <summary>From 0 to 1.</summary>
    /// <param name="words">The words of the first.</param>
    private static double Of(string one, List<(string Word, Spelling Spelling)> words, string other)
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

        if (IsHeld(a, b) || IsHeld(b, a))
        {
            return 0.9;
        }

        if (IsSameName(one, other))
        {
            return 0.85;
        }

        if (!IsTelling(a) || !IsTelling(b))
        {
            return 0;
        }

        var right = StemsOf(b).Take(MostWords).ToHashSet(StringComparer.Ordinal);
        var common = words.Count(word => right.Contains(word.Word) || right.Any(w => word.Spelling.DistanceTo(w) >= 0));
        return words.Count == 0 || right.Count == 0 ? 0 : 0.8 * common / Math.Min(words.Count, right.Count);
    }

    /// <summary>Whether a folded text is so much of another that it may stand for it.</summary>
    private static bool IsHeld(string part, string whole)
    {
        for (
            var at = part.Length == 0 ? -1 : whole.IndexOf(part, StringComparison.Ordinal);
            at >= 0;
            at = whole.IndexOf(part, at + 1, StringComparison.Ordinal)
        )
        {
            var (before, behind) = (at == 0 ? ' ' : whole[at - 1], at + part.Length == whole.Length ? ' ' : whole[at + part.Length]);
            if (
                IsTelling(part)
                    ? !char.IsLetterOrDigit(before) || !char.IsLetterOrDigit(behind) || 2 * part.Length >= whole.Length
                    : at == 0 && behind == ' ' && !StopWords.Contains(part)
            )
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a folded text is long enough to be known by a part of it: nearly every name holds any letter or two.</summary>
    private static bool IsTelling(string folded) =>
        folded.Length >= (Words.Split(folded).Exists(word => word.Unspaced) ? ShortestUnspacedPart : ShortestPart);

    private static HashSet<string> StemsOf(string folded) =>
        [.. Words.Split(folded).Select(word => word.Of(folded)).Where(word => !StopWords.Contains(word)).Select(Stems.Of)];
}
