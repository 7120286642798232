using Memory.Graph;
using Memory.Search;

namespace Memory.Storage;

/// <summary>Creates entities and tells what a caller would want to know: which existed already, and which may be others under a near name.</summary>
internal static class EntityCreation
{
    /// <summary>In a call of more entities near names are not looked for: it is an import.</summary>
    private const int MostCompared = 20;

    private const int MostNamed = 20;

    /// <param name="by">Who creates them, for the change log.</param>
    /// <exception cref="Database.StoreException">The memory cannot be written.</exception>
    public static async Task<CreatedEntities> RunAsync(
        MemoryStore store,
        string space,
        string by,
        IReadOnlyList<Entity> entities,
        CancellationToken cancellationToken
    )
    {
        var created = await store.WriteAsync(space, by, graph => graph.CreateEntities(entities), cancellationToken);
        List<string> names = created.Count > MostCompared ? [] : [.. created.Select(entity => entity.Name)];
        var near = await store.NearestNamesAsync(space, names, cancellationToken);
        var similar = new List<NearName>();
        for (var i = 0; i < names.Count; i++)
        {
            if (near[i] is { } other && Nearness.IsSameName(names[i], other))
            {
                similar.Add(new(names[i], other));
            }
        }

        var existing = ExistingOf(entities, created);
        return new(created, existing.Count > 0 ? existing : null, similar.Count > 0 ? similar : null);
    }

    /// <summary>The same with as many entities as an answer has room for; the others are counted.</summary>
    /// <param name="tokens">What an answer may have.</param>
    public static CreatedEntities Shown(CreatedEntities result, int tokens)
    {
        var fitting = AnswerCost.CountThatFit(result.Entities, MemoryJson.Readable.Entity, tokens);
        return fitting >= result.Entities.Count
            ? result
            : result with
            {
                Entities = [.. result.Entities.Take(fitting)],
                EntitiesOmitted = result.Entities.Count - fitting,
            };
    }

    /// <summary>What the text of the result says beyond the created entities.</summary>
    public static IEnumerable<string> NoticesOf(CreatedEntities result)
    {
        if (result.EntitiesOmitted is { } omitted)
        {
            yield return $"{omitted} more were created: they are not shown.";
        }

        if (result.Existing is { } existing)
        {
            var more = existing.Count > MostNamed ? $" and {existing.Count - MostNamed} more" : "";
            yield return $"Exists already, nothing was stored: {string.Join(", ", existing.Take(MostNamed))}{more}. Use add_observations to add facts.";
        }

        foreach (var (name, similarTo) in result.Similar ?? [])
        {
            yield return $"\"{name}\" was created beside \"{similarTo}\": if they are the same, call merge_entities.";
        }
    }

    /// <summary>Names of which something was not stored: they existed, or came before in the same call with other facts.</summary>
    private static List<string> ExistingOf(IReadOnlyList<Entity> entities, IReadOnlyList<Entity> created)
    {
        var left = new List<Entity>();
        var next = 0;
        foreach (var entity in entities)
        {
            if (next < created.Count && created[next].Name == entity.Name)
            {
                next++;
            }
            else
            {
                left.Add(entity);
            }
        }

        if (left.Count == 0)
        {
            return [];
        }

        var stored = created.ToDictionary(entity => entity.Name, StringComparer.Ordinal);
        return
        [
            .. left.Where(e => !stored.TryGetValue(e.Name, out var first) || e.Observations.Except(first.Observations).Any())
                .Select(e => e.Name)
                .Distinct(StringComparer.Ordinal),
        ];
    }
}
