using System.Buffers.Binary;

namespace McpGateway.Tools.Answers;

/// <summary>What the first bytes of a picture say: its format and its size in pixels. PNG, JPEG, GIF and WebP, which models take.</summary>
public sealed record Picture(string MediaType, int Width, int Height)
{
    /// <summary>The longest side that models take without scaling it down, or at all.</summary>
    public const int MostPixels = 2_000;

    /// <summary>The most bytes of one picture; in an answer it is a third more.</summary>
    public const int MostBytes = 2_000_000;

    /// <summary>Whether a model can be shown it.</summary>
    public bool CanBeShown(long bytes) => Width is > 0 and <= MostPixels && Height is > 0 and <= MostPixels && bytes <= MostBytes;

    /// <returns>Null when it is none of the four formats, or ends before its size.</returns>
    public static Picture? Read(ReadOnlySpan<byte> file) =>
        file is [0x89, (byte)'P', (byte)'N', (byte)'G', ..] && file.Length >= 24
            ? new("image/png", BinaryPrimitives.ReadInt32BigEndian(file[16..]), BinaryPrimitives.ReadInt32BigEndian(file[20..]))
        : file is [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] && file.Length >= 10
            ? new("image/gif", BinaryPrimitives.ReadUInt16LittleEndian(file[6..]), BinaryPrimitives.ReadUInt16LittleEndian(file[8..]))
        : file is [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] ? ReadWebP(file)
        : file is [0xFF, 0xD8, 0xFF, ..] ? ReadJpeg(file)
        : null;

    private static Picture? ReadWebP(ReadOnlySpan<byte> file)
    {
        if (file.Length < 30)
        {
            return null;
        }

        var data = file[20..];
        return file[12..16] switch
        {
            [(byte)'V', (byte)'P', (byte)'8', (byte)' '] => new(
                "image/webp",
                BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & 0x3FFF,
                BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & 0x3FFF
            ),
            // 14 bits each, less one, after the signature 0x2F.
            [(byte)'V', (byte)'P', (byte)'8', (byte)'L'] => new(
                "image/webp",
                (BinaryPrimitives.ReadInt32LittleEndian(data[1..]) & 0x3FFF) + 1,
                ((BinaryPrimitives.ReadInt32LittleEndian(data[1..]) >> 14) & 0x3FFF) + 1
            ),
            // 24 bits each, less one.
            [(byte)'V', (byte)'P', (byte)'8', (byte)'X'] => new(
                "image/webp",
                (data[4] | (data[5] << 8) | (data[6] << 16)) + 1,
                (data[7] | (data[8] << 8) | (data[9] << 16)) + 1
            ),
            _ => null,
        };
    }

    /// <summary>Goes from segment to segment up to the frame header, which tells the size.</summary>
    private static Picture? ReadJpeg(ReadOnlySpan<byte> file)
    {
        for (var at = 2; at + 9 <= file.Length; )
        {
            if (file[at] != 0xFF)
            {
                return null;
            }

            var marker = file[at + 1];
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return new(
                    "image/jpeg",
                    BinaryPrimitives.ReadUInt16BigEndian(file[(at + 7)..]),
                    BinaryPrimitives.ReadUInt16BigEndian(file[(at + 5)..])
                );
            }

            // Fill bytes, and markers without a segment.
            at +=
                marker is 0xFF ? 1
                : marker is 0x01 or (>= 0xD0 and <= 0xD8) ? 2
                : 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
        }

        return null;
    }
}
