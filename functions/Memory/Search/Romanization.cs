using System.Text;

namespace Memory.Search;

/// <summary>Cyrillic and Greek in Latin letters, roughly as people write names: Дмитрий is dmitrii, Γιώργος giorgos.</summary>
internal static class Romanization
{
    private const string Cyrillic =
        "а a б b в v г g д d е e ж zh з z и i к k л l м m н n о o п p р r с s "
        + "т t у u ф f х kh ц ts ч ch ш sh щ shch ъ _ ы y ь _ э e ю yu я ya і i є ye ј j љ lj њ nj ћ c ђ dj џ dz";

    private const string Greek = "α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s τ t υ y φ f χ ch ψ ps ω o";

    private static readonly Dictionary<char, string> Letters = $"{Cyrillic} {Greek}"
        .Split(' ')
        .Chunk(2)
        .ToDictionary(pair => pair[0][0], pair => pair[1] == "_" ? "" : pair[1]);

    /// <summary>Whether the first letter of a term is one of these alphabets, by the first byte of its UTF-8.</summary>
    public static bool Applies(byte first) => first is >= 0xCE and <= 0xD2;

    /// <summary>A folded word of one of these alphabets in Latin letters, or null.</summary>
    public static string? Of(string word)
    {
        var latin = new StringBuilder(word.Length + 4);
        foreach (var letter in word)
        {
            if (!Letters.TryGetValue(letter, out var plain))
            {
                return null;
            }

            latin.Append(plain);
        }

        return latin.Length == 0 ? null : latin.ToString();
    }

    /// <summary>What a folded word may be in Latin letters, each way exactly: folding takes ё for е, so елкин is elkin and yolkin.</summary>
    /// <param name="latin">What <see cref="Of"/> says of it.</param>
    public static IEnumerable<string> FormsOf(string word, string latin)
    {
        yield return latin;
        for (var i = word.IndexOf('е', StringComparison.Ordinal); i >= 0; i = word.IndexOf('е', i + 1))
        {
            yield return $"{Of(word[..i])}yo{Of(word[(i + 1)..])}";
        }
    }

    /// <summary>A name in Latin letters without what each writes otherwise who romanizes it: fyodor is fedor, alexey is aleksei.</summary>
    public static string Key(string latin) =>
        latin
            .Replace("yo", "e", StringComparison.Ordinal)
            .Replace("ye", "e", StringComparison.Ordinal)
            .Replace("jo", "e", StringComparison.Ordinal)
            .Replace("je", "e", StringComparison.Ordinal)
            .Replace("x", "ks", StringComparison.Ordinal)
            .Replace('y', 'i')
            .Replace('j', 'i');
}
