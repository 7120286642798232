using System.IO.Compression;

namespace McpGateway.Tools.Tokens;

/// <summary>
/// What o200k knows, in 40 kB instead of the 3 MB of its vocabulary: how many tokens a code point is alone, and how many tokens hold
/// two characters side by side. Made by a spec (TokenTableSpecs), which also compares it with the tokenizer.
/// </summary>
internal static class TokenTable
{
    /// <summary>Beyond these code points, which are rare, each counts as <see cref="Most"/>.</summary>
    public const int CodePoints = 0x20000;

    private const int Most = 4;

    private const int Ascii = 128;

    /// <summary>The tokens of a code point by itself, 1 to 4.</summary>
    public static int Alone(int codePoint) => codePoint < CodePoints ? Loaded.Table.Alone[codePoint] : Most;

    /// <summary>0 when no token holds the two side by side, else 1 and the binary logarithm of how many do; at most 15.</summary>
    public static int Pair(char first, char second) =>
        (first | second) < Ascii
            ? Loaded.AsciiPairs[(first * Ascii) + second]
            : Loaded.Table.Pairs.GetValueOrDefault(((uint)first << 16) | second);

    private static (byte[] Alone, Dictionary<uint, byte> Pairs) Read()
    {
        using var resource = typeof(TokenTable).Assembly.GetManifestResourceStream("o200k.br")!;
        using var reader = new BinaryReader(new BrotliStream(resource, CompressionMode.Decompress));
        var alone = reader.ReadBytes(CodePoints);
        var count = reader.ReadInt32();
        var pairs = new Dictionary<uint, byte>(count);
        // In their order, each as its distance to the one before.
        for (var (i, pair) = (0, 0L); i < count; i++)
        {
            pair += reader.Read7BitEncodedInt64();
            pairs.Add((uint)pair, reader.ReadByte());
        }

        return (alone, pairs);
    }

    /// <summary>Read at the first use. Most of most texts is ASCII, and each character of a long answer is looked up.</summary>
    private static class Loaded
    {
        public static readonly (byte[] Alone, Dictionary<uint, byte> Pairs) Table = Read();

        public static readonly byte[] AsciiPairs =
        [
            .. Enumerable
                .Range(0, Ascii * Ascii)
                .Select(pair => Table.Pairs.GetValueOrDefault(((uint)(pair / Ascii) << 16) | (uint)(pair % Ascii))),
        ];
    }
}
