using System.Globalization;

namespace McpGateway.Tools.Tokens;

/// <summary>
/// Estimates, in one pass and on the high side, how many tokens of o200k a text has: what each character costs alone, less what it
/// shares with the one before it where tokens of the vocabulary hold the two side by side. docs/decisions/0019-long-answers.md
/// </summary>
public struct TokenCounter
{
    // How likely a new token begins between two characters, in 64ths, by the logarithm of how many tokens hold them side by side.
    private static readonly byte[] BetweenAsciiLetters = [64, 62, 55, 55, 55, 52, 51, 36, 33, 18, 16, 15, 4, 2, 1, 1];
    private static readonly byte[] BetweenLetters = [64, 64, 64, 52, 28, 27, 27, 25, 5, 4, 3, 2, 1, 1, 1, 1];
    private static readonly byte[] BeforeLetter = [64, 30, 24, 20, 16, 12, 10, 8, 6, 5, 4, 4, 4, 4, 4, 4];
    private static readonly byte[] BetweenSigns = [64, 59, 51, 20, 18, 18, 16, 8, 6, 5, 4, 3, 2, 2, 2, 2];

    private const int RepeatedLetter = 40;

    private long sum;
    private char before;
    private int run;
    private int pairBefore;
    private int signs;

    /// <summary>The tokens of what has been added.</summary>
    public readonly int Tokens => (int)Math.Min(int.MaxValue, (sum + (sum / 32) + 63) / 64);

    public static int Count(ReadOnlySpan<char> text)
    {
        var counter = new TokenCounter();
        counter.Add(text);
        return counter.Tokens;
    }

    public void Add(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; )
        {
            i += AddCharacter(text, i);
        }
    }

    /// <summary>Adds the longest beginning of a text with which there are no more than so many tokens.</summary>
    /// <returns>How many UTF-16 units were added.</returns>
    public int AddUpTo(ReadOnlySpan<char> text, int tokens)
    {
        var most = MostIn(tokens);
        for (var i = 0; i < text.Length; )
        {
            var earlier = this;
            var length = AddCharacter(text, i);
            if (sum > most)
            {
                this = earlier;
                return i;
            }

            i += length;
        }

        return text.Length;
    }

    /// <summary>The largest sum that makes no more than so many <see cref="Tokens"/>.</summary>
    private static long MostIn(int tokens)
    {
        var most = (64L * tokens * 32 / 33) + 1;
        while ((most + (most / 32) + 63) / 64 > tokens)
        {
            most--;
        }

        return most;
    }

    private int AddCharacter(ReadOnlySpan<char> text, int at)
    {
        var c = text[at];
        var length = 1;
        if (char.IsHighSurrogate(c) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
        {
            sum += 64 * TokenTable.Alone(char.ConvertToUtf32(c, text[at + 1]));
            length = 2;
            run = 0;
            signs++;
            pairBefore = 15;
        }
        else
        {
            sum += CostOf(c);
        }

        before = c;
        return length;
    }

    private int CostOf(char c)
    {
        if (char.IsAsciiDigit(c))
        {
            // Digits go by threes.
            run = char.IsAsciiDigit(before) ? run + 1 : 0;
            signs = 0;
            pairBefore = 15;
            return run % 3 == 0 ? 64 : 0;
        }

        var alone = 64 * TokenTable.Alone(c);
        var pair = TokenTable.Pair(before, c);
        if (char.IsWhiteSpace(c))
        {
            // A run is a few long tokens, of which the last blank belongs to the word after it.
            run = c == before ? run + 1 : 0;
            signs = c is '\n' or '\r' ? 0 : 1;
            pairBefore = 15;
            return run switch
            {
                0 => pair > 0 && (!char.IsWhiteSpace(before) || c == '\n') ? 0 : alone,
                1 => 64,
                _ => 5,
            };
        }

        run = c == before ? run + 1 : 0;
        var isLetter = IsLetter(c);
        var afterLetter = IsLetter(before);
        // Of several signs none goes with the word after them; one does, as a blank or a bracket.
        var joins = afterLetter ? isLetter : !isLetter || signs <= 1;
        signs = isLetter ? 0 : signs + 1;
        if (pair == 0 || !joins)
        {
            pairBefore = 15;
            return alone;
        }

        if (!afterLetter || !isLetter)
        {
            pairBefore = 15;
            return char.IsWhiteSpace(before) && isLetter ? 0 : alone * (isLetter ? BeforeLetter : BetweenSigns)[pair] / 64;
        }

        var rarer = Math.Min(pairBefore, pair);
        pairBefore = pair;
        var cost = alone * (c < 128 ? BetweenAsciiLetters : BetweenLetters)[rarer] / 64;
        // Words have a letter twice; three of it in a row are not what the tokens are made of that hold two.
        return run < 2 ? cost : Math.Max(cost, alone * RepeatedLetter / 64);
    }

    private static bool IsLetter(char c) =>
        c < 128
            ? char.IsAsciiLetter(c)
            : char.GetUnicodeCategory(c)
                is <= UnicodeCategory.OtherLetter
                    or UnicodeCategory.NonSpacingMark
                    or UnicodeCategory.SpacingCombiningMark;
}
