using System.Buffers;
using System.Text;
using Memory.Database;

namespace Memory.Search;

/// <summary>The terms of a namespace with their numbers; new ones are collected and written at the end of the transaction.</summary>
internal sealed class Vocabulary(Space space, Counters counters)
{
    private const int BlockSize = 16_384;
    private const byte Separator = (byte)'\n';

    private static readonly Insertion Terms = new("INSERT INTO term (namespace, text, id)", columns: 2);

    private readonly WaitingRows rows = new(space, Terms);
    private readonly List<string> added = [];

    /// <summary>Whether nothing is remembered here yet.</summary>
    public bool IsEmpty => counters.Last("term") == 0;

    /// <summary>The numbers of terms as they are stored, 0 for those that are new.</summary>
    public long[] Find(string[] terms)
    {
        var ids = new long[terms.Length];
        var at = 0;
        foreach (
            var rows in space.ReadEach(
                "SELECT id FROM term WHERE namespace = ?1 AND text = ?2",
                terms.Select(term => new object?[] { term })
            )
        )
        {
            ids[at++] = rows.Read() ? rows.Number(0) : 0;
        }

        return ids;
    }

    /// <summary>A number that no term has had.</summary>
    public long NextId() => counters.Next("term");

    /// <summary>Stores a new term, at the latest with <see cref="Flush"/>.</summary>
    public void Add(string term, long id)
    {
        rows.Add(term, id);
        added.Add(term);
    }

    /// <summary>Gives a term another number.</summary>
    public void Change(string term, long id) => space.Run("UPDATE term SET id = ?3 WHERE namespace = ?1 AND text = ?2", term, id);

    /// <summary>Writes the new terms into the last block and those after it.</summary>
    public void Flush()
    {
        if (added.Count == 0)
        {
            return;
        }

        rows.Flush();
        var number = counters.Last("block");
        var block = new ArrayBufferWriter<byte>();
        block.Write(space.Scalar("SELECT terms FROM vocabulary WHERE namespace = ?1 AND block = ?2", number) as byte[] ?? [Separator]);
        foreach (var term in added)
        {
            if (block.WrittenCount >= BlockSize)
            {
                Write(number, block);
                number = counters.Next("block");
                block.ResetWrittenCount();
                block.Write([Separator]);
            }

            Encoding.UTF8.GetBytes(term, block);
            block.Write([Separator]);
        }

        Write(number, block);
        added.Clear();
    }

    private void Write(long number, ArrayBufferWriter<byte> block) =>
        space.Run(
            "INSERT INTO vocabulary (namespace, block, terms) VALUES (?1, ?2, ?3) "
                + "ON CONFLICT (namespace, block) DO UPDATE SET terms = excluded.terms",
            number,
            block.WrittenSpan.ToArray()
        );
}
