using System.Buffers;

namespace Memory.Search;

/// <summary>
/// Finds the words of a Japanese question that are written in hiragana, すし in すしが好きな人, among what hiragana mostly is: particles, and the
/// endings of words whose stem is an ideograph.
/// </summary>
internal static class Hiragana
{
    /// <summary>What follows a word.</summary>
    private static readonly SearchValues<char> Particles = SearchValues.Create("がはをにでとものへやかねよなだ");

    /// <summary>What parts two words that are both in hiragana.</summary>
    private const string Between = "がはをにでとのな";

    /// <summary>Words and endings that ask, point or bind, the longest first.</summary>
    private static readonly string[] Binding =
    [
        .. """
            から まで より だけ しか ほど くらい ぐらい など って とか けど けれど ので のに では には にも でも のは のが のか かな よね だよ
            です でした だった だろう でしょう ます ました ません ましょう ない なかった なく たい たく たかった
            いる いた いて います いました ある あった あり あります ありました する した して します しました しよう しない
            なる なった なり なって なります できる できた できます れる られる られた くれる くれた ください もらう もらった
            こと もの ところ とき ため よう ほう はず わけ という といった について いう いった いって
            これ それ あれ どれ ここ そこ あそこ どこ この その あの どの こんな そんな どんな そう どう だれ いつ なに なん なぜ いくら いくつ どちら どっち
            わたし ぼく おれ あなた おしえて また まだ もう さん ちゃん くん たち
            """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).OrderByDescending(word => word.Length),
    ];

    /// <summary>The words of two letters or more in a run of ideographs and kana.</summary>
    public static List<Range> WordsOf(string run)
    {
        var words = new List<Range>();
        for (var start = 0; start < run.Length; )
        {
            if (!IsHiragana(run[start]))
            {
                start++;
                continue;
            }

            var end = start;
            while (end < run.Length && (IsHiragana(run[end]) || run[end] == 'ー'))
            {
                end++;
            }

            var last = LastOf(run, start, end);
            var first = start == 0 ? start : AfterParticle(run, start, last, isAfterKatakana: IsKatakana(run[start - 1]));
            Split(run, first, last, words);
            start = end;
        }

        return words;
    }

    /// <summary>Where a word may begin that follows another: behind the ending of that one and the particle after it.</summary>
    private static int AfterParticle(string run, int start, int end, bool isAfterKatakana)
    {
        var particle = run.AsSpan(start, end - start).IndexOfAny(Particles);
        if (particle < 0 || (isAfterKatakana && particle > 0))
        {
            return isAfterKatakana ? start : end;
        }

        var first = start + particle + 1;
        return first + 2 < end && run[first - 1] is 'に' or 'で' or 'と' or 'へ' && run[first] is 'は' or 'も' ? first + 1 : first;
    }

    /// <summary>Where the last word ends before particles and endings. No two of one letter follow one another, and と is rather that of ひと.</summary>
    private static int LastOf(string run, int first, int end)
    {
        for (var mayBeShort = true; end > first; )
        {
            if (Array.Find(Binding, word => run.AsSpan(first, end - first).EndsWith(word, StringComparison.Ordinal)) is { } binding)
            {
                end -= binding.Length;
                mayBeShort = true;
            }
            else if (mayBeShort && run[end - 1] != 'と' && Particles.Contains(run[end - 1]))
            {
                end--;
                mayBeShort = false;
            }
            else
            {
                break;
            }
        }

        return end;
    }

    private static void Split(string run, int first, int end, List<Range> words)
    {
        for (var at = first + 2; at + 2 < end; at++)
        {
            if (Between.Contains(run[at], StringComparison.Ordinal))
            {
                Split(run, first, LastOf(run, first, at), words);
                Split(run, at + 1, end, words);
                return;
            }
        }

        if (end - first >= 2)
        {
            words.Add(first..end);
        }
    }

    private static bool IsHiragana(char c) => c is >= '\u3041' and <= '\u309F';

    private static bool IsKatakana(char c) => c is >= '\u30A0' and <= '\u30FF';
}
