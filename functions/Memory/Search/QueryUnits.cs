namespace Memory.Search;

/// <summary>A word of a question before the memory is asked for it.</summary>
/// <param name="FollowedByNext">Whether the next unit is the next word of the question.</param>
internal sealed record QueryUnit(string Text, double Importance, bool Unspaced, bool FollowedByNext)
{
    /// <summary>Other ways to write it.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    /// <summary>The numbers it is a word of: it counts where one of them is. None where it stands for itself.</summary>
    public IReadOnlyList<string> Numbers { get; init; } = [];

    public bool HasDigit => Text.AsSpan().IndexOfAnyInRange('0', '9') >= 0;

    public bool IsNumber => !Text.AsSpan().ContainsAnyExceptInRange('0', '9');
}

/// <summary>Takes the telling words out of a question.</summary>
internal static class QueryUnits
{
    /// <summary>A pair with a character that binds.</summary>
    private const double Bound = 0.35;

    private const int MostNumbers = 16;

    /// <summary>The words of a folded question without those that say nothing, unless it holds no others; each once.</summary>
    public static List<QueryUnit> Of(string phrase)
    {
        var all = new List<(QueryUnit Unit, bool Telling)>();
        var words = Words.Split(phrase);
        var numbers = Numbers.Of(phrase, words);
        for (var i = 0; i < words.Count; i++)
        {
            var text = words[i].Of(phrase);
            if (words[i].Unspaced)
            {
                AddPairs(all, text);
            }
            else
            {
                var unit = new QueryUnit(text, 1, Unspaced: false, FollowedByNext: false) { Numbers = numbers.GetValueOrDefault(i, []) };
                all.Add((unit, !StopWords.Contains(text)));
            }
        }

        var telling = all.Any(u => u.Telling);
        var units = new List<QueryUnit>();
        for (var i = 0; i < all.Count; i++)
        {
            if (all[i].Telling || !telling)
            {
                var next = i + 1 < all.Count && (all[i + 1].Telling || !telling);
                units.Add(all[i].Unit with { FollowedByNext = next });
            }
        }

        return [.. units.GroupBy(u => u.Text, StringComparer.Ordinal).Select(same => same.First() with { Numbers = NumbersOf(same) })];
    }

    /// <summary>The numbers of a word that a question holds several times; none where it stands there by itself as well, or in very many.</summary>
    private static List<string> NumbersOf(IEnumerable<QueryUnit> same) =>
        same.All(u => u.Numbers.Count > 0)
        && same.SelectMany(u => u.Numbers).Distinct(StringComparer.Ordinal).Take(MostNumbers + 1).ToList()
            is { Count: <= MostNumbers } numbers
            ? numbers
            : [];

    private static void AddPairs(List<(QueryUnit Unit, bool Telling)> all, string run)
    {
        var characters = new List<string>();
        var kana = Hiragana.WordsOf(run);
        var at = 0;
        for (var i = 0; i < run.Length; i += Words.WidthAt(run, i))
        {
            characters.Add(run.Substring(i, Words.WidthAt(run, i)));
        }

        for (var i = 0; i < characters.Count; i++)
        {
            var binds = StopWords.HoldsParticle(characters[i]);
            if (
                !binds
                && (i == 0 || StopWords.HoldsParticle(characters[i - 1]))
                && (i + 1 == characters.Count || StopWords.HoldsParticle(characters[i + 1]))
            )
            {
                all.Add((new(characters[i], characters.Count == 1 ? 1 : 0.7, Unspaced: true, FollowedByNext: false), true));
            }
            else if (characters.Count == 1)
            {
                all.Add((new(characters[i], 1, Unspaced: true, FollowedByNext: false), false));
            }

            if (i + 1 < characters.Count)
            {
                var pair = characters[i] + characters[i + 1];
                var isWord = kana.Exists(word => word.Start.Value <= at && at + pair.Length <= word.End.Value);
                all.Add(
                    (
                        new(pair, isWord || !StopWords.HoldsParticle(pair) ? 1 : Bound, Unspaced: true, FollowedByNext: false),
                        isWord || !StopWords.IsBinding(pair)
                    )
                );
            }

            at += characters[i].Length;
        }
    }
}
