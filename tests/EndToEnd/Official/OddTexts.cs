namespace EndToEnd.Official;

/// <summary>Texts of what case, accents, scripts, JSON and query languages trip over: the same ones in each run.</summary>
internal sealed class OddTexts(int seed)
{
    private static readonly string[] Pieces =
    [
        "a",
        "B",
        "é",
        "É",
        "e\u0301",
        "ß",
        "ẞ",
        "İ",
        "i\u0307",
        "ı",
        "I",
        "Σ",
        "σ",
        "ς",
        "智",
        "能",
        "👩",
        "👍🏽",
        "\u200d",
        "\u00ad",
        "ﬁ",
        "Ǆ",
        "ǅ",
        "K",
        "Å",
        "Ⅷ",
        "ⅷ",
        "𐐀",
        "𐐨",
        "ᾳ",
        "ᾼ",
        "%",
        "_",
        "*",
        "\"",
        "'",
        "\\",
        "\n",
        "\t",
        " ",
        "-",
        ".",
        "AND",
        "NOT",
        "NEAR(",
        ")",
        "^",
        ":",
        "{",
        "\u0001",
        "\u001f",
        "\u007f",
        "\u2028",
        "\ufeff",
        "\u0300",
        "\u20d0",
        "Tea",
        "coffee",
        "123",
        "３",
        "ø",
        "Ł",
        "Й",
        "й",
        "א",
        "ब",
        "क",
        "ि",
        "한",
        "가",
        "\ufffd",
        "\ue000",
        "\uffff",
    ];

    private readonly Random random = new(seed);

    public int Next(int most) => random.Next(most);

    public string Text(int most) =>
        string.Concat(Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => Pieces[random.Next(Pieces.Length)]));

    /// <summary>Part of a text that is there, in another case now and then, or something else.</summary>
    public string Query(List<string> texts)
    {
        var runes = texts[random.Next(texts.Count)]
            .EnumerateRunes()
            .Skip(random.Next(3))
            .Take(random.Next(1, 6))
            .Select(rune => rune.ToString());
        var part = string.Concat(runes);
        return random.Next(4) switch
        {
            0 => part.ToUpperInvariant(),
            1 => part.ToLowerInvariant(),
            2 => Text(2),
            _ => part,
        };
    }
}
