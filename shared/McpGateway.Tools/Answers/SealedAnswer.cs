using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using McpGateway.State;

namespace McpGateway.Tools.Answers;

/// <summary>
/// A long result as it is stored: compressed, and encrypted by a key that is derived from the id in its cursor and from its caller. Its name is derived
/// likewise, so that whoever has what is stored, and not the cursor, has nothing.
/// </summary>
internal static class SealedAnswer
{
    private const int KeyLength = 32;
    private const int TagLength = 16;
    private const int Chunk = 65_536;

    // One result does not take the room of all.
    private const long MostBytes = KeptAnswers.MostBytes / 4;

    // A key encrypts one text.
    private static readonly byte[] Nonce = new byte[12];

    // Where to read on is computed anew: another build may come to other places.
    private static readonly byte[] Build = typeof(SealedAnswer).Module.ModuleVersionId.ToByteArray();

    public static string NameOf(string id, string? caller) => Convert.ToHexStringLower(Derive(id, "name", caller));

    /// <returns>Null where it is too large to be shared.</returns>
    public static (string Name, byte[] Bytes)? Of(KeptAnswer answer, string? caller)
    {
        if (Packed(answer) is not { } packed)
        {
            return null;
        }

        var content = new byte[TagLength + packed.Length];
        using var cipher = new AesGcm(Derive(answer.Id, "key", caller), TagLength);
        cipher.Encrypt(Nonce, packed, content.AsSpan(TagLength), content.AsSpan(0, TagLength));
        return (NameOf(answer.Id, caller), content);
    }

    /// <returns>Null where another build has stored it, or it was changed since.</returns>
    public static KeptAnswer? Open(byte[] content, string id, string? caller)
    {
        var packed = new byte[content.Length - TagLength];
        try
        {
            using var cipher = new AesGcm(Derive(id, "key", caller), TagLength);
            cipher.Decrypt(Nonce, content.AsSpan(TagLength), content.AsSpan(0, TagLength), packed);
        }
        catch (CryptographicException)
        {
            return null;
        }

        using var reader = new BinaryReader(new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress));
        if (!reader.ReadBytes(Build.Length).AsSpan().SequenceEqual(Build))
        {
            return null;
        }

        var tool = reader.ReadString();
        var isJson = reader.ReadBoolean();
        var (first, further) = (reader.ReadInt32(), reader.ReadInt32());
        using var text = new StreamReader(reader.BaseStream, Encoding.UTF8);
        return new(text.ReadToEnd(), isJson, id, further) { Tool = tool, FirstTokens = first };
    }

    private static byte[]? Packed(KeptAnswer answer)
    {
        using var packed = new MemoryStream();
        using (var writer = new BinaryWriter(new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true)))
        {
            writer.Write(Build);
            writer.Write(answer.Tool);
            writer.Write(answer.IsJson);
            writer.Write(answer.FirstTokens);
            writer.Write(answer.Tokens);
            using var text = new StreamWriter(writer.BaseStream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            for (var at = 0; at < answer.Text.Length && packed.Length <= MostBytes; at += Chunk)
            {
                text.Write(answer.Text.AsSpan(at, Math.Min(Chunk, answer.Text.Length - at)));
            }
        }

        return packed.Length <= MostBytes ? packed.ToArray() : null;
    }

    private static byte[] Derive(string id, string purpose, string? caller) =>
        HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            Convert.FromHexString(id),
            KeyLength,
            salt: null,
            Encoding.UTF8.GetBytes($"mcp-gateway answer {purpose} {caller}")
        );
}
