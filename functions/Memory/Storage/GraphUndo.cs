using Memory.Graph;
using ModelContextProtocol;

namespace Memory.Storage;

/// <summary>Takes back what a call changed, last change first. It is a call of its own, logged, and can be undone itself.</summary>
internal sealed class GraphUndo(GraphWriter graph, GraphHistory history)
{
    private readonly List<string> reverted = [];
    private readonly List<string> skipped = [];

    /// <summary>Takes back the last call, if it was the caller's own.</summary>
    /// <exception cref="McpException">It was somebody else's, or there is none.</exception>
    public Undone RunLast(string by) => Run(LastOf(by));

    /// <exception cref="McpException">There is no such call.</exception>
    public Undone Run(long call)
    {
        var entries = history.OfCall(call);
        if (entries.Count == 0)
        {
            throw new McpException($"call={call} is not the number of a call that changed something: recent_changes lists them.");
        }

        foreach (var entry in entries)
        {
            Revert(entry);
        }

        return new(call, reverted, skipped);
    }

    /// <summary>Who does not say which call means what they did themselves, and may not know that somebody else has changed something since.</summary>
    private long LastOf(string by)
    {
        var last =
            history.Recent(long.MaxValue, null, null).FirstOrDefault()
            ?? throw new McpException("Nothing has been changed yet: there is nothing to undo.");
        return last.By == by
            ? last.Call
            : throw new McpException(
                $"The last change ({last.Operation}, {last.Subject}) is by '{last.By}' and not by you: give call={last.Call} to take it back, or the "
                    + "number of another call, from recent_changes. Nothing was changed."
            );
    }

    private void Revert(GraphHistory.Entry entry)
    {
        switch (entry.Operation)
        {
            case "create_entity":
                RevertCreation(entry.Entity);
                break;
            case "delete_entity":
                Note(graph.CreateEntity(ToEntity(entry.Entity, entry.At)), $"restored {entry.Subject}", "the name is in use again");
                break;
            case "create_relation":
                Note(graph.DeleteRelation(entry.Relation.ToRelation()), $"deleted the relation {ToText(entry.Relation)}", "it is gone");
                break;
            case "delete_relation":
                Note(
                    graph.RestoreRelation(entry.Relation),
                    $"restored the relation {ToText(entry.Relation)}",
                    "it is there, or one of its ends is not"
                );
                break;
            case "add_observations":
                RevertAddition(entry);
                break;
            case "delete_observations":
                RevertDeletion(entry);
                break;
            case "renew_observations":
                // In their order, so that each finds its place free.
                foreach (var fact in entry.FactsBefore.Where(f => f.Id is not null))
                {
                    Note(
                        graph.PutBack(entry.Subject, ToFact(fact, entry.At)),
                        $"put back in its place: {entry.Subject}: {fact.Text}",
                        "it is gone, or its place is taken"
                    );
                }

                break;
            case "rename_entity":
                RevertRename(entry.FactsAfter[0].Text, entry.FactsBefore[0].Text);
                break;
            case "set_entity_type":
                RevertType(entry.Subject, entry.FactsBefore[0].Text);
                break;
            default:
                throw new InvalidOperationException($"The change log holds an operation '{entry.Operation}' that no release has written.");
        }
    }

    private void RevertCreation(LoggedEntity created)
    {
        var isUntouched =
            graph.Exists(created.Name)
            && graph.RelationsOf(created.Name).Count == 0
            && !graph
                .FactsOf(created.Name)
                .Select(f => f.Text)
                .Except(created.Observations.Select(f => f.Text), StringComparer.Ordinal)
                .Any();
        Note(
            isUntouched && graph.DeleteEntity(created.Name),
            $"deleted {created.Name}",
            "it has got facts or relations since, or is gone: use delete_entities"
        );
    }

    private void RevertAddition(GraphHistory.Entry entry)
    {
        var deleted = graph
            .DeleteObservations(entry.Subject, entry.FactsAfter.Select(f => f.Text))
            .Select(f => f.Text)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var fact in entry.FactsAfter)
        {
            Note(deleted.Contains(fact.Text), $"deleted: {entry.Subject}: {fact.Text}", "it is gone");
        }
    }

    private void RevertDeletion(GraphHistory.Entry entry)
    {
        var restored = graph.Exists(entry.Subject)
            ? graph
                .RestoreFacts(entry.Subject, entry.FactsBefore.Select(f => ToFact(f, entry.At)))
                .Select(f => f.Text)
                .ToHashSet(StringComparer.Ordinal)
            : [];
        foreach (var fact in entry.FactsBefore)
        {
            Note(restored.Contains(fact.Text), $"restored: {entry.Subject}: {fact.Text}", "it is there again, or the entity is gone");
        }
    }

    private void RevertRename(string name, string before)
    {
        var isPossible = graph.Exists(name) && !graph.Exists(before);
        if (isPossible)
        {
            graph.Rename(name, before);
        }

        Note(isPossible, $"renamed {name} back to {before}", $"{name} is gone, or {before} is in use again");
    }

    private void RevertType(string name, string before)
    {
        var isPossible = graph.Exists(name);
        if (isPossible)
        {
            graph.SetType(name, before);
        }

        Note(isPossible, $"made {name} a {before} again", "it is gone");
    }

    private void Note(bool wasDone, string what, string whyNot)
    {
        if (wasDone)
        {
            reverted.Add(what);
        }
        else
        {
            skipped.Add($"not {what}: {whyNot}");
        }
    }

    /// <summary>The first release logged no dates: what was deleted then was known that day at the latest.</summary>
    private static LoggedEntity ToEntity(LoggedEntity entity, string at) => entity with { Created = entity.Created ?? at };

    private static Fact ToFact(LoggedFact fact, string at) => new(fact.Id ?? 0, fact.Text, fact.At ?? at, fact.Until);

    private static string ToText(LoggedRelation relation) => $"{relation.From} {relation.RelationType} {relation.To}";
}
