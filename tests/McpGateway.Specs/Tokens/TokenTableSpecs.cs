using System.IO.Compression;
using McpGateway.Tools.Tokens;
using Microsoft.ML.Tokenizers;

namespace McpGateway.Specs.Tokens;

/// <summary>The table that estimates are made with says what the vocabulary of o200k says.</summary>
public sealed class TokenTableSpecs
{
    private static readonly TiktokenTokenizer Tokenizer = TiktokenTokenizer.CreateForEncoding("o200k_base");

    /// <summary>With TOKEN_TABLE naming a file, the table is written there: shared/McpGateway.Tools/Tokens/o200k.br.</summary>
    [Fact]
    public void The_table_is_the_one_the_tokenizers_vocabulary_makes()
    {
        var (alone, pairs) = (Alone(), Pairs());
        if (Environment.GetEnvironmentVariable("TOKEN_TABLE") is { Length: > 0 } file)
        {
            Write(file, alone, pairs);
        }

        Assert.All(Enumerable.Range(0, alone.Length), codePoint => Assert.Equal(alone[codePoint], TokenTable.Alone(codePoint)));
        Assert.All(pairs, pair => Assert.Equal(pair.Value, TokenTable.Pair((char)(pair.Key >> 16), (char)pair.Key)));
        Assert.Equal(0, TokenTable.Pair('q', 'ж'));
        Assert.Equal(4, TokenTable.Alone(0x2F800));
    }

    private static byte[] Alone() =>
        [
            .. Enumerable
                .Range(0, TokenTable.CodePoints)
                .Select(c => c is >= 0xD800 and < 0xE000 ? (byte)4 : (byte)Tokenizer.CountTokens(char.ConvertFromUtf32(c))),
        ];

    private static SortedDictionary<uint, byte> Pairs()
    {
        var counts = new Dictionary<uint, int>();
        for (var id = 0; id < 199_998; id++)
        {
            // Some tokens are parts of characters.
            if (Tokenizer.Decode([id]) is not { } text || text.Contains('\uFFFD', StringComparison.Ordinal))
            {
                continue;
            }

            foreach (var pair in text.Zip(text.Skip(1), (a, b) => ((uint)a << 16) | b).Distinct())
            {
                counts[pair] = counts.GetValueOrDefault(pair) + 1;
            }
        }

        return new(counts.ToDictionary(count => count.Key, count => (byte)Math.Min(15, 1 + (int)Math.Log2(count.Value))));
    }

    private static void Write(string file, byte[] alone, SortedDictionary<uint, byte> pairs)
    {
        using var writer = new BinaryWriter(new BrotliStream(File.Create(file), CompressionLevel.SmallestSize));
        writer.Write(alone);
        writer.Write(pairs.Count);
        var before = 0u;
        foreach (var (pair, level) in pairs)
        {
            writer.Write7BitEncodedInt64(pair - before);
            writer.Write(level);
            before = pair;
        }
    }
}
