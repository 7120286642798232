using System.Globalization;

namespace Memory.Search;

/// <summary>
/// Finds the days that a text names, however they are written: 2026-11-12, 12.11.2026, 12 November 2026, November 12th, 2026,
/// 2026年11月12日. Each is a term of its own, so that a day finds itself and not its parts.
/// </summary>
internal static class Days
{
    /// <summary>Tells the days of a folded text, as eight digits.</summary>
    public static void Tell<TState>(string folded, List<Word> words, TState state, Action<TState, ReadOnlySpan<char>> tell)
    {
        if (!folded.AsSpan().ContainsAnyInRange('0', '9'))
        {
            return;
        }

        Span<char> term = stackalloc char[8];
        for (var i = 0; i + 2 < words.Count; i++)
        {
            if (!StartsDay(folded, words[i], words[i + 1]))
            {
                continue;
            }

            foreach (var (year, month, day) in Read(folded, words, i))
            {
                if (year is >= 1000 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month))
                {
                    term.TryWrite(CultureInfo.InvariantCulture, $"{year:0000}{month:00}{day:00}", out _);
                    tell(state, term);
                }
            }
        }
    }

    /// <summary>The terms of a day and those after it, up to another.</summary>
    public static List<string> TermsOf(DateTime from, DateTime to)
    {
        var terms = new List<string>();
        // Counted, for no day follows the last of the year 9999.
        for (var day = 0; day <= (to - from).Days; day++)
        {
            terms.Add(from.AddDays(day).ToString("yyyyMMdd", CultureInfo.InvariantCulture));
        }

        return terms;
    }

    /// <summary>A quick look: a number of one, two or four digits, an ordinal, or the name of a month before one.</summary>
    private static bool StartsDay(string folded, Word word, Word next) =>
        word is { Unspaced: false, Length: <= LongestMonth }
        && (
            char.IsAsciiDigit(folded[word.Start])
            || (char.IsAsciiDigit(folded[next.Start]) && Dates.MonthOf(folded.AsSpan(word.Start, word.Length)) > 0)
        );

    private static IEnumerable<(int Year, int Month, int Day)> Read(string folded, List<Word> words, int at)
    {
        var (one, two, three) = (words[at], words[at + 1], words[at + 2]);
        if (two.Unspaced)
        {
            // 2026 年 11 月 12
            return
                at + 4 < words.Count
                && folded.AsSpan(two.Start, two.Length) is "年"
                && folded.AsSpan(words[at + 3].Start, words[at + 3].Length) is "月"
                ? [(Number(folded, one, 4), Number(folded, three, 2), Number(folded, words[at + 4], 2))]
                : [];
        }

        if (
            two.Start == one.End + 1
            && three.Start == two.End + 1
            && folded[one.End] == folded[two.End]
            && folded[one.End] is '-' or '.' or '/'
        )
        {
            return one.Length == 4 ? [(Number(folded, one, 4), Number(folded, two, 2), Number(folded, WithoutTime(folded, three), 2))]
                : folded[one.End] == '/'
                    ?
                    [
                        (Number(folded, three, 4), Number(folded, two, 2), Number(folded, one, 2)),
                        (Number(folded, three, 4), Number(folded, one, 2), Number(folded, two, 2)),
                    ]
                : [(Number(folded, three, 4), Number(folded, two, 2), Number(folded, one, 2))];
        }

        if (three.Start - one.End > MostBetween)
        {
            return [];
        }

        if (at + 3 < words.Count && Dates.MonthOf(folded.AsSpan(three.Start, three.Length)) is > 0 and var ofRange)
        {
            // 12-14 November 2026
            return [(Number(folded, words[at + 3], 4), ofRange, Number(folded, one, 2))];
        }

        if (
            at + 4 < words.Count
            && char.IsAsciiDigit(folded[three.Start])
            && Dates.MonthOf(folded.AsSpan(words[at + 3].Start, words[at + 3].Length)) is > 0 and var ofBoth
        )
        {
            // 12 to 14 November 2026
            return [(Number(folded, words[at + 4], 4), ofBoth, Number(folded, one, 2))];
        }

        if (folded.AsSpan(two.Start, two.Length) is "of" or "de" && at + 3 < words.Count)
        {
            (two, three) = (three, words[at + 3]);
        }

        return Dates.MonthOf(folded.AsSpan(two.Start, two.Length)) is > 0 and var month
                ? [(Number(folded, three, 4), month, Number(folded, one, 2))]
            : Dates.MonthOf(folded.AsSpan(one.Start, one.Length)) is > 0 and var first
                ? [(Number(folded, three, 4), first, Number(folded, two, 2))]
            : [];
    }

    /// <summary>The day of 2026-11-12T09:30.</summary>
    private static Word WithoutTime(string folded, Word day) =>
        day.Length > 3 && folded[day.Start + 2] == 't' && char.IsAsciiDigit(folded[day.Start + 3]) ? day with { Length = 2 } : day;

    /// <summary>Letters of the longest name of a month.</summary>
    private const int LongestMonth = 10;

    /// <summary>Characters between the first and the last part of a day in words.</summary>
    private const int MostBetween = 16;

    /// <summary>A number of at most so many digits, also as an ordinal; 0 when it is none.</summary>
    private static int Number(string folded, Word word, int digits)
    {
        var text = folded.AsSpan(word.Start, word.Length);
        if (text is [.., 't', 'h'] or [.., 's', 't'] or [.., 'n', 'd'] or [.., 'r', 'd'])
        {
            text = text[..^2];
        }

        return text.Length <= digits && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }
}
