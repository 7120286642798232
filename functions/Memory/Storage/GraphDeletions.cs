using Memory.Graph;
using ModelContextProtocol;

namespace Memory.Storage;

/// <summary>Deletes what a caller names, and tells what was not there and what may have been meant.</summary>
internal sealed class GraphDeletions(GraphWriter graph)
{
    /// <summary>Forgets entities and every relation that touches them.</summary>
    public DeletionReport DeleteEntities(IReadOnlyList<string> names)
    {
        var report = new DeletionReport("entities", "Entities");
        foreach (var name in names.Distinct(StringComparer.Ordinal))
        {
            report.AddName(graph.DeleteEntity(name), name, name);
        }

        return report;
    }

    /// <summary>Forgets some of what is known about entities. What is named twice counts once.</summary>
    public DeletionReport DeleteObservations(IEnumerable<ObservationDeletion> deletions)
    {
        var report = new DeletionReport("observations", "Observations");
        foreach (var ofEntity in deletions.GroupBy(deletion => deletion.EntityName, StringComparer.Ordinal))
        {
            var name = ofEntity.Key;
            var texts = ofEntity.SelectMany(deletion => deletion.Observations).Distinct(StringComparer.Ordinal).ToList();
            var isKnown = graph.Exists(name);
            List<string> stored = [.. graph.FactsOf(name).Select(fact => fact.Text)];
            var meant = texts.ToDictionary(text => text, text => MeantBy(text, name, stored), StringComparer.Ordinal);
            var deleted = graph.DeleteObservations(name, meant.Values).Select(f => f.Text).ToHashSet(StringComparer.Ordinal);
            foreach (var text in texts)
            {
                if (isKnown)
                {
                    report.Add(deleted.Contains(meant[text]), $"{name}: {text}", () => Quotation.Nearest(text, graph.ObservationsOf(name)));
                }
                else
                {
                    report.AddName(wasDeleted: false, $"{name}: {text}", name);
                }
            }
        }

        return report;
    }

    /// <summary>Forgets relations.</summary>
    public DeletionReport DeleteRelations(IEnumerable<Relation> relations)
    {
        var report = new DeletionReport("relations", "Relations");
        foreach (var relation in relations.Distinct())
        {
            report.Add(graph.DeleteRelation(relation), ToText(relation), () => NearestRelation(relation));
        }

        return report;
    }

    /// <summary>The stored text that a quotation names, or the given text.</summary>
    private static string MeantBy(string text, string name, List<string> stored) =>
        Quotation.Find(text, stored) switch
        {
            [var only] => only,
            [] => text,
            var several => throw new McpException(
                $"'{Quotation.Of(text, [])}' begins {several.Count} observations of {name}: give the whole text of one, from open_nodes. "
                    + "Nothing was deleted."
            ),
        };

    private string? NearestRelation(Relation relation) =>
        graph
            .RelationsOf(relation.From)
            .Concat(graph.RelationsOf(relation.To))
            .Where(r => (r.From == relation.From && r.To == relation.To) || (r.From == relation.To && r.To == relation.From))
            .Select(ToText)
            .FirstOrDefault();

    private static string ToText(Relation relation) => $"{relation.From} {relation.RelationType} {relation.To}";
}
