using Memory.Graph;

namespace Memory.Database;

/// <summary>Reads the graph as it stood when the call began.</summary>
internal sealed class GraphReader(Space space)
{
    /// <summary>Entities that are asked for together: with a database on another machine a question costs little more than its way there and back.</summary>
    private const int MostAtOnce = 16;

    private const string SelectEntity = "SELECT name, type, substr(updated, 1, 19) || 'Z' FROM entity WHERE namespace = ?1 AND id = ?2";

    private const string SelectFacts =
        "SELECT id, text, created, until FROM observation WHERE namespace = ?1 AND id BETWEEN ?2 AND ?3 AND (until IS NULL OR until > ?4) ORDER BY id";

    private const string SelectRelations = """
        SELECT r.id, r.source, r.target, r.type, s.id, t.id, r.created FROM (
            SELECT * FROM relation INDEXED BY relation_triple WHERE namespace = ?1 AND source = ?2 AND id > ?3
            UNION SELECT * FROM relation INDEXED BY relation_target WHERE namespace = ?1 AND target = ?2 AND id > ?3) r
        LEFT JOIN entity s ON s.namespace = ?1 AND s.name = r.source LEFT JOIN entity t ON t.namespace = ?1 AND t.name = r.target
        ORDER BY r.id
        """;

    private const string SelectFirstRelations = $"{SelectRelations} LIMIT ?4";

    /// <summary>Relations that are read with an entity. Few have more.</summary>
    private const long FirstRelations = 50;

    public Space Space => space;

    /// <summary>Every entity in the order of their coming.</summary>
    public IReadOnlyList<long> EntityIds()
    {
        var ids = new List<long>();
        using var rows = space.Stream("SELECT id FROM entity WHERE namespace = ?1 ORDER BY id");
        while (rows.Read())
        {
            ids.Add(rows.Number(0));
        }

        return ids;
    }

    /// <summary>The next entities after one, in the order of their coming.</summary>
    public IReadOnlyList<long> EntityIdsAfter(long id, int most)
    {
        var ids = new List<long>();
        using var rows = space.Read("SELECT id FROM entity WHERE namespace = ?1 AND id > ?2 ORDER BY id LIMIT ?3", id, (long)most);
        while (rows.Read())
        {
            ids.Add(rows.Number(0));
        }

        return ids;
    }

    /// <summary>Name, type and time of creation of every entity, in the order of their coming.</summary>
    public IEnumerable<(string Name, string Type, string CreatedAt)> Heads()
    {
        using var rows = space.Stream("SELECT name, type, created FROM entity WHERE namespace = ?1 ORDER BY id");
        while (rows.Read())
        {
            space.Cancellation.ThrowIfCancellationRequested();
            yield return (rows.Text(0), rows.Text(1), rows.Text(2));
        }
    }

    public long CountEntities() => (long)space.Scalar("SELECT count(*) FROM entity WHERE namespace = ?1")!;

    /// <summary>How many relations touch an entity.</summary>
    public int CountRelations(string name) =>
        (int)
            (long)
                space.Scalar(
                    "SELECT (SELECT count(*) FROM relation WHERE namespace = ?1 AND source = ?2) "
                        + "+ (SELECT count(*) FROM relation WHERE namespace = ?1 AND target = ?2 AND source <> ?2)",
                    name
                )!;

    /// <summary>When an entity was created.</summary>
    public string? CreatedAt(long id) => space.Scalar("SELECT created FROM entity WHERE namespace = ?1 AND id = ?2", id) as string;

    /// <summary>Whether a relation is stored.</summary>
    public bool Has(Relation relation) =>
        space.Scalar(
            "SELECT 1 FROM relation WHERE namespace = ?1 AND source = ?2 AND target = ?3 AND type = ?4",
            relation.From,
            relation.To,
            relation.RelationType
        )
            is not null;

    /// <summary>The entities of these names that exist, in the order of their coming.</summary>
    public IReadOnlyList<long> FindEntities(IEnumerable<string> names) =>
        [
            .. names
                .Select(name => space.Scalar("SELECT id FROM entity WHERE namespace = ?1 AND name = ?2", name))
                .OfType<long>()
                .Distinct()
                .Order(),
        ];

    /// <summary>Entities, without their observations, what is true about each now, oldest first, and the relations that touch it.</summary>
    /// <param name="from">The place of the first that is read.</param>
    public IEnumerable<(StoredEntity Entity, IReadOnlyList<Fact> Facts, IEnumerable<StoredRelation> Relations)> Read(
        IReadOnlyList<long> ids,
        int from
    )
    {
        // One may fill an answer.
        var count = 1;
        for (var first = from; first < ids.Count; first += count, count = Math.Min(2 * count, MostAtOnce))
        {
            space.Cancellation.ThrowIfCancellationRequested();
            var some = ids.Skip(first).Take(count).ToList();
            var entities = space.ReadEach(SelectEntity, some.Select(id => new object?[] { id })).Select(EntityOf).ToList();
            var facts = space.ReadEach(SelectFacts, some.Select(PlacesOf)).Select(FactsOf).ToList();
            var relations = space
                .ReadEach(SelectFirstRelations, entities.Select(entity => new object?[] { entity.Name, 0L, FirstRelations }))
                .Select(rows => Relations(rows).ToList())
                .ToList();
            for (var i = 0; i < some.Count; i++)
            {
                yield return (entities[i], facts[i], AllRelations(entities[i].Name, relations[i]));
            }
        }
    }

    private IEnumerable<StoredRelation> AllRelations(string name, List<StoredRelation> first) =>
        first.Count < FirstRelations ? first : first.Concat(RelationsOf(name, first[^1].Id));

    /// <summary>An entity without its observations.</summary>
    public StoredEntity EntityOf(long id)
    {
        space.Cancellation.ThrowIfCancellationRequested();
        using var rows = space.Read(SelectEntity, id);
        return EntityOf(rows);
    }

    /// <summary>What is true about an entity now, oldest first.</summary>
    public IReadOnlyList<Fact> FactsOf(long entity)
    {
        using var rows = space.Read(SelectFacts, PlacesOf(entity));
        return FactsOf(rows);
    }

    private static StoredEntity EntityOf(IRows rows)
    {
        rows.Read();
        return new(rows.Text(0), rows.Text(1), [], rows.Text(2));
    }

    private static IReadOnlyList<Fact> FactsOf(IRows rows)
    {
        var facts = new List<Fact>();
        while (rows.Read())
        {
            facts.Add(new(rows.Number(0), rows.Text(1), rows.Text(2), rows.IsNull(3) ? null : rows.Text(3)));
        }

        return facts;
    }

    private object?[] PlacesOf(long entity) => [TextId.FirstObservationOf(entity), TextId.LastObservationOf(entity), space.Now];

    /// <summary>The relations that touch an entity, with the ids of both ends; a missing end has none.</summary>
    public IEnumerable<StoredRelation> RelationsOf(string name, long after) => Relations(space.Stream(SelectRelations, name, after));

    /// <summary>The relations neither end of which exists.</summary>
    public IEnumerable<StoredRelation> LooseRelations(long after) =>
        Relations(
            space.Stream(
                """
                SELECT id, source, target, type, NULL, NULL, created FROM relation
                WHERE namespace = ?1 AND id > ?2
                  AND source NOT IN (SELECT name FROM entity WHERE namespace = ?1)
                  AND target NOT IN (SELECT name FROM entity WHERE namespace = ?1) ORDER BY id
                """,
                after
            )
        );

    /// <summary>Every relation in the order of their coming.</summary>
    public IEnumerable<StoredRelation> AllRelations(long after) =>
        Relations(
            space.Stream(
                "SELECT id, source, target, type, NULL, NULL, created FROM relation WHERE namespace = ?1 AND id > ?2 ORDER BY id",
                after
            )
        );

    private static IEnumerable<StoredRelation> Relations(IRows rows)
    {
        using (rows)
        {
            while (rows.Read())
            {
                yield return new(
                    rows.Number(0),
                    new(rows.Text(1), rows.Text(2), rows.Text(3)),
                    rows.IsNull(4) ? null : rows.Number(4),
                    rows.IsNull(5) ? null : rows.Number(5),
                    rows.Text(6)
                );
            }
        }
    }
}

/// <summary>A relation with its own id and those of the entities at its ends, where these exist.</summary>
internal sealed record StoredRelation(long Id, Relation Relation, long? Source, long? Target, string CreatedAt);
