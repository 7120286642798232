using System.Buffers;

namespace Memory.Storage;

/// <summary>
/// The folded texts of 64 neighbouring entities in one blob, so that a substring is sought in a few hundred large pieces
/// of memory and not in a hundred thousand rows: docs/decisions/0010-memory-search.md. Each text is preceded by a header
/// of bytes that occur nowhere in UTF-8, hence in no query.
/// </summary>
internal sealed class FoldedBucket(long key, byte[] stored)
{
    private const byte HeaderStart = 0xFF;
    private const byte Zero = 0xF5; // the digits 0 to 9 as 0xF5 to 0xFE
    private const int Digits = 5;
    private const int HeaderLength = 1 + Digits;
    private const int PlaceBits = 8;
    private const int EntityBits = 6;

    private readonly ArrayBufferWriter<byte> added = new(256);
    private byte[] stored = stored;

    public bool IsEmpty => stored.Length == 0 && added.WrittenCount == 0;

    /// <summary>The bucket a text belongs to: 64 entities, and 256 texts of each, so that a large entity stays cheap to change.</summary>
    public static long KeyOf(long id) => (TextId.EntityOf(id) >> EntityBits << (20 - PlaceBits)) | (uint)(TextId.PlaceOf(id) >> PlaceBits);

    public void Add(long id, ReadOnlySpan<byte> folded)
    {
        var header = added.GetSpan(HeaderLength);
        header[0] = HeaderStart;
        var slot = SlotOf(id);
        for (var i = Digits; i > 0; i--)
        {
            header[i] = (byte)(Zero + (slot % 10));
            slot /= 10;
        }

        added.Advance(HeaderLength);
        added.Write(folded);
    }

    public void Remove(IReadOnlySet<long> ids)
    {
        var kept = new ArrayBufferWriter<byte>();
        ReadOnlySpan<byte> all = ToArray();
        for (var start = 0; start < all.Length; )
        {
            var end = NextHeader(all, start + HeaderLength);
            if (!ids.Contains(IdAt(all[start..])))
            {
                kept.Write(all[start..end]);
            }

            start = end;
        }

        stored = kept.WrittenSpan.ToArray();
        added.ResetWrittenCount();
    }

    public byte[] ToArray() => [.. stored, .. added.WrittenSpan];

    /// <summary>Finds every text of a bucket that holds <paramref name="pattern"/>.</summary>
    public static void Find(long key, ReadOnlySpan<byte> texts, ReadOnlySpan<byte> pattern, Action<FoldedHit> found)
    {
        var bucket = new FoldedBucket(key, []);
        for (var from = 0; from < texts.Length; )
        {
            var match = texts[from..].IndexOf(pattern);
            if (match < 0)
            {
                return;
            }

            var start = texts[..(from + match + 1)].LastIndexOf(HeaderStart);
            from = NextHeader(texts, from + match + pattern.Length);
            var text = texts[(start + HeaderLength)..from];
            found(new FoldedHit(bucket.IdAt(texts[start..]), IsWhole: text.Length == pattern.Length, IsStart: text.StartsWith(pattern)));
        }
    }

    private static int NextHeader(ReadOnlySpan<byte> texts, int from)
    {
        var next = texts[from..].IndexOf(HeaderStart);
        return next < 0 ? texts.Length : from + next;
    }

    private static int SlotOf(long id) =>
        (int)((TextId.EntityOf(id) & ((1 << EntityBits) - 1)) << PlaceBits) | (TextId.PlaceOf(id) & ((1 << PlaceBits) - 1));

    private long IdAt(ReadOnlySpan<byte> text)
    {
        var slot = 0;
        foreach (var digit in text[1..HeaderLength])
        {
            slot = (slot * 10) + digit - Zero;
        }

        var entity = (key >> (20 - PlaceBits) << EntityBits) | (uint)(slot >> PlaceBits);
        var place = ((int)(key & ((1 << (20 - PlaceBits)) - 1)) << PlaceBits) | (slot & ((1 << PlaceBits) - 1));
        return TextId.Of(entity, place);
    }
}

/// <summary>A text that holds the pattern, at its start, or as a whole.</summary>
internal readonly record struct FoldedHit(long Id, bool IsWhole, bool IsStart);
