namespace Memory.Storage;

/// <summary>Finds names that were probably meant: those that share trigrams with the query and differ in a letter or two.</summary>
internal sealed class SimilarNames(Session session)
{
    private const int MostCandidates = 200;
    private const int LongestQuery = 64;

    public IEnumerable<(long Id, double Score)> Find(string query)
    {
        var folded = System.Text.Encoding.UTF8.GetString(Folding.Fold(query.Trim()));
        if (folded.Length is < 4 or > LongestQuery)
        {
            return [];
        }

        var allowed = folded.Length < 8 ? 1 : 2;
        return Candidates(folded)
            .Select(c => (c.Id, Distance: Parts(c.Name).Min(part => DistanceOf(folded, part))))
            .Where(c => c.Distance <= allowed)
            .GroupBy(c => c.Id)
            .Select(g => (g.Key, -(double)g.Min(c => c.Distance)));
    }

    private List<(long Id, string Name)> Candidates(string folded)
    {
        var trigrams = Enumerable.Range(0, folded.Length - 2).Select(i => folded.Substring(i, 3)).Distinct(StringComparer.Ordinal);
        var match = string.Join(" OR ", trigrams.Select(t => $"\"{t.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
        var found = new List<(long, string)>();
        using var rows = session.Read(
            """
            SELECT e.id, e.name || char(10) || e.type
            FROM (SELECT rowid FROM trigram WHERE trigram MATCH $1 ORDER BY rank LIMIT $2) t JOIN entity e ON e.id = t.rowid
            """,
            match,
            (long)MostCandidates
        );
        while (rows.Read())
        {
            found.Add((rows.Number(0), System.Text.Encoding.UTF8.GetString(Folding.Fold(rows.Text(1)))));
        }

        return found;
    }

    /// <summary>The whole name, the whole type, and each word of them.</summary>
    private static IEnumerable<string> Parts(string name) =>
        [.. name.Split('\n'), .. name.Split([' ', '-', '_', '.', '/', ':', '\n'], StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>Letters to insert, delete, replace or swap with their neighbour (optimal string alignment).</summary>
    private static int DistanceOf(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 2)
        {
            return int.MaxValue;
        }

        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                rows[i, j] =
                    i == 0 ? j
                    : j == 0 ? i
                    : Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[a.Length, b.Length];
    }
}
