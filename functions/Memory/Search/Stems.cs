namespace Memory.Search;

/// <summary>Brings forms of one word together, roughly: endings of English and German, the Arabic article, doubled letters.</summary>
internal static class Stems
{
    private const int ShortestStem = 4;

    private static readonly string[] Endings =
    [
        "ments",
        "ment",
        "ings",
        "ing",
        "ungen",
        "ung",
        "erin",
        "edly",
        "ied",
        "ies",
        "ern",
        "est",
        "ed",
        "es",
        "en",
        "em",
        "er",
        "ie",
        "in",
        "ly",
        "s",
        "e",
        "n",
        "y",
    ];

    private static readonly string[] Articles = ["وال", "بال", "كال", "فال", "لل", "ال"];

    /// <summary>An Arabic word with the articles and little words that are written with it, and without them; none of other scripts.</summary>
    public static IEnumerable<string> WithArticles(string word)
    {
        if (word.Length < 3 || word[0] is not (>= '\u0600' and <= '\u06FF'))
        {
            return [];
        }

        var plain = WithoutArticle(word);
        return [plain, .. Articles.Select(article => article + plain)];
    }

    public static string Of(string word)
    {
        if (word.Length > 0 && word[0] is >= '\u0600' and <= '\u06FF')
        {
            return OfArabic(word);
        }

        foreach (var ending in Endings)
        {
            if (
                word.Length - ending.Length >= (ending.Length == 1 ? ShortestStem - 1 : ShortestStem)
                && word.EndsWith(ending, StringComparison.Ordinal)
            )
            {
                word = word[..^ending.Length];
                break;
            }
        }

        return word.Length > 3 && word[^1] == word[^2] ? word[..^1] : word;
    }

    private static string WithoutArticle(string word) =>
        Articles.FirstOrDefault(article => word.Length - article.Length >= 3 && word.StartsWith(article, StringComparison.Ordinal))
            is { } found
            ? word[found.Length..]
            : word;

    private static string OfArabic(string word)
    {
        word = WithoutArticle(word);
        return word.Length > 3 && word[^1] is 'ه' or 'ي' ? word[..^1] : word;
    }
}
