using Memory.Database;
using Memory.Graph;
using Memory.Search;
using ModelContextProtocol;

namespace Memory.Storage;

/// <summary>Changes the graph within the transaction of one call.</summary>
internal sealed class GraphWriter(Space space, Counters counters, ChangeLog log, bool allowDangling)
{
    private readonly SearchIndex index = new(space, counters);

    /// <summary>Stores the entities whose names are new; an existing one stays as it is.</summary>
    /// <returns>Those stored, each observation once.</returns>
    public IReadOnlyList<Entity> CreateEntities(IEnumerable<Entity> entities)
    {
        var created = new List<Entity>();
        foreach (var given in entities)
        {
            space.Cancellation.ThrowIfCancellationRequested();
            var entity = given with { Observations = [.. given.Observations.Distinct(StringComparer.Ordinal)] };
            if (FindEntity(entity.Name) is not null)
            {
                continue;
            }

            var id = counters.Next("entity");
            space.Run(
                "INSERT INTO entity (namespace, id, name, type, created, updated) VALUES (?1, ?2, ?3, ?4, ?5, ?5)",
                id,
                entity.Name,
                entity.EntityType,
                log.Now
            );
            index.Add(id, Field.Name, entity.Name);
            index.Add(id, Field.Type, entity.EntityType);
            if (allowDangling)
            {
                RelationsOf(entity.Name).ForEach(relation => index.Add(id, Field.Relation, relation.RelationType));
            }

            Store(id, entity.Name, TextId.FirstObservationOf(id), entity.Observations);
            log.Created(entity);
            created.Add(entity);
        }

        return created;
    }

    /// <summary>Stores the relations that are new, if both ends of every one exist.</summary>
    /// <exception cref="McpException">An end is missing: nothing is stored.</exception>
    public IReadOnlyList<Relation> CreateRelations(IEnumerable<Relation> relations)
    {
        var created = new List<Relation>();
        foreach (var relation in relations)
        {
            space.Cancellation.ThrowIfCancellationRequested();
            if (!allowDangling && MissingEndOf(relation) is { } missing)
            {
                throw NotFound(missing);
            }

            if (
                space.Scalar(
                    "SELECT 1 FROM relation WHERE namespace = ?1 AND source = ?2 AND target = ?3 AND type = ?4",
                    relation.From,
                    relation.To,
                    relation.RelationType
                )
                is not null
            )
            {
                continue;
            }

            space.Run(
                "INSERT INTO relation (namespace, id, source, target, type, created) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                counters.Next("relation"),
                relation.From,
                relation.To,
                relation.RelationType,
                log.Now
            );
            IndexEnds(relation, (entity, type) => index.Add(entity, Field.Relation, type));
            log.Created(relation);
            created.Add(relation);
        }

        return created;
    }

    public string? TypeOf(string name) => space.Scalar("SELECT type FROM entity WHERE namespace = ?1 AND name = ?2", name) as string;

    /// <summary>The name of an end that is not stored, or null.</summary>
    public string? MissingEndOf(Relation relation) =>
        FindEntity(relation.From) is null ? relation.From
        : FindEntity(relation.To) is null ? relation.To
        : null;

    /// <summary>Stores what is new about each entity; what is known already becomes the newest.</summary>
    /// <exception cref="McpException">An entity does not exist: nothing is stored.</exception>
    public IReadOnlyList<AdditionResult> AddObservations(IEnumerable<ObservationAddition> additions) =>
        [
            .. additions.Select(a =>
            {
                var renewed = Renew(a.EntityName, a.Contents);
                return new AdditionResult(a.EntityName, AddObservations(a.EntityName, a.Contents), renewed.Count > 0 ? renewed : null);
            }),
        ];

    /// <summary>Stores what is new about one entity.</summary>
    /// <returns>The observations that were new.</returns>
    /// <exception cref="McpException">There is no such entity.</exception>
    public IReadOnlyList<string> AddObservations(string entityName, IEnumerable<string> contents)
    {
        space.Cancellation.ThrowIfCancellationRequested();
        var id = FindEntity(entityName) ?? throw NotFound(entityName);
        var stored = ObservationsOf(id);
        var known = stored.Select(o => o.Text).ToHashSet(StringComparer.Ordinal);
        List<string> added = [.. contents.Where(known.Add)];
        if (added.Count > 0)
        {
            Store(id, entityName, stored.Count > 0 ? stored[^1].Id + 1 : TextId.FirstObservationOf(id), added);
            Touch(id);
            log.Added(entityName, added);
        }

        return added;
    }

    /// <summary>Moves known observations behind the newest, unless they are the newest in this order: they are true again.</summary>
    private List<string> Renew(string entityName, IEnumerable<string> contents)
    {
        var id = FindEntity(entityName) ?? throw NotFound(entityName);
        var stored = ObservationsOf(id);
        var given = contents.ToHashSet(StringComparer.Ordinal);
        var again = stored.FindAll(o => given.Contains(o.Text));
        if (again.Count == 0 || stored[^again.Count].Id == again[0].Id || stored[^1].Id + again.Count > TextId.LastObservationOf(id))
        {
            return [];
        }

        again.ForEach(o => space.Run("DELETE FROM observation WHERE namespace = ?1 AND id = ?2", o.Id));
        List<string> texts = [.. again.Select(o => o.Text)];
        Store(id, entityName, stored[^1].Id + 1, texts);
        Touch(id);
        log.Renewed(entityName, texts);
        return texts;
    }

    /// <summary>Gives an entity another name; its relations follow.</summary>
    public void Rename(string from, string to)
    {
        var id = FindEntity(from) ?? throw NotFound(from);
        space.Run("UPDATE entity SET name = ?3, updated = ?4 WHERE namespace = ?1 AND id = ?2", id, to, log.Now);
        space.Run("UPDATE OR REPLACE relation SET source = ?3 WHERE namespace = ?1 AND source = ?2", from, to);
        space.Run("UPDATE OR REPLACE relation SET target = ?3 WHERE namespace = ?1 AND target = ?2", from, to);
        index.Remove(id, from);
        index.Add(id, Field.Name, to);
        log.Renamed(from, to);
    }

    public void SetType(string name, string type)
    {
        var id = FindEntity(name) ?? throw NotFound(name);
        var before = TypeOf(name)!;
        space.Run("UPDATE entity SET type = ?3, updated = ?4 WHERE namespace = ?1 AND id = ?2", id, type, log.Now);
        index.Remove(id, before);
        index.Add(id, Field.Type, type);
        log.Retyped(name, before, type);
    }

    public bool Exists(string name) => FindEntity(name) is not null;

    /// <summary>What is known about an entity, oldest first.</summary>
    /// <exception cref="McpException">There is no such entity.</exception>
    public IReadOnlyList<string> ObservationsOf(string name) =>
        [.. ObservationsOf(FindEntity(name) ?? throw NotFound(name)).Select(o => o.Text)];

    /// <summary>An existing name that another one probably means, or null.</summary>
    public string? NearestName(string name) => NearNames.Find(space, name);

    /// <summary>What was changed before.</summary>
    public GraphHistory History { get; } = new(space);

    private void Touch(long id) => space.Run("UPDATE entity SET updated = ?3 WHERE namespace = ?1 AND id = ?2", id, log.Now);

    /// <summary>The relations that touch an entity.</summary>
    public List<Relation> RelationsOf(string name)
    {
        var found = new List<Relation>();
        using var rows = space.Read(
            """
            SELECT id, source, target, type FROM relation INDEXED BY relation_triple WHERE namespace = ?1 AND source = ?2
            UNION SELECT id, source, target, type FROM relation INDEXED BY relation_target WHERE namespace = ?1 AND target = ?2 ORDER BY id
            """,
            name
        );
        while (rows.Read())
        {
            found.Add(new(rows.Text(1), rows.Text(2), rows.Text(3)));
        }

        return found;
    }

    /// <summary>Whether a file with this content was taken in before.</summary>
    public bool HasImported(string content) =>
        space.Scalar("SELECT 1 FROM import WHERE namespace = ?1 AND content = ?2", content) is not null;

    /// <summary>Whether a file at this path was taken in before.</summary>
    public bool HasImportedFrom(string path) => space.Scalar("SELECT 1 FROM import WHERE namespace = ?1 AND path = ?2", path) is not null;

    /// <summary>Remembers that a file was taken in.</summary>
    public void Imported(string content, string path, string report) =>
        space.Run("INSERT INTO import (namespace, content, path, at, report) VALUES (?1, ?2, ?3, ?4, ?5)", content, path, log.Now, report);

    /// <summary>Writes what was collected along the way; the last act before the commit.</summary>
    public void Finish()
    {
        index.Flush();
        counters.Flush();
        space.Cancellation.ThrowIfCancellationRequested();
    }

    /// <returns>Whether there was such an entity.</returns>
    public bool DeleteEntity(string name)
    {
        space.Cancellation.ThrowIfCancellationRequested();
        if (FindEntity(name) is not { } id)
        {
            return false;
        }

        var type = TypeOf(name)!;
        var observations = ObservationsOf(id);
        RelationsOf(name).ForEach(relation => DeleteRelation(relation));
        space.Run(
            "DELETE FROM observation WHERE namespace = ?1 AND id BETWEEN ?2 AND ?3",
            TextId.FirstObservationOf(id),
            TextId.LastObservationOf(id)
        );
        space.Run("DELETE FROM entity WHERE namespace = ?1 AND id = ?2", id);
        index.Remove(id, name);
        index.Remove(id, type);
        observations.ForEach(o => index.Remove(id, o.Text));
        log.Deleted(new Entity(name, type, [.. observations.Select(o => o.Text)]));
        return true;
    }

    /// <returns>Those there were.</returns>
    public IReadOnlyList<string> DeleteObservations(string entityName, IEnumerable<string> texts)
    {
        space.Cancellation.ThrowIfCancellationRequested();
        if (FindEntity(entityName) is not { } id)
        {
            return [];
        }

        var unwanted = texts.ToHashSet(StringComparer.Ordinal);
        var deleted = ObservationsOf(id).FindAll(o => unwanted.Contains(o.Text));
        if (deleted.Count > 0)
        {
            deleted.ForEach(o => space.Run("DELETE FROM observation WHERE namespace = ?1 AND id = ?2", o.Id));
            deleted.ForEach(o => index.Remove(id, o.Text));
            Touch(id);
            log.Deleted(entityName, [.. deleted.Select(o => o.Text)]);
        }

        return [.. deleted.Select(o => o.Text)];
    }

    /// <returns>Whether there was such a relation.</returns>
    public bool DeleteRelation(Relation relation)
    {
        space.Cancellation.ThrowIfCancellationRequested();
        var existed =
            space.Run(
                "DELETE FROM relation WHERE namespace = ?1 AND source = ?2 AND target = ?3 AND type = ?4",
                relation.From,
                relation.To,
                relation.RelationType
            ) == 1;
        if (existed)
        {
            IndexEnds(relation, index.Remove);
            log.Deleted(relation);
        }

        return existed;
    }

    private void Store(long entity, string name, long first, IReadOnlyList<string> texts)
    {
        if (texts.Count > TextId.LastObservationOf(entity) - first + 1)
        {
            throw new McpException(
                $"Entity with name {name} has no room for {texts.Count} more observations: spread them over several entities."
            );
        }

        for (var i = 0; i < texts.Count; i++)
        {
            space.Run("INSERT INTO observation (namespace, id, text, created) VALUES (?1, ?2, ?3, ?4)", first + i, texts[i], log.Now);
            index.Add(entity, Field.Observation, texts[i]);
        }
    }

    /// <summary>Tells the search of a relation's type at those of its ends that exist.</summary>
    private void IndexEnds(Relation relation, Action<long, string> tell)
    {
        foreach (var end in (string[])[relation.From, relation.To])
        {
            if (FindEntity(end) is { } id)
            {
                tell(id, relation.RelationType);
            }
        }
    }

    private long? FindEntity(string name) => space.Scalar("SELECT id FROM entity WHERE namespace = ?1 AND name = ?2", name) as long?;

    private List<(long Id, string Text)> ObservationsOf(long entity)
    {
        var found = new List<(long, string)>();
        using var rows = space.Read(
            "SELECT id, text FROM observation WHERE namespace = ?1 AND id BETWEEN ?2 AND ?3 ORDER BY id",
            TextId.FirstObservationOf(entity),
            TextId.LastObservationOf(entity)
        );
        while (rows.Read())
        {
            found.Add((rows.Number(0), rows.Text(1)));
        }

        return found;
    }

    private static McpException NotFound(string name) =>
        new($"Entity with name {(TextRules.IsTooLong(name) ? $"{name.AsSpan(0, 100)}…" : name)} not found");
}
