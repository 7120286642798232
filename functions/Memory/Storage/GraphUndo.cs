using Memory.Graph;
using ModelContextProtocol;

namespace Memory.Storage;

/// <summary>Takes back what a call changed, last change first. It is a call of its own, logged, and can be undone itself.</summary>
internal sealed class GraphUndo(GraphWriter graph, GraphHistory history)
{
    private readonly List<string> reverted = [];
    private readonly List<string> skipped = [];

    /// <param name="call">The call, or null for the last one.</param>
    /// <exception cref="McpException">There is no such call.</exception>
    public Undone Run(long? call)
    {
        var number = call ?? history.LastCall() ?? throw new McpException("Nothing has been changed yet: there is nothing to undo.");
        var entries = history.OfCall(number);
        if (entries.Count == 0)
        {
            throw new McpException($"call={number} is not the number of a call that changed something: recent_changes lists them.");
        }

        foreach (var entry in entries)
        {
            Revert(entry);
        }

        return new(number, reverted, skipped);
    }

    private void Revert(GraphHistory.Entry entry)
    {
        switch (entry.Operation)
        {
            case "create_entity":
                RevertCreation(entry.Entity);
                break;
            case "delete_entity":
                Note(graph.CreateEntities([entry.Entity]).Count > 0, $"restored {entry.Subject}");
                break;
            case "create_relation":
                Note(graph.DeleteRelation(entry.Relation), $"deleted the relation {ToText(entry.Relation)}");
                break;
            case "delete_relation":
                Note(
                    graph.MissingEndOf(entry.Relation) is null && graph.CreateRelations([entry.Relation]).Count > 0,
                    $"restored the relation {ToText(entry.Relation)}"
                );
                break;
            case "add_observations":
                Note(
                    graph.DeleteObservations(entry.Subject, entry.TextsAfter).Count > 0,
                    $"deleted {entry.TextsAfter.Count} observations of {entry.Subject}"
                );
                break;
            case "delete_observations":
                Note(
                    graph.Exists(entry.Subject) && graph.AddObservations(entry.Subject, entry.TextsBefore).Count > 0,
                    $"restored {entry.TextsBefore.Count} observations of {entry.Subject}"
                );
                break;
            case "rename_entity":
                RevertRename(entry.TextsAfter[0], entry.TextsBefore[0]);
                break;
            case "set_entity_type":
                RevertType(entry.Subject, entry.TextsBefore[0]);
                break;
            default:
                break; // A fact that became the newest was there before.
        }
    }

    private void RevertCreation(Entity created)
    {
        var isUntouched =
            graph.Exists(created.Name)
            && graph.RelationsOf(created.Name).Count == 0
            && !graph.ObservationsOf(created.Name).Except(created.Observations, StringComparer.Ordinal).Any();
        Note(
            isUntouched && graph.DeleteEntity(created.Name),
            isUntouched ? $"deleted {created.Name}" : $"{created.Name} has got facts or relations since, or is gone: use delete_entities"
        );
    }

    private void RevertRename(string name, string before)
    {
        var isPossible = graph.Exists(name) && !graph.Exists(before);
        if (isPossible)
        {
            graph.Rename(name, before);
        }

        Note(isPossible, $"renamed {name} back to {before}");
    }

    private void RevertType(string name, string before)
    {
        var isPossible = graph.Exists(name);
        if (isPossible)
        {
            graph.SetType(name, before);
        }

        Note(isPossible, $"made {name} a {before} again");
    }

    private void Note(bool wasDone, string what) => (wasDone ? reverted : skipped).Add(what);

    private static string ToText(Relation relation) => $"{relation.From} {relation.RelationType} {relation.To}";
}
