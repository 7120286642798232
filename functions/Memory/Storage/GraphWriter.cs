using Memory.Database;
using Memory.Graph;
using Memory.Search;

namespace Memory.Storage;

/// <summary>Changes the graph within the transaction of one call.</summary>
internal sealed class GraphWriter
{
    private readonly Space space;
    private readonly Counters counters;
    private readonly ChangeLog log;
    private readonly bool allowDangling;
    private readonly SearchIndex index;
    private readonly FactWriter facts;
    private readonly RelationWriter relations;

    public GraphWriter(Space space, Counters counters, ChangeLog log, bool allowDangling)
    {
        this.space = space;
        this.counters = counters;
        this.log = log;
        this.allowDangling = allowDangling;
        index = new(space, counters);
        facts = new(space, index, log);
        relations = new(space, counters, index, log, FindEntity);
        History = new(space);
        Imports = new(space);
    }

    /// <summary>The moment of the call.</summary>
    public string Now => log.Now;

    /// <summary>What was changed before.</summary>
    public GraphHistory History { get; }

    public ImportBook Imports { get; }

    /// <summary>Stores the entities whose names are new; an existing one stays as it is.</summary>
    /// <returns>Those stored, each observation once.</returns>
    public IReadOnlyList<Entity> CreateEntities(IEnumerable<Entity> entities)
    {
        var created = new List<Entity>();
        var texts = new HashSet<string>(StringComparer.Ordinal);
        Func<string, bool> isNew = texts.Add;
        foreach (var given in entities)
        {
            texts.Clear();
            var entity = given.Observations.All(isNew) ? given : given with { Observations = [.. given.Observations.Distinct()] };
            var facts = entity.Observations.Select(text => LoggedFact.New(text, null)).ToArray();
            if (CreateEntity(new(entity.Name, entity.EntityType, facts)))
            {
                created.Add(entity);
            }
        }

        return created;
    }

    /// <summary>Stores an entity, one that was deleted under its number and with its dates.</summary>
    /// <returns>False when the name exists.</returns>
    public bool CreateEntity(LoggedEntity entity)
    {
        space.Cancellation.ThrowIfCancellationRequested();
        if (FindEntity(entity.Name) is not null)
        {
            return false;
        }

        var isFree = entity.Id is { } former && space.Scalar("SELECT 1 FROM entity WHERE namespace = ?1 AND id = ?2", former) is null;
        var id = isFree ? entity.Id!.Value : counters.Next("entity");
        space.Run(
            "INSERT INTO entity (namespace, id, name, type, created, updated) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            id,
            entity.Name,
            entity.EntityType,
            entity.Created ?? log.Now,
            log.Now
        );
        index.Add(id, Field.Name, entity.Name);
        index.Add(id, Field.Type, entity.EntityType);
        if (allowDangling)
        {
            relations.Of(entity.Name).ForEach(relation => index.Add(id, Field.Relation, relation.RelationType));
        }

        facts.Create(id, entity.Name, entity.Observations, entity.Created ?? log.Now);
        log.Created(entity);
        return true;
    }

    /// <summary>Stores the relations that are new, if both ends of every one exist.</summary>
    /// <exception cref="MissingEntityException">An end is missing: nothing is stored.</exception>
    public IReadOnlyList<Relation> CreateRelations(IEnumerable<Relation> given)
    {
        var created = new List<Relation>();
        var known = new Dictionary<string, long?>(StringComparer.Ordinal);
        foreach (var relation in given)
        {
            space.Cancellation.ThrowIfCancellationRequested();
            var (from, to) = (EndOf(relation.From), EndOf(relation.To));
            if (relations.Create(new(relation.From, relation.To, relation.RelationType), from, to))
            {
                created.Add(relation);
            }
        }

        return created;

        long? EndOf(string name)
        {
            if (!known.TryGetValue(name, out var id))
            {
                known.Add(name, id = allowDangling ? FindEntity(name) : Require(name));
            }

            return id;
        }
    }

    /// <summary>Stores a relation with the date it has.</summary>
    /// <returns>False when it is stored, or an end of it is not.</returns>
    public bool RestoreRelation(LoggedRelation relation) =>
        (allowDangling || MissingEndOf(relation.ToRelation()) is null)
        && relations.Create(relation, FindEntity(relation.From), FindEntity(relation.To));

    public string? TypeOf(string name) => space.Scalar("SELECT type FROM entity WHERE namespace = ?1 AND name = ?2", name) as string;

    /// <summary>The name of an end that is not stored, or null.</summary>
    public string? MissingEndOf(Relation relation) =>
        FindEntity(relation.From) is null ? relation.From
        : FindEntity(relation.To) is null ? relation.To
        : null;

    /// <summary>Stores what is new about one entity; what is known already becomes the newest.</summary>
    /// <exception cref="MissingEntityException">There is no such entity.</exception>
    public (List<string> Added, List<string> Renewed) AddObservations(string name, IEnumerable<string> contents, End end)
    {
        space.Cancellation.ThrowIfCancellationRequested();
        var id = Require(name);
        var result = facts.Add(id, name, contents, end);
        if (result.Added.Count + result.Renewed.Count > 0)
        {
            Touch(id);
        }

        return result;
    }

    /// <summary>Stores facts with the dates they have.</summary>
    /// <returns>Those that were not stored already.</returns>
    /// <exception cref="MissingEntityException">There is no such entity.</exception>
    public IReadOnlyList<Fact> RestoreFacts(string name, IEnumerable<Fact> given)
    {
        space.Cancellation.ThrowIfCancellationRequested();
        var id = Require(name);
        var restored = facts.Restore(id, name, [.. given]);
        if (restored.Count > 0)
        {
            Touch(id);
        }

        return restored;
    }

    /// <summary>Gives a fact that became the newest its place back.</summary>
    public bool PutBack(string name, Fact before) => FindEntity(name) is { } id && facts.PutBack(id, name, before);

    /// <summary>Gives an entity another name; its relations follow.</summary>
    public void Rename(string from, string to)
    {
        var id = Require(from);
        space.Run("UPDATE entity SET name = ?3, updated = ?4 WHERE namespace = ?1 AND id = ?2", id, to, log.Now);
        relations.Follow(from, to);
        index.Remove(id, from);
        index.Add(id, Field.Name, to);
        if (allowDangling)
        {
            relations.Of(to).ForEach(relation => index.Add(id, Field.Relation, relation.RelationType));
        }

        log.Renamed(from, to);
    }

    public void SetType(string name, string type)
    {
        var id = Require(name);
        var before = TypeOf(name)!;
        space.Run("UPDATE entity SET type = ?3, updated = ?4 WHERE namespace = ?1 AND id = ?2", id, type, log.Now);
        index.Remove(id, before);
        index.Add(id, Field.Type, type);
        log.Retyped(name, before, type);
    }

    public bool Exists(string name) => FindEntity(name) is not null;

    /// <summary>What is true about an entity, oldest first; nothing about one that does not exist.</summary>
    public IReadOnlyList<string> ObservationsOf(string name) => [.. FactsOf(name).Where(f => f.IsValid(log.Now)).Select(f => f.Text)];

    /// <summary>Everything stored about an entity, also what is true no more.</summary>
    public IReadOnlyList<Fact> FactsOf(string name) => FindEntity(name) is { } id ? facts.Of(id) : [];

    /// <summary>The relations that touch an entity.</summary>
    public IReadOnlyList<Relation> RelationsOf(string name) => relations.Of(name).ConvertAll(r => r.ToRelation());

    /// <summary>The same with their numbers and dates.</summary>
    public IReadOnlyList<LoggedRelation> StoredRelationsOf(string name) => relations.Of(name);

    /// <returns>Whether there was such an entity.</returns>
    public bool DeleteEntity(string name)
    {
        space.Cancellation.ThrowIfCancellationRequested();
        if (FindEntity(name) is not { } id)
        {
            return false;
        }

        var type = TypeOf(name)!;
        var created = (string)space.Scalar("SELECT created FROM entity WHERE namespace = ?1 AND id = ?2", id)!;
        relations.Of(name).ForEach(relation => relations.Delete(relation.ToRelation()));
        var deleted = facts.DeleteAll(id);
        space.Run("DELETE FROM entity WHERE namespace = ?1 AND id = ?2", id);
        index.Remove(id, name);
        index.Remove(id, type);
        log.Deleted(new LoggedEntity(name, type, deleted.ConvertAll(LoggedFact.Of), id, created));
        return true;
    }

    /// <returns>Those there were.</returns>
    public IReadOnlyList<Fact> DeleteObservations(string name, IEnumerable<string> texts)
    {
        space.Cancellation.ThrowIfCancellationRequested();
        if (FindEntity(name) is not { } id)
        {
            return [];
        }

        var deleted = facts.Delete(id, name, texts);
        if (deleted.Count > 0)
        {
            Touch(id);
        }

        return deleted;
    }

    /// <returns>Whether there was such a relation.</returns>
    public bool DeleteRelation(Relation relation)
    {
        space.Cancellation.ThrowIfCancellationRequested();
        return relations.Delete(relation);
    }

    /// <summary>Writes what was collected along the way; the last act before the commit.</summary>
    public void Finish()
    {
        facts.Flush();
        index.Flush();
        log.Flush();
        counters.Flush();
        space.Cancellation.ThrowIfCancellationRequested();
    }

    private void Touch(long id) => space.Run("UPDATE entity SET updated = ?3 WHERE namespace = ?1 AND id = ?2", id, log.Now);

    private long Require(string name) => FindEntity(name) ?? throw new MissingEntityException(name);

    private long? FindEntity(string name) => space.Scalar("SELECT id FROM entity WHERE namespace = ?1 AND name = ?2", name) as long?;
}
