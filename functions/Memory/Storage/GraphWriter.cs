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
                "INSERT INTO entity (namespace, id, name, type, created, updated) VALUES ($1, $2, $3, $4, $5, $5)",
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
                    "SELECT 1 FROM relation WHERE namespace = $1 AND source = $2 AND target = $3 AND type = $4",
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
                "INSERT INTO relation (namespace, id, source, target, type, created) VALUES ($1, $2, $3, $4, $5, $6)",
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

    public string? TypeOf(string name) => space.Scalar("SELECT type FROM entity WHERE namespace = $1 AND name = $2", name) as string;

    /// <summary>The name of an end that is not stored, or null.</summary>
    public string? MissingEndOf(Relation relation) =>
        FindEntity(relation.From) is null ? relation.From
        : FindEntity(relation.To) is null ? relation.To
        : null;

    /// <summary>Stores what is new about each entity.</summary>
    /// <returns>For each item the observations that were new.</returns>
    /// <exception cref="McpException">An entity does not exist: nothing is stored.</exception>
    public IReadOnlyList<AdditionResult> AddObservations(IEnumerable<ObservationAddition> additions) =>
        [.. additions.Select(a => new AdditionResult(a.EntityName, AddObservations(a.EntityName, a.Contents)))];

    /// <summary>Stores what is new about one entity.</summary>
    /// <returns>The observations that were new.</returns>
    /// <exception cref="McpException">There is no such entity.</exception>
    public IReadOnlyList<string> AddObservations(string entityName, IEnumerable<string> contents)
    {
        space.Cancellation.ThrowIfCancellationRequested();
        var id = FindEntity(entityName) ?? throw NotFound(entityName);
        var known = new HashSet<string>(StringComparer.Ordinal);
        var next = TextId.FirstObservationOf(id);
        foreach (var (observation, text) in ObservationsOf(id))
        {
            known.Add(text);
            next = observation + 1;
        }

        List<string> added = [.. contents.Where(known.Add)];
        if (added.Count > 0)
        {
            Store(id, entityName, next, added);
            space.Run("UPDATE entity SET updated = $3 WHERE namespace = $1 AND id = $2", id, log.Now);
            log.Added(entityName, added);
        }

        return added;
    }

    /// <summary>Forgets entities and every relation that touches them.</summary>
    /// <returns>How many there were.</returns>
    public int DeleteEntities(IEnumerable<string> names) => names.Count(DeleteEntity);

    /// <summary>Forgets some of what is known about entities.</summary>
    /// <returns>How many observations there were.</returns>
    public int DeleteObservations(IEnumerable<ObservationDeletion> deletions) =>
        deletions.Sum(d => DeleteObservations(d.EntityName, d.Observations));

    /// <summary>Forgets relations.</summary>
    /// <returns>How many there were.</returns>
    public int DeleteRelations(IEnumerable<Relation> relations) => relations.Count(DeleteRelation);

    /// <summary>Whether a file with this content was taken in before.</summary>
    public bool HasImported(string content) =>
        space.Scalar("SELECT 1 FROM import WHERE namespace = $1 AND content = $2", content) is not null;

    /// <summary>Whether a file at this path was taken in before.</summary>
    public bool HasImportedFrom(string path) => space.Scalar("SELECT 1 FROM import WHERE namespace = $1 AND path = $2", path) is not null;

    /// <summary>Remembers that a file was taken in.</summary>
    public void Imported(string content, string path, string report) =>
        space.Run("INSERT INTO import (namespace, content, path, at, report) VALUES ($1, $2, $3, $4, $5)", content, path, log.Now, report);

    /// <summary>Writes what was collected along the way; the last act before the commit.</summary>
    public void Finish()
    {
        index.Flush();
        counters.Flush();
        space.Cancellation.ThrowIfCancellationRequested();
    }

    private bool DeleteEntity(string name)
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
            "DELETE FROM observation WHERE namespace = $1 AND id BETWEEN $2 AND $3",
            TextId.FirstObservationOf(id),
            TextId.LastObservationOf(id)
        );
        space.Run("DELETE FROM entity WHERE namespace = $1 AND id = $2", id);
        index.Remove(id, name);
        index.Remove(id, type);
        observations.ForEach(o => index.Remove(id, o.Text));
        log.Deleted(new Entity(name, type, [.. observations.Select(o => o.Text)]));
        return true;
    }

    private int DeleteObservations(string entityName, IEnumerable<string> texts)
    {
        space.Cancellation.ThrowIfCancellationRequested();
        if (FindEntity(entityName) is not { } id)
        {
            return 0;
        }

        var unwanted = texts.ToHashSet(StringComparer.Ordinal);
        var deleted = ObservationsOf(id).FindAll(o => unwanted.Contains(o.Text));
        if (deleted.Count > 0)
        {
            deleted.ForEach(o => space.Run("DELETE FROM observation WHERE namespace = $1 AND id = $2", o.Id));
            deleted.ForEach(o => index.Remove(id, o.Text));
            space.Run("UPDATE entity SET updated = $3 WHERE namespace = $1 AND id = $2", id, log.Now);
            log.Deleted(entityName, [.. deleted.Select(o => o.Text)]);
        }

        return deleted.Count;
    }

    private bool DeleteRelation(Relation relation)
    {
        space.Cancellation.ThrowIfCancellationRequested();
        var existed =
            space.Run(
                "DELETE FROM relation WHERE namespace = $1 AND source = $2 AND target = $3 AND type = $4",
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
            space.Run("INSERT INTO observation (namespace, id, text, created) VALUES ($1, $2, $3, $4)", first + i, texts[i], log.Now);
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

    private long? FindEntity(string name) => space.Scalar("SELECT id FROM entity WHERE namespace = $1 AND name = $2", name) as long?;

    private List<(long Id, string Text)> ObservationsOf(long entity)
    {
        var found = new List<(long, string)>();
        using var rows = space.Read(
            "SELECT id, text FROM observation WHERE namespace = $1 AND id BETWEEN $2 AND $3 ORDER BY id",
            TextId.FirstObservationOf(entity),
            TextId.LastObservationOf(entity)
        );
        while (rows.Read())
        {
            found.Add((rows.Number(0), rows.Text(1)));
        }

        return found;
    }

    private List<Relation> RelationsOf(string name)
    {
        var found = new List<Relation>();
        using var rows = space.Read(
            """
            SELECT id, source, target, type FROM relation INDEXED BY relation_triple WHERE namespace = $1 AND source = $2
            UNION SELECT id, source, target, type FROM relation INDEXED BY relation_target WHERE namespace = $1 AND target = $2 ORDER BY id
            """,
            name
        );
        while (rows.Read())
        {
            found.Add(new(rows.Text(1), rows.Text(2), rows.Text(3)));
        }

        return found;
    }

    private static McpException NotFound(string name) =>
        new($"Entity with name {(TextRules.IsTooLong(name) ? $"{name.AsSpan(0, 100)}…" : name)} not found");
}
