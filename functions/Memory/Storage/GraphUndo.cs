using Memory.Graph;
using ModelContextProtocol;

namespace Memory.Storage;

/// <summary>Takes back what a call changed, last change first. It is a call of its own, logged, and can be undone itself.</summary>
internal sealed class GraphUndo(GraphWriter graph, GraphHistory history)
{
    private readonly List<string> reverted = [];
    private readonly List<string> skipped = [];

    /// <summary>What was renamed since the call, oldest first.</summary>
    private List<(string From, string To)> renamings = [];

    /// <summary>What the call deleted, which nothing renames.</summary>
    private HashSet<string> deletions = [];

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

        renamings = [.. history.RenamingsAfter(entries[0].Seq).Select(entry => (entry.FactsBefore[0].Text, entry.FactsAfter[0].Text))];
        deletions = [.. entries.Where(entry => entry.Operation == "delete_entity").Select(entry => entry.Subject)];
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
        var name = NowOf(entry.Subject);
        switch (entry.Operation)
        {
            case "create_entity":
                RevertCreation(name, entry.Entity.Observations);
                break;
            case "delete_entity":
                Note(graph.CreateEntity(ToEntity(entry.Entity, entry.At)), $"restored {entry.Subject}", "the name is in use again");
                break;
            case "create_relation":
                var relation = NowOf(entry.Relation);
                Note(graph.DeleteRelation(relation.ToRelation()), $"deleted the relation {ToText(relation)}", "it is gone");
                break;
            case "delete_relation":
                var former = NowOf(entry.Relation);
                Note(graph.RestoreRelation(former), $"restored the relation {ToText(former)}", "it is there, or one of its ends is not");
                break;
            case "add_observations":
                RevertAddition(name, entry);
                break;
            case "delete_observations":
                RevertDeletion(name, entry);
                break;
            case "renew_observations":
                // In their order, so that each finds its place free.
                foreach (var fact in entry.FactsBefore.Where(f => f.Id is not null))
                {
                    Note(
                        graph.PutBack(name, ToFact(fact, entry.At)),
                        $"put back in its place: {name}: {fact.Text}",
                        "it is gone, or its place is taken"
                    );
                }

                break;
            case "rename_entity":
                RevertRename(entry.FactsAfter[0].Text, entry.FactsBefore[0].Text);
                break;
            case "set_entity_type":
                RevertType(name, entry.FactsBefore[0].Text, entry.FactsAfter[0].Text);
                break;
            default:
                throw new InvalidOperationException($"The change log holds an operation '{entry.Operation}' that no release has written.");
        }
    }

    /// <summary>What an entity is called that was called so when the call was made: another may have its name by now.</summary>
    private string NowOf(string name) =>
        deletions.Contains(name) ? name : renamings.Aggregate(name, (now, renaming) => renaming.From == now ? renaming.To : now);

    private LoggedRelation NowOf(LoggedRelation relation) => relation with { From = NowOf(relation.From), To = NowOf(relation.To) };

    private void RevertCreation(string name, IReadOnlyList<LoggedFact> observations)
    {
        var isUntouched =
            graph.Exists(name)
            && graph.RelationsOf(name).Count == 0
            && !graph.FactsOf(name).Select(f => f.Text).Except(observations.Select(f => f.Text), StringComparer.Ordinal).Any();
        Note(
            isUntouched && graph.DeleteEntity(name),
            $"deleted {name}",
            "it has got facts or relations since, or is gone: use delete_entities"
        );
    }

    private void RevertAddition(string name, GraphHistory.Entry entry)
    {
        var deleted = graph
            .DeleteObservations(name, entry.FactsAfter.Select(f => f.Text))
            .Select(f => f.Text)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var fact in entry.FactsAfter)
        {
            Note(deleted.Contains(fact.Text), $"deleted: {name}: {fact.Text}", "it is gone");
        }
    }

    private void RevertDeletion(string name, GraphHistory.Entry entry)
    {
        var restored = graph.Exists(name)
            ? graph
                .RestoreFacts(name, entry.FactsBefore.Select(f => ToFact(f, entry.At)))
                .Select(f => f.Text)
                .ToHashSet(StringComparer.Ordinal)
            : [];
        foreach (var fact in entry.FactsBefore)
        {
            Note(restored.Contains(fact.Text), $"restored: {name}: {fact.Text}", "it is there again, or the entity is gone");
        }
    }

    private void RevertRename(string name, string before)
    {
        var now = NowOf(name);
        var isPossible = now == name && graph.Exists(name) && !graph.Exists(before);
        if (isPossible)
        {
            graph.Rename(name, before);
        }

        Note(
            isPossible,
            $"renamed {name} back to {before}",
            now == name ? $"{name} is gone, or {before} is in use again" : $"it is called {now} by now: use rename_entity"
        );
    }

    private void RevertType(string name, string before, string after)
    {
        var isPossible = graph.TypeOf(name) == after;
        if (isPossible)
        {
            graph.SetType(name, before);
        }

        Note(
            isPossible,
            before.Length == 0 ? $"took the type of {name} away again" : $"made {name} a {before} again",
            "it is gone, or another type by now: use set_entity_type"
        );
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
