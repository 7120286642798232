using System.Globalization;
using Memory.Database;
using Memory.Graph;
using Memory.Search;

namespace Memory.Storage;

/// <summary>Looks at the memory as a whole: names, counts, and what may be stored twice.</summary>
internal sealed class GraphOverview(Space space)
{
    private const int MostTypes = 30;

    /// <summary>Above this many entities only names that are equal but for case, accents and spaces are found to be near.</summary>
    private const int MostSpelled = 100_000;

    /// <summary>Names, the most recently changed first, or in alphabetical order.</summary>
    /// <param name="after">The last name of the previous page, with its time of change where the order is by time.</param>
    public List<EntityName> Names(IReadOnlySet<long>? allowed, bool byName, (string Updated, string Name)? after, int most)
    {
        var names = new List<EntityName>();
        using var rows = byName
            ? space.Stream("SELECT id, name, type, updated FROM entity WHERE namespace = ?1 AND name > ?2 ORDER BY name", after?.Name ?? "")
            : space.Stream(
                "SELECT id, name, type, updated FROM entity WHERE namespace = ?1 AND (updated, name) < (?2, ?3) ORDER BY updated DESC, name DESC",
                after?.Updated ?? "9999",
                after?.Name ?? ""
            );
        while (names.Count < most && rows.Read())
        {
            if (allowed?.Contains(rows.Number(0)) != false)
            {
                names.Add(new(rows.Text(1), rows.Text(2), rows.Text(3)));
            }
        }

        return names;
    }

    /// <summary>Names that begin with a folded text, then those that hold it, the last changed first.</summary>
    public List<string> NamesHolding(string folded, int most)
    {
        List<string> beginning = [],
            holding = [];
        using var rows = space.Stream("SELECT name FROM entity WHERE namespace = ?1 ORDER BY updated DESC, id DESC");
        while (beginning.Count < most && rows.Read())
        {
            space.Cancellation.ThrowIfCancellationRequested();
            var name = Folding.Fold(rows.Text(0));
            if (name.StartsWith(folded, StringComparison.Ordinal))
            {
                beginning.Add(rows.Text(0));
            }
            else if (holding.Count < most && name.Contains(folded, StringComparison.Ordinal))
            {
                holding.Add(rows.Text(0));
            }
        }

        return [.. beginning.Concat(holding).Take(most)];
    }

    /// <summary>The entities that most relations touch, then those that none does, the first that came first among equals.</summary>
    public List<PicturedEntity> MostRelated(int most)
    {
        var entities = new List<PicturedEntity>();
        // Counted in the indexes alone; a relation of an entity with itself is found at both of its ends.
        using (
            var rows = space.Read(
                """
                SELECT e.name, e.type, c.number FROM (
                    SELECT name, CAST(sum(number) AS bigint) AS number FROM (
                        SELECT source AS name, count(*) AS number FROM relation INDEXED BY relation_triple WHERE namespace = ?1 GROUP BY source
                        UNION ALL SELECT target, count(*) FROM relation INDEXED BY relation_target WHERE namespace = ?1 GROUP BY target
                        UNION ALL SELECT source, -count(*) FROM relation INDEXED BY relation_triple WHERE namespace = ?1 AND source = target GROUP BY source) ends
                    GROUP BY name ORDER BY number DESC, name LIMIT ?2) c
                JOIN entity e ON e.namespace = ?1 AND e.name = c.name
                ORDER BY c.number DESC, e.id LIMIT ?3
                """,
                10L * most, // Some ends are no entities, where dangling relations are allowed.
                (long)most
            )
        )
        {
            while (rows.Read())
            {
                entities.Add(new(rows.Text(0), rows.Text(1), (int)rows.Number(2)));
            }
        }

        if (entities.Count < most)
        {
            var known = entities.Select(entity => entity.Name).ToHashSet(StringComparer.Ordinal);
            using var rows = space.Read("SELECT name, type FROM entity WHERE namespace = ?1 ORDER BY id LIMIT ?2", (long)most);
            while (entities.Count < most && rows.Read())
            {
                if (!known.Contains(rows.Text(0)))
                {
                    entities.Add(new(rows.Text(0), rows.Text(1), 0));
                }
            }
        }

        return entities;
    }

    public MemoryStats Stats() =>
        new(
            Count("entity"),
            Count("observation"),
            Count("relation"),
            Count("log"),
            EntityTypes(),
            Types("relation"),
            space.Scalar("SELECT at FROM log WHERE namespace = ?1 ORDER BY seq LIMIT 1") as string,
            space.Scalar("SELECT at FROM log WHERE namespace = ?1 ORDER BY seq DESC LIMIT 1") as string
        );

    /// <summary>Groups of names that may mean the same.</summary>
    public Duplicates FindDuplicates(int limit)
    {
        var names = new List<string>();
        using (var rows = space.Stream("SELECT name FROM entity WHERE namespace = ?1 ORDER BY id"))
        {
            while (rows.Read())
            {
                names.Add(rows.Text(0));
            }
        }

        var groups = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            space.Cancellation.ThrowIfCancellationRequested();
            var key = Nearness.Key(name);
            Add(key, name);
            if (names.Count <= MostSpelled && key.Length >= 6 && !key.Any(char.IsDigit))
            {
                for (var i = 0; i < key.Length; i++)
                {
                    Add(string.Create(CultureInfo.InvariantCulture, $"{key.AsSpan(0, i)}\0{key.AsSpan(i + 1)}"), name); // another letter
                    Add(string.Concat(key.AsSpan(0, i), key.AsSpan(i + 1)), name); // one letter less
                }
            }
        }

        var found = groups
            .Values.Where(g => g.Count > 1)
            .DistinctBy(g => string.Join('\n', g), StringComparer.Ordinal)
            .OrderByDescending(g => g.Count)
            .ToList();
        return new([.. found.Take(limit)], found.Count > limit);

        void Add(string key, string name)
        {
            if (!groups.TryGetValue(key, out var group))
            {
                groups.Add(key, group = []);
            }

            if (group.Count == 0 || group[^1] != name)
            {
                group.Add(name);
            }
        }
    }

    private long Count(string table) =>
        (long)
            space.Scalar(
                table switch
                {
                    "entity" => "SELECT count(*) FROM entity WHERE namespace = ?1",
                    "observation" => "SELECT count(*) FROM observation WHERE namespace = ?1",
                    "relation" => "SELECT count(*) FROM relation WHERE namespace = ?1",
                    _ => "SELECT count(*) FROM log WHERE namespace = ?1",
                }
            )!;

    /// <summary>The most frequent types of entities, with how many there are.</summary>
    public IReadOnlyDictionary<string, long> EntityTypes() => Types("entity");

    private Dictionary<string, long> Types(string table)
    {
        var types = new Dictionary<string, long>(StringComparer.Ordinal);
        using var rows = space.Read(
            table == "entity"
                ? "SELECT type, count(*) FROM entity WHERE namespace = ?1 GROUP BY type ORDER BY 2 DESC, type LIMIT ?2"
                : "SELECT type, count(*) FROM relation WHERE namespace = ?1 GROUP BY type ORDER BY 2 DESC, type LIMIT ?2",
            (long)MostTypes
        );
        while (rows.Read())
        {
            types.Add(rows.Text(0), rows.Number(1));
        }

        return types;
    }
}
