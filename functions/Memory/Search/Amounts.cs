using System.Globalization;

namespace Memory.Search;

/// <summary>
/// Finds the amounts that a text writes short or in groups: $245k, 1.2 million, €3.5M, 245,000, 24.5万. Each is a term of its own, its digits:
/// 245000. One that can be read in two ways, as 1,250k, is known by both. Where a letter alone says so and no currency, the number may be of
/// another kind (a 5k run, 3m tall): it is a term apart, which stands for the amount less well.
/// </summary>
internal static class Amounts
{
    /// <summary>Digits of an amount: fewer are a number like any other.</summary>
    private const int Fewest = 4;
    private const int Most = 18;

    private const int Group = 3;

    /// <summary>No word begins with it.</summary>
    private const char MarkOfUnsure = '~';

    /// <summary>By how many noughts a word or letter lengthens the number before it, folded.</summary>
    private static readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Noughts = Read(
        (3, "k thousand thousands grand tausend tsd mille mil mila duizend тыс тысяча тысячи тысяч 千 천"),
        (4, "万 萬 만"),
        (
            6,
            "m mn mio million millions millionen millon millones milione milioni milhao milhoes miljoen млн миллион миллиона миллионов 百万"
        ),
        (7, "千万"),
        (8, "億 亿 억"),
        (
            9,
            "b bn mrd billion billions milliarde milliarden milliard milliards miliardo miliardi miljard млрд миллиард миллиарда миллиардов"
        )
    );

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Currencies = new HashSet<string>(
        "eur euro euros usd dollar dollars chf franken francs gbp pounds jpy yen cny yuan rub рублеи".Split(' '),
        StringComparer.Ordinal
    ).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Tells the amounts of a folded text as terms.</summary>
    public static void Tell<TState>(string folded, List<Word> words, TState state, Action<TState, ReadOnlySpan<char>> tell) =>
        TellWithWords(
            folded,
            words,
            (state, tell),
            static (at, amount, isSure, _) => at.tell(at.state, isSure ? amount : UnsureTermOf(amount))
        );

    /// <summary>The term of a number that may be an amount of these digits, and may be of another kind.</summary>
    public static string UnsureTermOf(string amount) => MarkOfUnsure + amount;

    public static bool IsUnsureTerm(string term) => term[0] == MarkOfUnsure;

    /// <summary>
    /// The amounts of a folded question, each with what else says the same there: its words, alone and together, the name of its currency, and how
    /// it may be read besides.
    /// </summary>
    public static List<(string Amount, bool IsSure, HashSet<string> Same)> Of(string folded, List<Word> words)
    {
        var amounts = new List<(string Amount, bool IsSure, HashSet<string> Same)>();
        var before = default(Range);
        TellWithWords(
            folded,
            words,
            0,
            (_, amount, isSure, range) =>
            {
                var same = range.Equals(before) ? amounts[^1].Same : SameAs(folded, words, range);
                same.Add(amount);
                amounts.Add((amount, isSure, same));
                before = range;
            }
        );
        return amounts;
    }

    private static HashSet<string> SameAs(string folded, List<Word> words, Range range)
    {
        var (first, end) = (range.Start.Value, range.End.Value);
        var same = new HashSet<string>(StringComparer.Ordinal) { string.Concat(words[range].Select(word => word.Of(folded))) };
        first -= IsCurrency(folded, words, first - 1) ? 1 : 0;
        end += IsCurrency(folded, words, end) ? 1 : 0;
        foreach (var word in words[first..end])
        {
            if (word.Unspaced)
            {
                // What follows the 万 is of another word.
                same.UnionWith([folded.Substring(word.Start, 1), folded.Substring(word.Start, Math.Min(2, word.Length))]);
            }
            else
            {
                same.Add(word.Of(folded));
            }
        }

        return same;
    }

    private static void TellWithWords<TState>(string folded, List<Word> words, TState state, Action<TState, string, bool, Range> tell)
    {
        if (!folded.AsSpan().ContainsAnyInRange('0', '9'))
        {
            return;
        }

        for (var first = 0; first < words.Count; )
        {
            var last = LastGroup(folded, words, first, alsoSpaces: true);
            // A year before an amount, or a telephone number: then no space belongs to it.
            if (!Tell(folded, words, first, last, state, tell) && last > first)
            {
                for (var part = first; part <= last; )
                {
                    var end = LastGroup(folded, words, part, alsoSpaces: false);
                    Tell(folded, words, part, end, state, tell);
                    part = end + 1;
                }
            }

            first = last + 1;
        }
    }

    /// <summary>The last of the groups of digits that begin with a word; the word itself where it is none.</summary>
    private static int LastGroup(string folded, List<Word> words, int first, bool alsoSpaces)
    {
        var last = first;
        while (
            last + 1 < words.Count
            && !words[last + 1].Unspaced
            && Words.IsNumber(folded, words[last])
            && words[last + 1].Start == words[last].End + 1
            && (folded[words[last].End] is '.' or ',' or '\'' || (alsoSpaces && folded[words[last].End] == ' '))
            && char.IsAsciiDigit(folded[words[last + 1].Start])
        )
        {
            last++;
        }

        return last;
    }

    private static bool Tell<TState>(
        string folded,
        List<Word> words,
        int first,
        int last,
        TState state,
        Action<TState, string, bool, Range> tell
    )
    {
        var final = words[last];
        var digits = folded.AsSpan(final.Start, final.Length).IndexOfAnyExceptInRange('0', '9') is var other and >= 0
            ? other
            : final.Length;
        if (final.Unspaced || digits == 0 || NoughtsOf(folded, words, first, last, digits, out var isApart) is not { } noughts)
        {
            return false;
        }

        // Four digits before a currency may be a year.
        var mayBeWhole = last > first || noughts > 0 || (digits > Fewest && IsMoney(folded, words, first, last));
        if (!mayBeWhole)
        {
            return false;
        }

        var isSure =
            !IsLetter(isApart ? words[last + 1] : new(final.Start + digits, final.Length - digits, false))
            || IsMoney(folded, words, first, isApart ? last + 1 : last);
        // A flat, a piece of an address or id in hexadecimal digits, a version: 2B, 00:1a:2b, 2.1.4b.
        if (!isSure && folded[final.End - 1] == 'b' && (last == first || IsGlued(folded, words, first, last)))
        {
            return false;
        }

        var tail = folded.Substring(final.Start, digits);
        var isTold = false;
        if (Joined(folded, words, first, last, tail) is { } whole)
        {
            TellDigits(whole, noughts);
        }

        if (
            last > first
            && folded[words[last - 1].End] is ('.' or ',') and var sign
            && (last - 1 == first || folded[words[first].End] != sign)
            && Joined(folded, words, first, last - 1, words[last - 1].Of(folded)) is { } beforeSign
            && tail.TrimEnd('0') is var fraction
            // 245,000.00, but 12 245,000 are two numbers.
            && fraction.Length <= noughts
            && (noughts > 0 || tail.Length == 2)
        )
        {
            TellDigits(beforeSign + fraction, noughts - fraction.Length);
        }

        return isTold;

        void TellDigits(string significant, int more)
        {
            var amount = significant.TrimStart('0').PadRight(significant.TrimStart('0').Length + more, '0');
            if (amount.Length is >= Fewest and <= Most)
            {
                isTold = true;
                tell(state, amount, isSure, first..(last + 1 + (isApart ? 1 : 0)));
            }
        }

        bool IsLetter(Word unit) => unit.Length == 1 && char.IsAsciiLetter(folded[unit.Start]);
    }

    /// <summary>Whether a sign alone parts some words from one before or behind.</summary>
    private static bool IsGlued(string folded, List<Word> words, int first, int last) =>
        (first > 0 && IsGlued(folded, words[first - 1], words[first]))
        || (last + 1 < words.Count && IsGlued(folded, words[last], words[last + 1]));

    private static bool IsGlued(string folded, Word one, Word next) => next.Start == one.End + 1 && !char.IsWhiteSpace(folded[one.End]);

    /// <summary>Groups of thousands as one number; null where they are something else.</summary>
    /// <param name="tail">The digits of the last.</param>
    private static string? Joined(string folded, List<Word> words, int first, int last, string tail)
    {
        if (first == last)
        {
            return tail;
        }

        if (words[first].Length > Group || folded[words[first].Start] == '0' || tail.Length != Group)
        {
            return null;
        }

        var joined = words[first].Of(folded);
        for (var i = first + 1; i <= last; i++)
        {
            if ((i < last && words[i].Length != Group) || folded[words[i - 1].End] != folded[words[first].End])
            {
                return null;
            }

            joined += i < last ? words[i].Of(folded) : tail;
        }

        return joined;
    }

    /// <summary>How many noughts are meant behind a number; null where the letters behind it make something else of it.</summary>
    /// <param name="digits">Digits of the last word.</param>
    /// <param name="isApart">Whether a word of its own says so.</param>
    private static int? NoughtsOf(string folded, List<Word> words, int first, int last, int digits, out bool isApart)
    {
        isApart = false;
        var word = words[last];
        if (digits < word.Length)
        {
            return Noughts.TryGetValue(folded.AsSpan(word.Start + digits, word.Length - digits), out var attached) ? attached : null;
        }

        if (last + 1 == words.Count)
        {
            return 0;
        }

        var next = words[last + 1];
        if (next.Unspaced)
        {
            var noughts =
                next.Start > word.End ? 0
                : next.Length > 1 && Noughts.TryGetValue(folded.AsSpan(next.Start, 2), out var two) ? two
                : Noughts.TryGetValue(folded.AsSpan(next.Start, 1), out var one) ? one
                : 0;
            isApart = noughts > 0;
            return noughts;
        }

        isApart =
            next.Start == word.End + 1
            && folded[word.End] is ' ' or '-'
            && Noughts.ContainsKey(folded.AsSpan(next.Start, next.Length))
            // 5 m are metres, and 5 M€ are not.
            && (next.Length > 1 || folded[next.Start] == 'k' || IsMoney(folded, words, first, last + 1));
        return isApart ? Noughts[folded.AsSpan(next.Start, next.Length)] : 0;
    }

    /// <summary>Whether a currency stands before or behind some words.</summary>
    private static bool IsMoney(string folded, List<Word> words, int first, int last)
    {
        var (before, behind) = (words[first].Start - 1, words[last].End);
        return IsSign(before)
            || IsSign(behind)
            || (before > 0 && folded[before] == ' ' && IsSign(before - 1))
            || (behind < folded.Length && folded[behind] == ' ' && IsSign(behind + 1))
            || IsCurrency(folded, words, first - 1)
            || IsCurrency(folded, words, last + 1);

        bool IsSign(int at) =>
            at >= 0 && at < folded.Length && CharUnicodeInfo.GetUnicodeCategory(folded[at]) == UnicodeCategory.CurrencySymbol;
    }

    /// <summary>Whether there is a word at a place, and it names a currency.</summary>
    private static bool IsCurrency(string folded, List<Word> words, int at) =>
        at >= 0 && at < words.Count && Currencies.Contains(folded.AsSpan(words[at].Start, words[at].Length));

    private static Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Read(params (int Noughts, string Words)[] lines) =>
        lines
            .SelectMany(line => line.Words.Split(' ').Select(word => (Word: word, line.Noughts)))
            .ToDictionary(unit => unit.Word, unit => unit.Noughts, StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
}
