namespace Memory.Search;

/// <summary>
/// Numbers that are written in several words: 2.5k, 10:30, v2.1, 192.168.1.7, 079-555-01-02. One of their words says nothing without the others,
/// which another number may have as well.
/// </summary>
internal static class Numbers
{
    /// <summary>Digits from which on groups that spaces or hyphens part are one number, and no list, range or day.</summary>
    private const int FewestOfGroups = 9;

    /// <summary>Words of the longest: what goes on is several, and looking at all of it from each word takes quadratic time.</summary>
    private const int MostWords = 16;

    private const string Signs = ".,:'٫٬";

    /// <summary>
    /// The words of a folded question that belong to such a number, by their places, each with the number: its words without signs, and once more
    /// without the noughts that need not be written.
    /// </summary>
    public static Dictionary<int, IReadOnlyList<string>> Of(string folded, List<Word> words)
    {
        var pieces = new Dictionary<int, IReadOnlyList<string>>();
        if (!folded.AsSpan().ContainsAnyInRange('0', '9'))
        {
            return pieces;
        }

        var dayEnd = 0;
        for (var first = 0; first < words.Count; )
        {
            var last = LastOf(folded, words, first, alsoGroups: true);
            if (HoldsDay(folded, words, first, last))
            {
                dayEnd = Math.Max(dayEnd, last);
            }

            if (first < dayEnd || Joined(folded, words, first, last).Length < FewestOfGroups)
            {
                last = LastOf(folded, words, first, alsoGroups: false);
            }

            if (last > first && !HoldsDay(folded, words, first, last))
            {
                var number = NumbersOf(folded, words, first, last);
                // Python3.11 is a word and a number.
                for (var at = IsPiece(folded, words[first]) ? first : first + 1; at <= last; at++)
                {
                    pieces.Add(at, number);
                }
            }

            first = last + 1;
        }

        return pieces;
    }

    /// <summary>Whether a folded text holds a number, however its words are parted; one that goes on is held as well.</summary>
    public static bool Holds(string folded, List<Word> words, string number)
    {
        for (var first = 0; first < words.Count; first++)
        {
            var matched = 0;
            for (var at = first; ; at++)
            {
                var digits = at == first ? DigitsOf(folded, words[at]) : folded.AsSpan(words[at].Start, words[at].Length);
                var common = digits.CommonPrefixLength(number.AsSpan(matched));
                matched += common;
                if (matched == number.Length)
                {
                    return true;
                }

                if (common < digits.Length || digits.IsEmpty || at + 1 == words.Count || !Connects(folded, words, at, alsoGroups: true))
                {
                    break;
                }
            }
        }

        return false;
    }

    private static int LastOf(string folded, List<Word> words, int first, bool alsoGroups)
    {
        var last = first;
        while (last + 1 < words.Count && last + 1 - first < MostWords && Connects(folded, words, last, alsoGroups))
        {
            last++;
        }

        return last;
    }

    /// <summary>Whether a word and the next are of one number.</summary>
    /// <param name="alsoGroups">Whether spaces, hyphens and brackets may part it.</param>
    private static bool Connects(string folded, List<Word> words, int at, bool alsoGroups)
    {
        var (one, next) = (words[at], words[at + 1]);
        return !one.Unspaced
            && !next.Unspaced
            && char.IsAsciiDigit(folded[one.End - 1]) | char.IsAsciiDigit(folded[one.Start])
            && char.IsAsciiDigit(folded[next.Start])
            && (
                (next.Start == one.End + 1 && Signs.Contains(folded[one.End], StringComparison.Ordinal))
                || (alsoGroups && Words.ConnectsGroups(folded, one, next))
            );
    }

    /// <summary>A number; 2.50 is 2.5 as well, while a version or an address ends with all of its digits.</summary>
    private static string[] NumbersOf(string folded, List<Word> words, int first, int last)
    {
        var number = Joined(folded, words, first, last);
        var fraction = words[last].In(folded);
        var noughts = fraction.Length - fraction.TrimEnd('0').Length;
        var isDecimal =
            last == first + 1
            && Words.IsNumber(folded, words[first])
            && Words.IsNumber(folded, words[last])
            && folded[words[first].End] is '.' or ',' or '٫';
        return isDecimal && noughts > 0 && noughts < fraction.Length ? [number, number[..^noughts]] : [number];
    }

    private static string Joined(string folded, List<Word> words, int first, int last) =>
        string.Concat(DigitsOf(folded, words[first]), string.Concat(words[(first + 1)..(last + 1)].Select(word => word.Of(folded))));

    /// <summary>The digits that a word begins or ends with, and the letters behind them where it begins with them: the 2 of v2, the 3 of python3.</summary>
    private static ReadOnlySpan<char> DigitsOf(string folded, Word word)
    {
        var text = folded.AsSpan(word.Start, word.Length);
        return char.IsAsciiDigit(text[0]) ? text : text[(text.LastIndexOfAnyExceptInRange('0', '9') + 1)..];
    }

    private static bool IsPiece(string folded, Word word) =>
        char.IsAsciiDigit(folded[word.Start]) || (folded[word.Start] == 'v' && DigitsOf(folded, word).Length == word.Length - 1);

    /// <summary>Whether 2026-11-12, 12.11.2026 or 11.2026 is among some words: of a day, the month and the year are asked for as well.</summary>
    private static bool HoldsDay(string folded, List<Word> words, int first, int last)
    {
        for (var at = first; at < last; at++)
        {
            if ((IsYear(words[at]) && IsShort(words[at + 1])) || (IsShort(words[at]) && IsYear(words[at + 1])))
            {
                return true;
            }
        }

        return false;

        bool IsYear(Word word) => word.Length == 4 && folded.AsSpan(word.Start, 2) is "19" or "20" && Words.IsNumber(folded, word);
        bool IsShort(Word word) => word.Length <= 2 && Words.IsNumber(folded, word);
    }
}
