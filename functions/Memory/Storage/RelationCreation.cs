using Memory.Graph;
using Memory.Search;

namespace Memory.Storage;

/// <summary>Creates relations and tells which exist already under nearly the same type.</summary>
internal static class RelationCreation
{
    /// <summary>In a call of more relations near ones are not looked for: it is an import.</summary>
    private const int MostCompared = 20;

    public static CreatedRelations Run(GraphWriter graph, IReadOnlyList<Relation> relations)
    {
        var created = graph.CreateRelations(relations);
        List<Relation> similar = created.Count > MostCompared ? [] : [.. created.SelectMany(c => NearOf(graph, c)).Distinct()];
        var existing = relations.Distinct().Count() - created.Count;
        return new(created, similar.Count > 0 ? similar : null, Existing: existing > 0 ? existing : null);
    }

    /// <summary>The same with as many relations as an answer has room for; the others are counted.</summary>
    /// <param name="tokens">What an answer may have.</param>
    public static CreatedRelations Shown(CreatedRelations result, int tokens)
    {
        var fitting = AnswerCost.CountThatFit(result.Relations, MemoryJson.Readable.Relation, tokens);
        return fitting >= result.Relations.Count
            ? result
            : result with
            {
                Relations = [.. result.Relations.Take(fitting)],
                RelationsOmitted = result.Relations.Count - fitting,
            };
    }

    private static IEnumerable<Relation> NearOf(GraphWriter graph, Relation created) =>
        graph
            .RelationsOf(created.From)
            .Where(r => r != created && r.From == created.From && r.To == created.To)
            .Where(r => Nearness.IsSameName(r.RelationType, created.RelationType));
}
