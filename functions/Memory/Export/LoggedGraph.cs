using Memory.Graph;
using Memory.Storage;

namespace Memory.Export;

/// <summary>What should be stored by the change log: all of it, one change after the other, from the first day.</summary>
internal sealed class LoggedGraph
{
    private readonly Dictionary<string, LoggedEntity> entities = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, Fact>> facts = new(StringComparer.Ordinal);
    private readonly Dictionary<Relation, string> relations = [];

    /// <summary>The entities without their facts.</summary>
    public IReadOnlyDictionary<string, LoggedEntity> Entities => entities;

    /// <summary>The relations, each with the moment at which it was created.</summary>
    public IReadOnlyDictionary<Relation, string> Relations => relations;

    /// <summary>The facts of an entity by their texts.</summary>
    public IReadOnlyDictionary<string, Fact> FactsOf(string entity) => facts[entity];

    /// <param name="last">The number of the last change, as far as it is known; else 0.</param>
    /// <returns>Null where changes are missing.</returns>
    public static LoggedGraph? Read(GraphHistory history, long last)
    {
        var graph = new LoggedGraph();
        var number = 0L;
        foreach (var entry in history.After(0))
        {
            if (entry.Seq != ++number || !graph.Apply(entry))
            {
                return null;
            }
        }

        return number >= last ? graph : null;
    }

    /// <returns>False where the change is of something that is not there.</returns>
    private bool Apply(GraphHistory.Entry entry)
    {
        switch (entry.Operation)
        {
            case "create_entity":
                var created = entry.Entity;
                entities[created.Name] = created with { Created = created.Created ?? entry.At };
                facts[created.Name] = [];
                Add(created.Name, created.Observations, created.Created ?? entry.At);
                return true;
            case "delete_entity":
                return entities.Remove(entry.Subject) && facts.Remove(entry.Subject);
            case "create_relation":
                relations[entry.Relation.ToRelation()] = entry.At;
                return true;
            case "delete_relation":
                return relations.Remove(entry.Relation.ToRelation());
            case "rename_entity":
                return Rename(entry.FactsBefore[0].Text, entry.Subject);
            case "set_entity_type" when entities.TryGetValue(entry.Subject, out var entity):
                entities[entry.Subject] = entity with { EntityType = entry.FactsAfter[0].Text };
                return true;
            case "add_observations" or "delete_observations" or "renew_observations" when entities.ContainsKey(entry.Subject):
                foreach (var fact in entry.FactsBefore)
                {
                    facts[entry.Subject].Remove(fact.Text);
                }

                Add(entry.Subject, entry.FactsAfter, entry.At);
                return true;
            default:
                return false;
        }
    }

    private void Add(string entity, IReadOnlyList<LoggedFact> added, string at)
    {
        foreach (var fact in added)
        {
            facts[entity][fact.Text] = new(0, fact.Text, fact.At ?? at, fact.Until);
        }
    }

    private bool Rename(string from, string to)
    {
        if (!entities.Remove(from, out var entity) || !facts.Remove(from, out var itsFacts))
        {
            return false;
        }

        entities[to] = entity with { Name = to };
        facts[to] = itsFacts;
        foreach (var (relation, at) in relations.Where(pair => pair.Key.From == from || pair.Key.To == from).ToList())
        {
            relations.Remove(relation);
            relations[relation with { From = relation.From == from ? to : relation.From, To = relation.To == from ? to : relation.To }] =
                at;
        }

        return true;
    }
}
