namespace Memory.Search;

/// <summary>Hiragana and katakana of the same sounds, of which people write now the one and now the other: すし is スシ.</summary>
internal static class Kana
{
    private const int Between = 'ァ' - 'ぁ';

    /// <summary>A text of one of the two in the other; null where it is of both, or holds something else.</summary>
    public static string? InOther(string text) =>
        text.AsSpan().Trim('ー').IsEmpty ? null
        : text.All(c => c is 'ー' || IsHiragana(c)) ? Moved(text, Between)
        : text.All(c => c is 'ー' || IsHiragana((char)(c - Between))) ? Moved(text, -Between)
        : null;

    private static string Moved(string text, int by) =>
        string.Create(
            text.Length,
            (text, by),
            static (moved, from) =>
            {
                for (var i = 0; i < moved.Length; i++)
                {
                    moved[i] = from.text[i] is 'ー' ? 'ー' : (char)(from.text[i] + from.by);
                }
            }
        );

    /// <summary>Letters and marks of repetition that katakana has in the same order.</summary>
    private static bool IsHiragana(char c) => c is (>= 'ぁ' and <= 'ゖ') or 'ゝ' or 'ゞ';
}
