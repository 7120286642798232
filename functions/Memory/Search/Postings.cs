using System.Buffers;

namespace Memory.Search;

/// <summary>Where in an entity a term stands; the weightiest place counts.</summary>
internal enum Field : byte
{
    Relation,
    Observation,
    Type,
    Name,
}

/// <summary>
/// The entities that hold a term, as bytes: for each the distance from the one before, times four, plus its field, in groups
/// of seven bits. A chunk holds 4,096 neighbouring entities.
/// </summary>
internal static class Postings
{
    private const int ChunkBits = 12;
    private const int FieldBits = 2;

    public const int ChunkSize = 1 << ChunkBits;

    public static long ChunkOf(long entity) => entity >> ChunkBits;

    public static int SlotOf(long entity) => (int)(entity & (ChunkSize - 1));

    public static long EntityOf(long chunk, int slot) => (chunk << ChunkBits) | (uint)slot;

    /// <summary>
    /// What a term has in place of a number while only one entity holds it: that entity and where. Most terms never have another, and need
    /// no postings.
    /// </summary>
    public static long Single(long entity, Field field) => ~((entity << FieldBits) | (long)field);

    /// <summary>The only entity that holds a term; null where the number is that of its postings.</summary>
    public static (long Entity, Field Field)? SingleOf(long id) =>
        id < 0 ? (~id >> FieldBits, (Field)(~id & ((1 << FieldBits) - 1))) : null;

    /// <summary>Reads the next entity of a chunk.</summary>
    /// <param name="slot">The last entity's place in the chunk, -1 before the first; then this one's.</param>
    public static bool Next(ref ReadOnlySpan<byte> bytes, ref int slot, out Field field)
    {
        if (bytes.IsEmpty)
        {
            field = default;
            return false;
        }

        int value = 0,
            shift = 0,
            at = 0;
        byte group;
        do
        {
            group = bytes[at++];
            value |= (group & 0x7F) << shift;
            shift += 7;
        } while (group >= 0x80);
        bytes = bytes[at..];
        slot += value >> FieldBits;
        field = (Field)(value & ((1 << FieldBits) - 1));
        return true;
    }

    /// <summary>Writes an entity after the last one.</summary>
    public static void Write(ArrayBufferWriter<byte> bytes, int last, int slot, Field field)
    {
        var value = ((slot - last) << FieldBits) | (int)field;
        var span = bytes.GetSpan(3);
        var length = 0;
        while (value >= 0x80)
        {
            span[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[length++] = (byte)value;
        bytes.Advance(length);
    }
}
