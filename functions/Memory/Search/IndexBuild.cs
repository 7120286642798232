using Memory.Database;

namespace Memory.Search;

/// <summary>Builds the search's copy anew from the graph, where it is another release's.</summary>
internal static class IndexBuild
{
    /// <summary>Raised whenever folding, words or the index itself change.</summary>
    private const long Current = 1;

    public static bool IsCurrent(Session session) => session.Scalar("SELECT version FROM index_version") is Current;

    /// <summary>Builds it unless it is current.</summary>
    public static void Ensure(Session session)
    {
        if (!IsCurrent(session))
        {
            session.InTransaction("BEGIN IMMEDIATE", BuildOnce);
        }

        static bool BuildOnce(Session session)
        {
            // Again, now that no other process can be doing the same.
            if (!IsCurrent(session))
            {
                Run(session, CancellationToken.None);
            }

            return true;
        }
    }

    /// <summary>Drops what is there and takes in every entity of every namespace, in one transaction of the caller's.</summary>
    public static void Run(Session session, CancellationToken cancellationToken)
    {
        foreach (var table in (string[])["term", "posting", "vocabulary", "index_version"])
        {
            session.Execute($"DELETE FROM {table}");
        }

        session.Execute("DELETE FROM counter WHERE name IN ('term', 'block')");
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

    private static List<long> Spaces(Session session) => Numbers(session.Read("SELECT id FROM namespace"));

    private static List<long> Entities(Space space) => Numbers(space.Read("SELECT id FROM entity WHERE namespace = ?1 ORDER BY id"));

    private static List<long> Numbers(Statement rows)
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
