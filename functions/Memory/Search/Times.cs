using System.Globalization;

namespace Memory.Search;

/// <summary>Finds the times of the day that a text names: 7:30, 07:30, 7.30 Uhr, 18h45, 3 pm. Each is a term of its own, as 07h30.</summary>
internal static class Times
{
    /// <summary>The letters of the longest word that a time begins with, which is the term itself.</summary>
    private const int Longest = 5;

    /// <summary>Tells the times of a folded text.</summary>
    public static void Tell<TState>(string folded, List<Word> words, TState state, Action<TState, ReadOnlySpan<char>> tell)
    {
        if (!folded.AsSpan().ContainsAnyInRange('0', '9'))
        {
            return;
        }

        Span<char> term = stackalloc char[Longest];
        for (var i = 0; i < words.Count; i++)
        {
            if (
                words[i] is { Unspaced: false, Length: <= Longest }
                && char.IsAsciiDigit(folded[words[i].Start])
                && Read(folded, words, i) is var (hour, minute)
            )
            {
                term.TryWrite(CultureInfo.InvariantCulture, $"{hour:00}h{minute:00}", out _);
                tell(state, term);
            }
        }
    }

    public static bool IsTerm(string term) =>
        term is [_, _, 'h', _, _]
        && char.IsAsciiDigit(term[0])
        && char.IsAsciiDigit(term[1])
        && char.IsAsciiDigit(term[3])
        && char.IsAsciiDigit(term[4]);

    private static (int Hour, int Minute)? Read(string folded, List<Word> words, int at)
    {
        var word = words[at].In(folded);
        if (word.IndexOf('h') is var mark and > 0)
        {
            return Of(word[..mark], mark == word.Length - 1 ? "00" : word[(mark + 1)..], "");
        }

        var next = at + 1 < words.Count && !words[at + 1].Unspaced ? words[at + 1].In(folded) : "";
        var sign = next.Length > 0 && words[at + 1].Start == words[at].End + 1 ? folded[words[at].End] : '\0';
        if (sign is ':' or '.' && IsNumber(next, out var minute, out var half))
        {
            half = half.Length > 0 ? half : HalfAt(folded, words, at + 2);
            return sign == ':' || half.Length > 0 ? Of(word, minute, half) : null;
        }

        return
            IsNumber(word, out var hour, out var ofHour)
            && (ofHour.Length > 0 ? ofHour : HalfAt(folded, words, at + 1)) is { Length: > 0 } said
            ? Of(hour, "00", said)
            : null;
    }

    /// <summary>Whether a word may be a number, and the half of the day that is written right behind it.</summary>
    private static bool IsNumber(ReadOnlySpan<char> word, out ReadOnlySpan<char> number, out ReadOnlySpan<char> half)
    {
        var isWithHalf = word is [_, _, 'm'] or [_, _, _, 'm'] && word[^2] is 'a' or 'p';
        number = isWithHalf ? word[..^2] : word;
        half = isWithHalf ? word[^2..] : "";
        return isWithHalf || word.Length is 1 or 2;
    }

    /// <summary>The half of the day that is said, or "uhr".</summary>
    private static ReadOnlySpan<char> HalfAt(string folded, List<Word> words, int at)
    {
        if (at >= words.Count || words[at].Unspaced)
        {
            return "";
        }

        var said = words[at].In(folded);
        return said is "am" or "pm" or "uhr" ? said
            : said is not ("a" or "p") || at + 1 == words.Count || words[at + 1].In(folded) is not "m" ? ""
            : said is "a" ? "am"
            : "pm";
    }

    private static (int Hour, int Minute)? Of(ReadOnlySpan<char> hour, ReadOnlySpan<char> minute, ReadOnlySpan<char> half) =>
        hour.Length <= 2
        && minute.Length == 2
        && int.TryParse(hour, NumberStyles.None, CultureInfo.InvariantCulture, out var h)
        && int.TryParse(minute, NumberStyles.None, CultureInfo.InvariantCulture, out var m)
        && m < 60
        && (half is "am" or "pm" ? h is >= 1 and <= 12 : h < 24)
            ? (half is "am" or "pm" ? (h % 12) + (half is "pm" ? 12 : 0) : h, m)
            : null;
}
