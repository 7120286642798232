using Memory.Graph;
using ModelContextProtocol;

namespace Memory.Storage;

/// <summary>Changes the graph within the transaction of one call.</summary>
internal sealed class GraphWriter(Session session, ChangeLog log, bool allowDangling, CancellationToken cancellationToken)
{
    private readonly SearchIndex index = new(session);

    /// <summary>Stores the entities whose names are new; an existing one stays as it is.</summary>
    /// <returns>Those stored, each observation once.</returns>
    public IReadOnlyList<Entity> CreateEntities(IEnumerable<Entity> entities)
    {
        var created = new List<Entity>();
        foreach (var given in entities)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var entity = given with { Observations = [.. given.Observations.Distinct(StringComparer.Ordinal)] };
            if (
                session.Run(
                    "INSERT INTO entity (name, type, created, updated) VALUES ($1, $2, $3, $3) ON CONFLICT (name) DO NOTHING",
                    entity.Name,
                    entity.EntityType,
                    log.Now
                ) == 0
            )
            {
                continue;
            }

            var id = session.LastId;
            index.AddEntity(id, entity.Name, entity.EntityType);
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
            cancellationToken.ThrowIfCancellationRequested();
            if (!allowDangling && MissingEndOf(relation) is { } missing)
            {
                throw NotFound(missing);
            }

            if (
                session.Run(
                    "INSERT INTO relation (source, target, type, created) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                    relation.From,
                    relation.To,
                    relation.RelationType,
                    log.Now
                ) == 1
            )
            {
                log.Created(relation);
                created.Add(relation);
            }
        }

        return created;
    }

    public string? TypeOf(string name) => session.Scalar("SELECT type FROM entity WHERE name = $1", name) as string;

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
        cancellationToken.ThrowIfCancellationRequested();
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
            session.Run("UPDATE entity SET updated = $2 WHERE id = $1", id, log.Now);
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
    public bool HasImported(string content) => session.Scalar("SELECT 1 FROM import WHERE content = $1", content) is not null;

    /// <summary>Whether a file at this path was taken in before.</summary>
    public bool HasImportedFrom(string path) => session.Scalar("SELECT 1 FROM import WHERE path = $1", path) is not null;

    /// <summary>Remembers that a file was taken in.</summary>
    public void Imported(string content, string path, string report) =>
        session.Run("INSERT INTO import (content, path, at, report) VALUES ($1, $2, $3, $4)", content, path, log.Now, report);

    /// <summary>Writes what was collected along the way; the last act before the commit.</summary>
    public void Finish()
    {
        index.Flush();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private bool DeleteEntity(string name)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (FindEntity(name) is not { } id)
        {
            return false;
        }

        var type = TypeOf(name)!;
        var observations = ObservationsOf(id);
        RelationsOf(name).ForEach(relation => DeleteRelation(relation));
        session.Run("DELETE FROM observation WHERE id BETWEEN $1 AND $2", TextId.FirstObservationOf(id), TextId.LastObservationOf(id));
        session.Run("DELETE FROM entity WHERE id = $1", id);
        index.RemoveEntity(id, observations.Select(o => o.Id));
        log.Deleted(new Entity(name, type, [.. observations.Select(o => o.Text)]));
        return true;
    }

    private int DeleteObservations(string entityName, IEnumerable<string> texts)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (FindEntity(entityName) is not { } id)
        {
            return 0;
        }

        var unwanted = texts.ToHashSet(StringComparer.Ordinal);
        var deleted = ObservationsOf(id).FindAll(o => unwanted.Contains(o.Text));
        if (deleted.Count > 0)
        {
            deleted.ForEach(o => session.Run("DELETE FROM observation WHERE id = $1", o.Id));
            index.Remove([.. deleted.Select(o => o.Id)]);
            session.Run("UPDATE entity SET updated = $2 WHERE id = $1", id, log.Now);
            log.Deleted(entityName, [.. deleted.Select(o => o.Text)]);
        }

        return deleted.Count;
    }

    private bool DeleteRelation(Relation relation)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var existed =
            session.Run(
                "DELETE FROM relation WHERE source = $1 AND target = $2 AND type = $3",
                relation.From,
                relation.To,
                relation.RelationType
            ) == 1;
        if (existed)
        {
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
            session.Run("INSERT INTO observation (id, text, created) VALUES ($1, $2, $3)", first + i, texts[i], log.Now);
            index.Add(first + i, texts[i]);
        }
    }

    private long? FindEntity(string name) => session.Scalar("SELECT id FROM entity WHERE name = $1", name) as long?;

    private List<(long Id, string Text)> ObservationsOf(long entity)
    {
        var found = new List<(long, string)>();
        using var rows = session.Read(
            "SELECT id, text FROM observation WHERE id BETWEEN $1 AND $2 ORDER BY id",
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
        using var rows = session.Read("SELECT source, target, type FROM relation WHERE source = $1 OR target = $1 ORDER BY id", name);
        while (rows.Read())
        {
            found.Add(new(rows.Text(0), rows.Text(1), rows.Text(2)));
        }

        return found;
    }

    private static McpException NotFound(string name) =>
        new($"Entity with name {(TextRules.IsTooLong(name) ? $"{name.AsSpan(0, 100)}…" : name)} not found");
}
