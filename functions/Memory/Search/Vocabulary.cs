using System.Text;
using Memory.Database;

namespace Memory.Search;

/// <summary>The terms of a namespace with their numbers; new ones are collected and written at the end of the transaction.</summary>
internal sealed class Vocabulary(Space space, Counters counters)
{
    private const int BlockSize = 16_384;
    private const byte Separator = (byte)'\n';

    private readonly List<string> added = [];

    /// <summary>The numbers of terms, which they get when they are new.</summary>
    /// <param name="isNew">Which of them are: nothing holds those yet.</param>
    public long[] IdsOf(string[] terms, out bool[] isNew)
    {
        var ids = new long[terms.Length];
        isNew = new bool[terms.Length];
        if (counters.Last("term") == 0)
        {
            // The first that is remembered here.
            Array.Fill(isNew, true);
        }
        else
        {
            Find(terms, ids, isNew);
        }

        for (var i = 0; i < terms.Length; i++)
        {
            if (isNew[i])
            {
                ids[i] = counters.Next("term");
                space.Run("INSERT INTO term (namespace, text, id) VALUES (?1, ?2, ?3)", terms[i], ids[i]);
                added.Add(terms[i]);
            }
        }

        return ids;
    }

    private void Find(string[] terms, long[] ids, bool[] isNew)
    {
        var at = 0;
        foreach (
            var rows in space.ReadEach(
                "SELECT id FROM term WHERE namespace = ?1 AND text = ?2",
                terms.Select(term => new object?[] { term })
            )
        )
        {
            isNew[at] = !rows.Read();
            ids[at] = isNew[at] ? 0 : rows.Number(0);
            at++;
        }
    }

    /// <summary>Writes the new terms into the last block and those after it.</summary>
    public void Flush()
    {
        if (added.Count == 0)
        {
            return;
        }

        var number = counters.Last("block");
        var block = new MemoryStream();
        block.Write(space.Scalar("SELECT terms FROM vocabulary WHERE namespace = ?1 AND block = ?2", number) as byte[] ?? [Separator]);
        foreach (var term in added)
        {
            if (block.Length >= BlockSize)
            {
                Write(number, block);
                number = counters.Next("block");
                block.SetLength(0);
                block.WriteByte(Separator);
            }

            block.Write(Encoding.UTF8.GetBytes(term));
            block.WriteByte(Separator);
        }

        Write(number, block);
        added.Clear();
    }

    private void Write(long number, MemoryStream block) =>
        space.Run(
            "INSERT INTO vocabulary (namespace, block, terms) VALUES (?1, ?2, ?3) "
                + "ON CONFLICT (namespace, block) DO UPDATE SET terms = excluded.terms",
            number,
            block.ToArray()
        );
}
