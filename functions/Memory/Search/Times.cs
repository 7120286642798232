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
        var word = words[at].Of(folded);
        if (word.IndexOf('h', StringComparison.Ordinal) is var mark and > 0)
        {
            return Of(word[..mark], mark == word.Length - 1 ? "00" : word[(mark + 1)..], "");
        }

        var next = at + 1 < words.Count && !words[at + 1].Unspaced ? words[at + 1].Of(folded) : "";
        var sign = next.Length > 0 && words[at + 1].Start == words[at].End + 1 ? folded[words[at].End] : '\0';
        if (sign is ':' or '.' && WithHalf(next) is var (minute, half))
        {
            half = half.Length > 0 ? half : HalfAt(folded, words, at + 2);
            return sign == ':' || half.Length > 0 ? Of(word, minute, half) : null;
        }

        return WithHalf(word) is var (hour, ofHour) && (ofHour.Length > 0 ? ofHour : HalfAt(folded, words, at + 1)) is { Length: > 0 } said
            ? Of(hour, "00", said)
            : null;
    }

    /// <summary>A number, and the half of the day that is written right behind it.</summary>
    private static (string Number, string Half)? WithHalf(string word) =>
        word.Length is 1 or 2 ? (word, "")
        : word is [_, _, 'm'] or [_, _, _, 'm'] && word[^2] is 'a' or 'p' ? (word[..^2], word[^2..])
        : null;

    /// <summary>The half of the day that is said, or "uhr".</summary>
    private static string HalfAt(string folded, List<Word> words, int at) =>
        at >= words.Count || words[at].Unspaced ? ""
        : words[at].Of(folded) is ("am" or "pm" or "uhr") and var said ? said
        : at + 1 < words.Count && words[at].Of(folded) is ("a" or "p") and var letter && words[at + 1].Of(folded) == "m" ? $"{letter}m"
        : "";

    private static (int Hour, int Minute)? Of(string hour, string minute, string half) =>
        hour.Length <= 2
        && minute.Length == 2
        && int.TryParse(hour, NumberStyles.None, CultureInfo.InvariantCulture, out var h)
        && int.TryParse(minute, NumberStyles.None, CultureInfo.InvariantCulture, out var m)
        && m < 60
        && (half is "am" or "pm" ? h is >= 1 and <= 12 : h < 24)
            ? (half is "am" or "pm" ? (h % 12) + (half == "pm" ? 12 : 0) : h, m)
            : null;
}
