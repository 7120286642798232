using Memory.Graph;
using ModelContextProtocol;

namespace Memory.Storage;

/// <summary>Corrections that consist of several changes: all of them are logged one by one, so that each can be undone.</summary>
internal sealed class GraphCorrections(GraphWriter graph)
{
    /// <summary>Puts facts in the place of others, as the newest. The end of one stays that of what replaces it, unless another is given.</summary>
    /// <returns>What was replaced, as it was stored, with the end there is now.</returns>
    /// <exception cref="McpException">A fact is not found, or not one alone: nothing is stored.</exception>
    public IReadOnlyList<ObservationUpdate> Update(IReadOnlyList<ObservationUpdate> updates)
    {
        var done = new List<ObservationUpdate>();
        for (var i = 0; i < updates.Count; i++)
        {
            var update = updates[i];
            var old = FindStored(update, i);
            var end = Moments.ValidUntil(update.ValidUntil, $"updates[{i}].validUntil", graph.Now);
            var former = graph.DeleteObservations(update.EntityName, [old])[0].Until;
            graph.AddObservations(update.EntityName, [update.NewObservation], end.IsGiven ? end : end with { Until = former });
            var until = graph.FactsOf(update.EntityName).First(fact => fact.Text == update.NewObservation).Until;
            done.Add(update with { OldObservation = old, ValidUntil = until is null ? null : Moments.LastBefore(until) });
        }

        return done;
    }

    /// <summary>Gives an entity another name.</summary>
    /// <exception cref="McpException">There is no such entity, or the new name is taken.</exception>
    public void Rename(string from, string to)
    {
        Require(from);
        if (from == to)
        {
            throw new McpException($"from and to are the same name, {from}: nothing was changed.");
        }

        if (graph.Exists(to))
        {
            throw new McpException(
                $"An entity with name {to} exists already: use merge_entities with from=[\"{from}\"] and into=\"{to}\". Nothing was changed."
            );
        }

        graph.Rename(from, to);
    }

    /// <summary>Makes one entity of several: the facts and relations of all, under the name and type of one.</summary>
    /// <returns>The names that were merged away, and how many relations between them went.</returns>
    /// <exception cref="McpException">One does not exist, or none is another than the one that stays: nothing is changed.</exception>
    public (IReadOnlyList<string> Names, int RelationsGone) Merge(IReadOnlyList<string> from, string into)
    {
        Require(into);
        var others = from.Where(name => name != into).Distinct(StringComparer.Ordinal).ToList();
        if (others.Count == 0)
        {
            throw new McpException(
                $"from names no entity besides into ({into}): name those that are to be merged into it. Nothing was changed."
            );
        }

        var gone = 0;
        foreach (var name in others)
        {
            Require(name);
            var facts = graph.FactsOf(name);
            var relations = graph.StoredRelationsOf(name);
            graph.DeleteEntity(name);
            graph.DeleteObservations(into, ThoseThatEndEarlier(graph.FactsOf(into), facts));
            graph.RestoreFacts(into, facts.Select(f => f with { Id = 0 }));
            foreach (var relation in relations)
            {
                var moved = relation with
                {
                    From = relation.From == name ? into : relation.From,
                    To = relation.To == name ? into : relation.To,
                    Id = null,
                };
                // What related the two says nothing about one.
                if (moved.From == moved.To && relation.From != relation.To)
                {
                    gone++;
                }
                else
                {
                    graph.RestoreRelation(moved);
                }
            }
        }

        return (others, gone);
    }

    /// <summary>The texts that both hold, and that would end with one although the other goes on.</summary>
    private static IEnumerable<string> ThoseThatEndEarlier(IReadOnlyList<Fact> those, IReadOnlyList<Fact> others)
    {
        var ends = others.ToDictionary(fact => fact.Text, fact => fact.Until, StringComparer.Ordinal);
        return those
            .Where(fact =>
                fact.Until is { } end
                && ends.TryGetValue(fact.Text, out var other)
                && (other is null || string.CompareOrdinal(end, other) < 0)
            )
            .Select(fact => fact.Text);
    }

    /// <returns>False when that is its type already.</returns>
    /// <exception cref="McpException">There is no such entity.</exception>
    public bool SetType(string name, string type)
    {
        Require(name);
        if (graph.TypeOf(name) == type)
        {
            return false;
        }

        graph.SetType(name, type);
        return true;
    }

    private void Require(string name)
    {
        if (!graph.Exists(name))
        {
            throw new MissingEntityException(name);
        }
    }

    private string FindStored(ObservationUpdate update, int index)
    {
        Require(update.EntityName);
        var stored = graph.ObservationsOf(update.EntityName);
        var found = Quotation.Find(update.OldObservation, stored);
        if (found.Count == 0 && update.OldObservation.Length > 0)
        {
            found = [.. stored.Where(o => o.StartsWith(update.OldObservation, StringComparison.Ordinal))];
        }

        return found switch
        {
            [var only] => only,
            [] => throw new McpException(
                $"updates[{index}].oldObservation: {NotFound.Of(update.OldObservation, Quotation.Nearest(update.OldObservation, stored))} "
                    + $"is not stored about {update.EntityName}. Nothing was changed."
            ),
            _ => throw new McpException(
                $"updates[{index}].oldObservation='{Quotation.Of(update.OldObservation, [])}' begins {found.Count} observations of "
                    + $"{update.EntityName}: give it whole. Nothing was changed."
            ),
        };
    }
}
