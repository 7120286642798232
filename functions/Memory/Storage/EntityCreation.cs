using Memory.Graph;
using Memory.Search;

namespace Memory.Storage;

/// <summary>Creates entities and tells what a caller would want to know: which existed already, and which may be others under a near name.</summary>
internal static class EntityCreation
{
    /// <summary>In a call of more entities near names are not looked for: it is an import.</summary>
    private const int MostCompared = 20;

    private const int MostNamed = 20;

    public static CreatedEntities Run(GraphWriter graph, IReadOnlyList<Entity> entities)
    {
        var near = entities.Count > MostCompared ? [] : NearNames(graph, entities);
        var created = graph.CreateEntities(entities);
        var stored = created.ToDictionary(e => e.Name, e => e.Observations.ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        // A name that comes twice in one call exists the second time.
        List<string> existing =
        [
            .. entities
                .Where(e => !stored.TryGetValue(e.Name, out var facts) || !e.Observations.All(facts.Contains))
                .Select(e => e.Name)
                .Distinct(StringComparer.Ordinal),
        ];
        near.RemoveAll(n => !stored.ContainsKey(n.Name));
        return new(created, existing.Count > 0 ? existing : null, near.Count > 0 ? near : null);
    }

    /// <summary>What the text of the result says beyond the created entities.</summary>
    public static IEnumerable<string> NoticesOf(CreatedEntities result)
    {
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

    private static List<NearName> NearNames(GraphWriter graph, IReadOnlyList<Entity> entities)
    {
        var near = new List<NearName>();
        var names = entities.Select(e => e.Name).Where(name => !graph.Exists(name)).Distinct(StringComparer.Ordinal).ToList();
        for (var i = 0; i < names.Count; i++)
        {
            var name = names[i];
            var other = graph.NearestName(name) is { } stored && Nearness.IsSameName(name, stored) ? stored : null;
            if ((other ?? names.Take(i).FirstOrDefault(earlier => Nearness.IsSameName(name, earlier))) is { } similar)
            {
                near.Add(new(name, similar));
            }
        }

        return near;
    }
}
