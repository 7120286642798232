using Memory.Database;

namespace Memory.Search;

/// <summary>Builds the search's copy anew from the graph, where it is another release's.</summary>
internal static class IndexBuild
{
    /// <summary>Raised whenever folding, words or the index itself change.</summary>
    public const long Current = 8;

    public static bool IsCurrent(ISession session) => VersionOf(session) is Current;

    /// <summary>Which release's copy it is; null where there is none yet.</summary>
    public static long? VersionOf(ISession session) => session.Scalar("SELECT version FROM index_version") as long?;

    /// <summary>Drops what is there and takes in every entity of every namespace, in one transaction of the caller's.</summary>
    public static void Run(ISession session, CancellationToken cancellationToken)
    {
        foreach (var table in (string[])["term", "posting", "vocabulary", "index_version"])
        {
            session.Run($"DELETE FROM {table}");
        }

        session.Run("DELETE FROM counter WHERE name IN ('term', 'block')");
        foreach (var id in Spaces(session))
        {
            var space = new Space(session, id, now: "", cancellationToken);
            var counters = new Counters(space);
            var index = new SearchIndex(space, counters);
            var entities = Entities(space);
            for (var i = 0; i < entities.Count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                EntityTerms.Tell(space, entities[i], (field, text) => index.Add(entities[i], field, text));
                if (i % 10_000 == 9_999)
                {
                    index.Flush();
                }
            }

            index.Flush();
            counters.Flush();
        }

        session.Run("INSERT INTO index_version (version) VALUES (?1)", Current);
    }

    private static List<long> Spaces(ISession session) => Numbers(session.Read("SELECT id FROM namespace"));

    private static List<long> Entities(Space space) => Numbers(space.Stream("SELECT id FROM entity WHERE namespace = ?1 ORDER BY id"));

    private static List<long> Numbers(IRows rows)
    {
        using (rows)
        {
            var numbers = new List<long>();
            while (rows.Read())
            {
                numbers.Add(rows.Number(0));
            }

            return numbers;
        }
    }
}
