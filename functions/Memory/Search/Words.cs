using System.Globalization;
using System.Text;

namespace Memory.Search;

/// <summary>A piece of a folded text.</summary>
/// <param name="Unspaced">Whether it belongs to a script that does not part its words, and is read by pairs of characters.</param>
internal readonly record struct Word(int Start, int Length, bool Unspaced)
{
    public int End => Start + Length;

    public string Of(string text) => text.Substring(Start, Length);

    public ReadOnlySpan<char> In(string text) => text.AsSpan(Start, Length);
}

/// <summary>Splits folded texts into words, and words into the terms the index knows.</summary>
internal static class Words
{
    /// <summary>A word longer than this is known by overlapping windows: any <see cref="LongestPart"/> of its characters lie in one.</summary>
    public const int LongestTerm = 40;

    /// <summary>The most characters of a part of a word that are looked for in terms.</summary>
    public const int LongestPart = LongestTerm / 2;

    /// <summary>Fewer characters than this are no name or number of their own when they are put together, nor is a version of fewer digits.</summary>
    private const int ShortestConnected = 5;
    private const int ShortestVersion = 3;

    /// <summary>
    /// Telephone numbers have as many digits, and as many at their end tell them apart: +43 (0)664 123 45-67, 0043 664 1234567 and 0664 1234567
    /// are one.
    /// </summary>
    private const int ShortestTelephone = 9;
    private const int LongestTelephone = 15;
    private const int TelephoneEnd = 8;

    private enum Kind : byte
    {
        None,
        Letter,
        Unspaced,
    }

    private static readonly Kind[] Kinds = ReadKinds();

    /// <summary>The words of a folded text: letters, numbers and the marks upon them; each run of an unspaced script or of pictures is one.</summary>
    public static List<Word> Split(string folded)
    {
        var words = new List<Word>(folded.Length / 4);
        Split(folded, words);
        return words;
    }

    private static void Split(string folded, List<Word> words)
    {
        for (var i = 0; i < folded.Length; )
        {
            var kind = KindAt(folded, i, out var width);
            if (kind == Kind.None)
            {
                i += width;
                continue;
            }

            var start = i;
            do
            {
                i += width;
            } while (i < folded.Length && KindAt(folded, i, out width) == kind);
            words.Add(new(start, i - start, kind == Kind.Unspaced));
        }
    }

    /// <summary>
    /// The terms under which a word is indexed, told to <paramref name="tell"/> as pieces of the text: the word itself, or its
    /// characters and their pairs.
    /// </summary>
    public static void Terms<TState>(string folded, Word word, TState state, Action<TState, ReadOnlySpan<char>> tell)
    {
        if (word.Unspaced)
        {
            for (var i = word.Start; i < word.End; )
            {
                var width = WidthAt(folded, i);
                tell(state, folded.AsSpan(i, width));
                var next = i + width;
                if (next < word.End)
                {
                    tell(state, folded.AsSpan(i, width + WidthAt(folded, next)));
                }

                i = next;
            }
        }
        else if (word.Length <= LongestTerm)
        {
            tell(state, folded.AsSpan(word.Start, word.Length));
        }
        else
        {
            for (var i = word.Start; i < word.End - LongestPart; i += LongestPart)
            {
                tell(state, folded.AsSpan(i, Math.Min(LongestTerm, word.End - i)));
            }
        }
    }

    /// <summary>All terms under which a folded text is indexed: those of its words, and what its connected words are as one.</summary>
    /// <param name="words">Room for its words: what was there is gone.</param>
    public static void AllTerms<TState>(string folded, List<Word> words, TState state, Action<TState, ReadOnlySpan<char>> tell)
    {
        words.Clear();
        Split(folded, words);
        foreach (var word in words)
        {
            Terms(folded, word, state, tell);
        }

        Wider(folded, words, state, tell);
    }

    /// <summary>The terms that several words, or several characters, make up together.</summary>
    public static void Wider<TState>(string folded, List<Word> words, TState state, Action<TState, ReadOnlySpan<char>> tell)
    {
        Connected(folded, words, state, tell);
        Days.Tell(folded, words, state, tell);
        Times.Tell(folded, words, state, tell);
        Amounts.Tell(folded, words, state, tell);
        Composed.Tell(folded, state, tell);
    }

    /// <summary>
    /// Words that a sign connects, as one: harbour-lights, E_CONN_REFUSED, O'Dwyer; and the groups of a number, also where a space
    /// parts them: 1 250,50 or 138-0013-8000, v2.14.3. People write them as one word as well.
    /// </summary>
    private static void Connected<TState>(string folded, List<Word> words, TState state, Action<TState, ReadOnlySpan<char>> tell)
    {
        Span<char> room = stackalloc char[LongestTerm];
        for (var first = 0; first < words.Count; )
        {
            var isVersion = first + 1 < words.Count && IsVersion(folded, words[first], words[first + 1]);
            var isNumber = isVersion || IsNumber(folded, words[first]);
            // Without its letter, which not everybody writes.
            var joined = Append(room, 0, folded, isVersion ? new(words[first].Start + 1, words[first].Length - 1, false) : words[first]);
            var last = first;
            var groups = 1;
            while (last + 1 < words.Count)
            {
                var isSkipped = isNumber && IsTrunkPrefix(folded, words[last + 1]) && last + 2 < words.Count;
                var next = isSkipped ? last + 2 : last + 1;
                if (!(isSkipped ? IsNumber(folded, words[next]) : Connects(folded, words[last], words[next], isNumber)))
                {
                    break;
                }

                joined = Append(room, joined, folded, words[next]);
                last = next;
                groups++;
            }

            var shortest = isNumber && groups > 2 ? ShortestVersion : ShortestConnected;
            if (last > first && joined >= shortest && joined <= LongestTerm && !(isNumber && IsDate(words, first, last)))
            {
                tell(state, room[..joined]);
            }

            if (isNumber && joined is >= ShortestTelephone and <= LongestTelephone)
            {
                tell(state, room[(joined - TelephoneEnd)..joined]);
            }

            first = last + 1;
        }
    }

    /// <summary>Puts a word behind others, as far as there is room.</summary>
    /// <returns>The length of all, also where there is no room for it.</returns>
    private static int Append(Span<char> room, int length, string folded, Word word)
    {
        var sum = length + word.Length;
        if (sum <= room.Length)
        {
            folded.AsSpan(word.Start, word.Length).CopyTo(room[length..]);
        }

        return sum;
    }

    private static bool Connects(string folded, Word one, Word next, bool areNumbers) =>
        !one.Unspaced
        && !next.Unspaced
        && (
            areNumbers
                ? IsNumber(folded, next) && ConnectsGroups(folded, one, next)
                : next.Start == one.End + 1 && folded[one.End] is '-' or '\'' or '_'
        );

    /// <summary>Whether what stands between two groups of digits keeps them one number: a sign, also between spaces, or brackets around one of them.</summary>
    public static bool ConnectsGroups(string folded, Word one, Word next) =>
        folded.AsSpan(one.End, next.Start - one.End) switch
        {
            "-" or "'" or "." or "," or "/" or " " or " / " or " - " => true,
            " (" or "(" => IsBracketed(folded, next),
            ") " or ")" => IsBracketed(folded, one),
            _ => false,
        };

    private static bool IsBracketed(string folded, Word word) =>
        word.Start > 0 && folded[word.Start - 1] == '(' && word.End < folded.Length && folded[word.End] == ')';

    /// <summary>The (0) of +43 (0)664, which is dialled at home alone.</summary>
    private static bool IsTrunkPrefix(string folded, Word word) =>
        word.Length == 1 && folded[word.Start] == '0' && IsBracketed(folded, word);

    /// <summary>The v2 of v2.14.</summary>
    private static bool IsVersion(string folded, Word word, Word next) =>
        word.Length > 1
        && folded[word.Start] == 'v'
        && folded[word.End] == '.'
        && next.Start == word.End + 1
        && IsNumber(folded, next)
        && !folded.AsSpan(word.Start + 1, word.Length - 1).ContainsAnyExceptInRange('0', '9');

    public static bool IsNumber(string folded, Word word) => !folded.AsSpan(word.Start, word.Length).ContainsAnyExceptInRange('0', '9');

    /// <summary>2026-11-12 or 12.11.2026, whose parts are what is asked for.</summary>
    private static bool IsDate(List<Word> words, int first, int last) =>
        last - first == 2 && words[first].Length + words[first + 2].Length is >= 5 and <= 6 && words[first + 1].Length <= 2;

    /// <summary>The number of chars the character at a place takes.</summary>
    public static int WidthAt(string text, int at) => at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? 2 : 1;

    private static Kind KindAt(string text, int at, out int width)
    {
        var kind = Kinds[text[at]];
        // Halves of pairs are of no kind by themselves.
        width = kind == Kind.None ? WidthAt(text, at) : 1;
        return width == 1 ? kind : KindOf(new Rune(text[at], text[at + 1]));
    }

    private static Kind[] ReadKinds()
    {
        var kinds = new Kind[char.MaxValue + 1];
        for (var i = 0; i < kinds.Length; i++)
        {
            kinds[i] = char.IsSurrogate((char)i) ? Kind.None : KindOf(new Rune((char)i));
        }

        return kinds;
    }

    private static Kind KindOf(Rune rune) =>
        Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.OtherSymbol => Kind.Unspaced,
            UnicodeCategory.NonSpacingMark
            or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.EnclosingMark
            or UnicodeCategory.PrivateUse
            or UnicodeCategory.LetterNumber
            or UnicodeCategory.OtherNumber => IsUnspaced(rune.Value) ? Kind.Unspaced : Kind.Letter,
            _ when Rune.IsLetterOrDigit(rune) => IsUnspaced(rune.Value) ? Kind.Unspaced : Kind.Letter,
            _ => Kind.None,
        };

    /// <summary>Thai, Lao, Burmese, Khmer; kana, ideographs and Hangul.</summary>
    private static bool IsUnspaced(int code) =>
        code
            is (>= 0x0E00 and <= 0x0EFF)
                or (>= 0x1000 and <= 0x109F)
                or (>= 0x1780 and <= 0x17FF)
                or (>= 0x3005 and <= 0x3007)
                or (>= 0x3040 and <= 0x30FF)
                or (>= 0x3100 and <= 0x318F)
                or (>= 0x31F0 and <= 0x31FF)
                or (>= 0x3400 and <= 0x9FFF)
                or (>= 0xAC00 and <= 0xD7FF)
                or (>= 0xF900 and <= 0xFAFF)
                or (>= 0xFF66 and <= 0xFF9F)
                or (>= 0x20000 and <= 0x3FFFF);
}
