using Memory.Database;
using Memory.Graph;

namespace Memory.Storage;

/// <summary>
/// Cuts a result into pages of a budget in tokens. An entity is followed by those of its relations that no entity before it
/// has brought, so that over all pages every entity and every relation comes once. Only what alone exceeds a page is
/// divided: an entity's observations over several pages, a single observation by a cut that says so.
/// </summary>
/// <param name="whole">Whether the answer is the whole graph: then relations without any existing end follow the last entity.</param>
internal sealed class GraphPager(GraphReader graph, IReadOnlyList<long> answer, int budget, int limit = int.MaxValue, bool whole = false)
{
    private readonly List<StoredEntity> entities = [];
    private readonly List<StoredRelation> relations = [];
    private Dictionary<long, int>? places;
    private int room = budget - AnswerCost.Frame;

    /// <param name="question">What was asked, to which alone the cursor belongs.</param>
    public GraphPage Read(Cursor from, string question)
    {
        var next = ReadEntities(from, out var continues);
        if (next is null && whole)
        {
            next = AddRelations(graph.LooseRelations(from.Index == answer.Count ? from.Relation : -1), new(answer.Count, 0));
        }

        return new GraphPage(
            entities,
            [.. relations.OrderBy(r => r.Id).Select(r => r.Relation)],
            answer.Count,
            next is not null,
            next?.ToText(question),
            continues
        );
    }

    private Cursor? ReadEntities(Cursor from, out string? continues)
    {
        continues = null;
        var index = IndexOf(from);
        foreach (var (entity, facts, touching) in graph.Read(answer, index))
        {
            var here = new Cursor(index, answer[index]);
            var resumed = from.Entity == here.Entity ? from : here;
            if (resumed.Relation < 0 && entities.Count == limit)
            {
                return here;
            }

            if (resumed.Relation < 0 && AddEntity(entity, facts, resumed) is { } rest)
            {
                continues = rest.Observation > 0 ? entity.Name : null;
                return rest;
            }

            var unseen = (resumed.Relation < 0 ? touching : graph.RelationsOf(entity.Name, resumed.Relation)).Where(r =>
                PlaceOf(r.Source) >= here.Index && PlaceOf(r.Target) >= here.Index
            );
            if (AddRelations(unseen, here) is { } more)
            {
                return more;
            }

            index++;
        }

        return null;
    }

    private bool PageIsEmpty => entities.Count == 0 && relations.Count == 0;

    /// <summary>All facts in their order where they fit; else as many as do, the newest first.</summary>
    /// <returns>Null when all of the entity is on the page, else where the next page begins.</returns>
    private Cursor? AddEntity(StoredEntity entity, IReadOnlyList<Fact> facts, Cursor here)
    {
        if (here.Observation == 0 && Fits(Shown(entity, facts)))
        {
            return null;
        }

        if (!PageIsEmpty)
        {
            return here;
        }

        // The page says the name once more: that the entity continues.
        room -= AnswerCost.Of(entity.Name);
        var next = facts.Reverse().SkipWhile(f => here.Observation > 0 && f.Id >= here.Observation).ToList();
        var taken = next.GetRange(0, AnswerCost.CountThatFit(count => Shown(entity, next.GetRange(0, count)), next.Count, room));
        if (taken.Count == 0 && next is [var large, ..])
        {
            var left = room - AnswerCost.Of(Shown(entity, [large with { Text = "" }]));
            taken.Add(large with { Text = AnswerCost.Cut(large.Text, left, "export_graph gives them") });
        }

        var part = Shown(entity, taken);
        entities.Add(part);
        room -= AnswerCost.Of(part);
        return taken.Count < next.Count ? here with { Observation = taken[^1].Id } : null;
    }

    /// <summary>Takes an entity onto the page, if there is room for all of it.</summary>
    private bool Fits(StoredEntity entity)
    {
        var cost = AnswerCost.Of(entity);
        if (cost > room)
        {
            return false;
        }

        entities.Add(entity);
        room -= cost;
        return true;
    }

    /// <summary>An entity with facts, as it is sent.</summary>
    private StoredEntity Shown(StoredEntity entity, IReadOnlyList<Fact> facts) => whole ? entity.With(facts).Dated() : entity.With(facts);

    private Cursor? AddRelations(IEnumerable<StoredRelation> found, Cursor here)
    {
        var last = 0L;
        foreach (var relation in found)
        {
            var cost = AnswerCost.Of(relation.Relation);
            if (cost > room && !PageIsEmpty)
            {
                return here with { Relation = last };
            }

            relations.Add(relation);
            room -= cost;
            last = relation.Id;
        }

        return null;
    }

    /// <summary>The place of an entity in the result; one that is not in it never comes earlier than another.</summary>
    private int PlaceOf(long? entity)
    {
        places ??= PlacesOf(answer);
        return entity is { } id && places.TryGetValue(id, out var place) ? place : int.MaxValue;
    }

    private static Dictionary<long, int> PlacesOf(IReadOnlyList<long> answer)
    {
        var places = new Dictionary<long, int>(answer.Count);
        for (var place = 0; place < answer.Count; place++)
        {
            places.Add(answer[place], place);
        }

        return places;
    }

    private int IndexOf(Cursor from)
    {
        if (from.Entity == 0 || (from.Index < answer.Count && answer[from.Index] == from.Entity))
        {
            return from.Index;
        }

        // The graph has changed since the last page.
        for (var i = 0; i < answer.Count; i++)
        {
            if (answer[i] == from.Entity)
            {
                return i;
            }
        }

        return Math.Min(from.Index, answer.Count);
    }
}
