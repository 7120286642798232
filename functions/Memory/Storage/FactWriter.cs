using Memory.Database;
using Memory.Graph;
using Memory.Search;
using ModelContextProtocol;

namespace Memory.Storage;

/// <summary>Changes what is known about entities. Their facts lie in the order of their dates, the newest last.</summary>
internal sealed class FactWriter(Space space, SearchIndex index, ChangeLog log)
{
    private static readonly Insertion Rows = new("INSERT INTO observation (namespace, id, text, created, until)", columns: 4);

    private readonly WaitingRows rows = new(space, Rows);

    /// <summary>Everything stored about an entity, oldest first, also what is true no more.</summary>
    public List<Fact> Of(long entity)
    {
        Flush();
        var facts = new List<Fact>();
        using var stored = space.Read(
            "SELECT id, text, created, until FROM observation WHERE namespace = ?1 AND id BETWEEN ?2 AND ?3 ORDER BY id",
            TextId.FirstObservationOf(entity),
            TextId.LastObservationOf(entity)
        );
        while (stored.Read())
        {
            facts.Add(new(stored.Number(0), stored.Text(1), stored.Text(2), stored.IsNull(3) ? null : stored.Text(3)));
        }

        return facts;
    }

    /// <summary>Stores the facts of a new entity; those with a place of their own keep it.</summary>
    public void Create(long entity, string name, IEnumerable<LoggedFact> facts, string at)
    {
        var next = TextId.FirstObservationOf(entity);
        foreach (var fact in facts)
        {
            var id = fact.Id is { } former ? TextId.Of(entity, TextId.PlaceOf(former)) : next;
            RequireRoom(entity, name, id);
            Insert(entity, id, fact.Text, fact.At ?? at, fact.Until);
            next = id + 1;
        }
    }

    /// <summary>Stores what is new about an entity; what is known already becomes the newest.</summary>
    public (List<string> Added, List<string> Renewed) Add(long entity, string name, IEnumerable<string> texts, End end)
    {
        var stored = Of(entity);
        var given = texts.ToHashSet(StringComparer.Ordinal);
        var known = stored.FindAll(f => given.Contains(f.Text));
        var valid = known.FindAll(f => f.IsValid(log.Now));
        var added = given.Except(valid.Select(f => f.Text), StringComparer.Ordinal).ToList();
        if (AreNewest(valid, stored, end))
        {
            known.RemoveAll(valid.Contains);
            valid = [];
        }

        known.ForEach(f => Remove(entity, f));
        var renewed = valid.ConvertAll(f => f with { At = log.Now, Until = end.IsGiven ? end.Until : f.Until });
        Append(entity, name, stored, [.. renewed, .. added.Select(text => new Fact(0, text, log.Now, end.Until))]);
        if (valid.Count > 0)
        {
            log.Renewed(name, valid.ConvertAll(LoggedFact.Of), renewed.ConvertAll(f => LoggedFact.New(f.Text, f.Until)));
        }

        if (added.Count > 0)
        {
            log.Added(name, added.ConvertAll(text => LoggedFact.New(text, end.Until)));
        }

        return (added, valid.ConvertAll(f => f.Text));
    }

    /// <summary>Stores facts with the dates they have, each in its place if that is free, else in the order of the dates.</summary>
    /// <returns>Those that were not stored already.</returns>
    public List<Fact> Restore(long entity, string name, IReadOnlyCollection<Fact> facts)
    {
        var stored = Of(entity);
        // What is true takes the place of the same that was true once.
        var current = facts.Where(f => f.IsValid(log.Now)).Select(f => f.Text).ToHashSet(StringComparer.Ordinal);
        var over = stored.FindAll(f => !f.IsValid(log.Now) && current.Contains(f.Text));
        over.ForEach(f => Remove(entity, f));
        stored.RemoveAll(over.Contains);
        var texts = stored.Select(f => f.Text).ToHashSet(StringComparer.Ordinal);
        var missing = facts.Where(f => texts.Add(f.Text)).ToList();
        var places = stored.Select(f => f.Id).ToHashSet();
        if (missing.TrueForAll(f => f.Id > 0 && TextId.EntityOf(f.Id) == entity && places.Add(f.Id)))
        {
            missing.ForEach(f => Insert(entity, f));
        }
        else if (stored.Count == 0 || missing.TrueForAll(f => string.CompareOrdinal(f.At, stored[^1].At) >= 0))
        {
            Append(entity, name, stored, [.. missing.OrderBy(f => f.At, StringComparer.Ordinal)]);
        }
        else
        {
            stored.ForEach(f => Remove(entity, f));
            Append(entity, name, [], [.. stored.Concat(missing).OrderBy(f => f.At, StringComparer.Ordinal)]);
        }

        if (missing.Count > 0)
        {
            log.Added(name, missing.ConvertAll(f => LoggedFact.Of(f) with { Id = null }));
        }

        return missing;
    }

    /// <summary>Gives a fact that became the newest its place and dates back.</summary>
    /// <returns>Whether it is stored and its place is free.</returns>
    public bool PutBack(long entity, string name, Fact before)
    {
        if (
            Of(entity).Find(f => f.Text == before.Text) is not { } now
            || space.Scalar("SELECT 1 FROM observation WHERE namespace = ?1 AND id = ?2 AND id <> ?3", before.Id, now.Id) is not null
        )
        {
            return false;
        }

        Remove(entity, now);
        Insert(entity, before);
        log.Renewed(name, [LoggedFact.Of(now)], [LoggedFact.Of(before)]);
        return true;
    }

    /// <returns>The facts there were.</returns>
    public List<Fact> Delete(long entity, string name, IEnumerable<string> texts)
    {
        var unwanted = texts.ToHashSet(StringComparer.Ordinal);
        var deleted = Of(entity).FindAll(f => unwanted.Contains(f.Text));
        deleted.ForEach(f => Remove(entity, f));
        if (deleted.Count > 0)
        {
            log.Deleted(name, deleted.ConvertAll(LoggedFact.Of));
        }

        return deleted;
    }

    /// <summary>Deletes the facts of an entity that is deleted itself.</summary>
    /// <returns>The facts there were.</returns>
    public List<Fact> DeleteAll(long entity)
    {
        var facts = Of(entity);
        facts.ForEach(f => Remove(entity, f));
        return facts;
    }

    /// <summary>Stores what waits for that; it is stored before facts are read.</summary>
    public void Flush() => rows.Flush();

    private bool AreNewest(List<Fact> facts, List<Fact> stored, End end) =>
        facts.Count > 0
        && stored[^facts.Count].Id == facts[0].Id
        && facts.TrueForAll(f => (!end.IsGiven || f.Until == end.Until) && Moments.DayOf(f.At) == Moments.DayOf(log.Now));

    /// <summary>Puts facts behind those an entity had. Places that were freed long ago are taken again when there are no others left.</summary>
    private void Append(long entity, string name, List<Fact> had, List<Fact> facts)
    {
        var next = had.Count > 0 ? had[^1].Id + 1 : TextId.FirstObservationOf(entity);
        if (facts.Count > 0 && next + facts.Count - 1 > TextId.LastObservationOf(entity))
        {
            var left = Of(entity);
            left.ForEach(f => Remove(entity, f));
            facts = [.. left, .. facts];
            next = TextId.FirstObservationOf(entity);
        }

        foreach (var fact in facts)
        {
            RequireRoom(entity, name, next);
            Insert(entity, fact with { Id = next++ });
        }
    }

    private void Insert(long entity, Fact fact) => Insert(entity, fact.Id, fact.Text, fact.At, fact.Until);

    private void Insert(long entity, long id, string text, string at, string? until)
    {
        rows.Add(id, text, at, until);
        index.Add(entity, Field.Observation, text);
    }

    private void Remove(long entity, Fact fact)
    {
        space.Run("DELETE FROM observation WHERE namespace = ?1 AND id = ?2", fact.Id);
        index.Remove(entity, fact.Text);
    }

    private static void RequireRoom(long entity, string name, long id)
    {
        if (id > TextId.LastObservationOf(entity))
        {
            throw new McpException($"Entity with name {name} has no room for more observations: spread them over several entities.");
        }
    }
}
