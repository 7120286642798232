using Memory.Database;
using Memory.Graph;
using Memory.Search;

namespace Memory.Storage;

/// <summary>Changes the relations between entities, and tells the search of their types at those ends that exist.</summary>
/// <param name="findEntity">The id of an entity by its name, or null.</param>
internal sealed class RelationWriter(Space space, Counters counters, SearchIndex index, ChangeLog log, Func<string, long?> findEntity)
{
    /// <summary>The relations that touch an entity.</summary>
    public List<LoggedRelation> Of(string name)
    {
        var found = new List<LoggedRelation>();
        using var rows = space.Read(
            """
            SELECT id, source, target, type, created FROM relation INDEXED BY relation_triple WHERE namespace = ?1 AND source = ?2
            UNION SELECT id, source, target, type, created FROM relation INDEXED BY relation_target WHERE namespace = ?1 AND target = ?2 ORDER BY id
            """,
            name
        );
        while (rows.Read())
        {
            found.Add(new(rows.Text(1), rows.Text(2), rows.Text(3), rows.Number(0), rows.Text(4)));
        }

        return found;
    }

    /// <summary>Stores a relation, one that was deleted under its number and with its date.</summary>
    /// <param name="from">The entity at its start, if there is one.</param>
    /// <param name="to">The entity at its end, if there is one.</param>
    /// <returns>False when it is stored already.</returns>
    public bool Create(LoggedRelation relation, long? from, long? to)
    {
        if (Find(relation.ToRelation()) is not null)
        {
            return false;
        }

        var isFree = relation.Id is { } id && space.Scalar("SELECT 1 FROM relation WHERE namespace = ?1 AND id = ?2", id) is null;
        space.Run(
            "INSERT INTO relation (namespace, id, source, target, type, created) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            isFree ? relation.Id : counters.Next("relation"),
            relation.From,
            relation.To,
            relation.RelationType,
            relation.Created ?? log.Now
        );
        foreach (var end in (ReadOnlySpan<long?>)[from, to])
        {
            if (end is { } entity)
            {
                index.Add(entity, Field.Relation, relation.RelationType);
            }
        }

        log.Created(relation.ToRelation());
        return true;
    }

    /// <returns>Whether there was such a relation.</returns>
    public bool Delete(Relation relation)
    {
        if (Find(relation) is not { } stored)
        {
            return false;
        }

        space.Run("DELETE FROM relation WHERE namespace = ?1 AND id = ?2", stored.Id);
        foreach (var end in (string[])[relation.From, relation.To])
        {
            if (findEntity(end) is { } entity)
            {
                index.Remove(entity, relation.RelationType);
            }
        }

        log.Deleted(stored);
        return true;
    }

    /// <summary>Lets the relations of an entity follow its new name.</summary>
    public void Follow(string from, string to)
    {
        // Where dangling relations are kept, the new name may have some already: those that would be there twice go first.
        space.Run(
            """
            DELETE FROM relation WHERE namespace = ?1 AND source = ?3 AND EXISTS (SELECT 1 FROM relation moved
                WHERE moved.namespace = ?1 AND moved.source = ?2 AND moved.target = relation.target AND moved.type = relation.type)
            """,
            from,
            to
        );
        space.Run("UPDATE relation SET source = ?3 WHERE namespace = ?1 AND source = ?2", from, to);
        space.Run(
            """
            DELETE FROM relation WHERE namespace = ?1 AND target = ?3 AND EXISTS (SELECT 1 FROM relation moved
                WHERE moved.namespace = ?1 AND moved.target = ?2 AND moved.source = relation.source AND moved.type = relation.type)
            """,
            from,
            to
        );
        space.Run("UPDATE relation SET target = ?3 WHERE namespace = ?1 AND target = ?2", from, to);
    }

    private LoggedRelation? Find(Relation relation)
    {
        using var rows = space.Read(
            "SELECT id, created FROM relation WHERE namespace = ?1 AND source = ?2 AND target = ?3 AND type = ?4",
            relation.From,
            relation.To,
            relation.RelationType
        );
        return rows.Read() ? new(relation.From, relation.To, relation.RelationType, rows.Number(0), rows.Text(1)) : null;
    }
}
