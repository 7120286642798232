using System.Buffers;
using System.Text;

namespace Memory.Search;

/// <summary>
/// Kana whose mark is a character of its own, as in half width, and syllables of Hangul in pieces, put together as most texts have them. A text has
/// these as further terms, and a question is understood by them; folding keeps the pieces apart, since a question may hold one of them alone.
/// </summary>
internal static class Composed
{
    private const char FirstSyllable = '\uAC00';
    private const int Vowels = 21;
    private const int Endings = 28;

    private const char VoicedMark = '\u3099';
    private const char HalfVoicedMark = '\u309A';

    /// <summary>Kana that a mark makes voiced, which come before their voiced form; those of the last line have a half voiced one as well.</summary>
    private const string Voiceable = "かきくけこさしすせそたちつてとカキクケコサシスセソタチツテト" + HalfVoiceable;
    private const string HalfVoiceable = "はひふへほハヒフヘホ";

    private static readonly SearchValues<char> Pieces = SearchValues.Create([
        VoicedMark,
        HalfVoicedMark,
        .. Enumerable.Range('\u1161', '\u11C2' - '\u1161' + 1).Select(piece => (char)piece),
    ]);

    /// <summary>Tells the terms of a folded text that it has when it is put together; none where nothing is in pieces.</summary>
    public static void Tell<TState>(string folded, TState state, Action<TState, ReadOnlySpan<char>> tell)
    {
        if (Of(folded) is var composed && composed == folded)
        {
            return;
        }

        foreach (var word in Words.Split(composed))
        {
            Words.Terms(composed, word, state, tell);
        }
    }

    /// <summary>A folded text put together; itself where nothing is in pieces.</summary>
    public static string Of(string folded)
    {
        if (!folded.AsSpan().ContainsAny(Pieces))
        {
            return folded;
        }

        var result = new StringBuilder(folded.Length);
        foreach (var character in folded)
        {
            if (result.Length > 0 && Together(result[^1], character) is { } one)
            {
                result[^1] = one;
            }
            else
            {
                result.Append(character);
            }
        }

        return result.ToString();
    }

    /// <summary>What a character and the next are together; null where they are two.</summary>
    private static char? Together(char one, char next) =>
        next switch
        {
            >= '\u1161' and <= '\u1175' when one is >= '\u1100' and <= '\u1112' => (char)(
                FirstSyllable + ((((one - '\u1100') * Vowels) + next - '\u1161') * Endings)
            ),
            >= '\u11A8' and <= '\u11C2' when one is >= FirstSyllable and <= '\uD7A3' && (one - FirstSyllable) % Endings == 0 => (char)(
                one + next - '\u11A7'
            ),
            VoicedMark when Voiceable.Contains(one, StringComparison.Ordinal) => (char)(one + 1),
            VoicedMark when one is 'う' or 'ウ' => one == 'う' ? 'ゔ' : 'ヴ',
            HalfVoicedMark when HalfVoiceable.Contains(one, StringComparison.Ordinal) => (char)(one + 2),
            _ => null,
        };
}
