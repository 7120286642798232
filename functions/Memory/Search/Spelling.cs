using System.Numerics;
using System.Text;

namespace Memory.Search;

/// <summary>A word that may be misspelt: which terms differ from it by a letter or two.</summary>
internal sealed class Spelling(string word)
{
    private readonly int bytes = Encoding.UTF8.GetByteCount(word);
    private readonly bool isAscii = Ascii.IsValid(word);
    private readonly uint letters = LettersOf(Encoding.UTF8.GetBytes(word));

    /// <summary>How many letters may be wrong: none in short words, one, or two in long ones.</summary>
    private int Allowed { get; } =
        word.Length < 4 ? 0
        : word.Length < 7 ? 1
        : 2;

    /// <summary>A quick look at length and letters, which rules out nearly all.</summary>
    /// <param name="letters">What <see cref="LettersOf"/> says of the term.</param>
    public bool MayBe(int length, uint letters)
    {
        var wrong = Math.Max(Allowed, 1) * (isAscii ? 1 : 2);
        return Math.Abs(length - bytes) <= wrong && BitOperations.PopCount(letters ^ this.letters) <= 2 * wrong;
    }

    /// <summary>The letters of a term as bits, 0 when a digit is among them: numbers are not misspelt.</summary>
    public static uint LettersOf(ReadOnlySpan<byte> term)
    {
        var letters = 0u;
        foreach (var letter in term)
        {
            if (letter is >= (byte)'0' and <= (byte)'9')
            {
                return 0;
            }

            letters |= 1u << (letter & 31);
        }

        return letters;
    }

    /// <summary>
    /// Letters to insert, delete, replace or swap with their neighbour; -1 when that is too many. A doubled letter is no difference in
    /// a short word.
    /// </summary>
    public int DistanceTo(string term)
    {
        if (term == word)
        {
            return -1;
        }

        if (DifferInDoubles(word, term))
        {
            return 1;
        }

        var distance = Allowed == 0 || Math.Abs(term.Length - word.Length) > Allowed ? int.MaxValue : DistanceOf(word, term);
        return distance <= Allowed ? distance : -1;
    }

    private static bool DifferInDoubles(string a, string b)
    {
        int i = 0,
            j = 0;
        while (i < a.Length && j < b.Length && a[i] == b[j])
        {
            var letter = a[i];
            while (i < a.Length && a[i] == letter)
            {
                i++;
            }

            while (j < b.Length && b[j] == letter)
            {
                j++;
            }
        }

        return i == a.Length && j == b.Length;
    }

    /// <summary>Optimal string alignment.</summary>
    private static int DistanceOf(string a, string b)
    {
        Span<int> before = stackalloc int[b.Length + 1];
        Span<int> last = stackalloc int[b.Length + 1];
        Span<int> row = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(last[j], row[j - 1]) + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            var spare = before;
            before = last;
            last = row;
            row = spare;
        }

        return last[b.Length];
    }
}
