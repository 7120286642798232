using System.Text;
using Memory.Database;
using Memory.Graph;
using Memory.Search;

namespace Memory.Storage;

/// <summary>
/// Cuts what a search found into pages. An entity comes with the facts that matched, best first, then its newest ones, and
/// with some of its relations; what is left out is counted, and open_nodes gives it.
/// </summary>
internal sealed class SearchPager(GraphReader graph, string question, int budget, int limit)
{
    private const int MostFacts = 20;
    private const int MostFactBytes = 2_048;
    private const int LongestFact = 1_000;
    private const int TokensOfLongFact = 300;

    private const int MostRelations = 20;

    private readonly GraphSearch search = new(graph.Space);
    private readonly List<StoredEntity> entities = [];
    private readonly List<StoredRelation> relations = [];
    private readonly HashSet<long> shown = [];
    private long restFrom;
    private int room = budget - AnswerCost.Frame;

    public GraphPage Read(Cursor from, string cursorQuestion, IReadOnlySet<long>? allowed)
    {
        var result = search.Find(question, allowed);
        var next = ReadRanked(result, from) ?? ReadRest(result, from, allowed);
        return new(
            entities,
            [.. relations.OrderBy(r => r.Id).Select(r => r.Relation)],
            result.HasMore ? TotalOf(allowed) : result.Ranked.Count,
            next is not null,
            next?.ToText(cursorQuestion),
            Matched: entities.Count == 0 ? null : result.Matched,
            Hint: entities.Count > 0 ? null : HintFor(from, allowed)
        );
    }

    /// <summary>How many entities there are where all of them are the answer; else unknown, since counting would read them all.</summary>
    private int? TotalOf(IReadOnlySet<long>? allowed) =>
        question.Length > 0 ? null : allowed?.Count ?? (int)(long)graph.Space.Scalar("SELECT count(*) FROM entity WHERE namespace = ?1")!;

    private string HintFor(Cursor from, IReadOnlySet<long>? allowed) =>
        from != Cursor.Start ? "No more is found."
        : graph.Space.Scalar("SELECT 1 FROM entity WHERE namespace = ?1 LIMIT 1") is null ? "The memory is empty."
        : allowed is { Count: 0 } ? "No entity passes the filters (types, since, until, relation), whatever the query: leave them out."
        : allowed is not null
            ? "Nothing found among the entities that pass the filters: leave out types, since, until or relation, or try another word."
        : "Nothing found. Try one telling word, a name, a synonym or another language; read_graph lists what there is.";

    private Cursor? ReadRanked(SearchResult result, Cursor from)
    {
        if (IsRest(from))
        {
            return null;
        }

        var start = IndexOf(from, result.Ranked);
        shown.UnionWith(result.Ranked.Take(start).Select(f => f.Entity));
        var next = start;
        foreach (var (entity, facts, touching) in graph.Read([.. result.Ranked.Select(f => f.Entity)], start))
        {
            if (!Add(result.Ranked[next].Entity, entity, facts, touching, result.Ranked[next].Facts))
            {
                return new(next, result.Ranked[next].Entity);
            }

            next++;
        }

        return null;
    }

    private Cursor? ReadRest(SearchResult result, Cursor from, IReadOnlySet<long>? allowed)
    {
        if (!result.HasMore)
        {
            return null;
        }

        var ranked = result.Ranked.Select(f => f.Entity).ToHashSet();
        shown.UnionWith(ranked);
        restFrom = IsRest(from) ? from.Entity : 0;
        foreach (var entity in search.Rest(question, restFrom))
        {
            if (!ranked.Contains(entity) && allowed?.Contains(entity) != false && !Add(entity))
            {
                return new(result.Ranked.Count, entity, Relation: 0);
            }
        }

        return null;
    }

    /// <summary>Whether a page begins behind the ranked entities.</summary>
    private static bool IsRest(Cursor from) => from.Relation >= 0;

    private static int IndexOf(Cursor from, IReadOnlyList<Found> ranked)
    {
        if (from.Entity == 0 || (from.Index < ranked.Count && ranked[from.Index].Entity == from.Entity))
        {
            return from.Index;
        }

        // The graph has changed since the last page.
        for (var i = 0; i < ranked.Count; i++)
        {
            if (ranked[i].Entity == from.Entity)
            {
                return i;
            }
        }

        return Math.Min(from.Index, ranked.Count);
    }

    private bool Add(long id)
    {
        var (entity, facts, touching) = graph.Read([id], 0).Single();
        return Add(id, entity, facts, touching, []);
    }

    /// <returns>False when the page is full.</returns>
    private bool Add(
        long id,
        StoredEntity head,
        IReadOnlyList<Fact> stored,
        IEnumerable<StoredRelation> touching,
        IReadOnlyList<long> matching
    )
    {
        if (entities.Count == limit)
        {
            return false;
        }

        var facts = Order(stored, matching);
        var taken = Shorten(facts.Chosen);
        var (found, omitted) = Choose(touching, id);
        var room = this.room - AnswerCost.Of(Shown(taken.Count));
        if (room < 0)
        {
            if (entities.Count > 0)
            {
                return false;
            }

            var fitting = AnswerCost.CountThatFit(Shown, taken.Count, this.room);
            taken.RemoveRange(fitting, taken.Count - fitting);
            room = this.room - AnswerCost.Of(Shown(fitting));
        }

        var relationsBefore = relations.Count;
        foreach (var relation in found)
        {
            var cost = AnswerCost.Of(relation.Relation);
            if (cost > room)
            {
                if (entities.Count > 0)
                {
                    relations.RemoveRange(relationsBefore, relations.Count - relationsBefore);
                    return false;
                }

                omitted += found.Count - (relations.Count - relationsBefore);
                break;
            }

            relations.Add(relation);
            room -= cost;
        }

        this.room = room;
        shown.Add(id);
        entities.Add(Shown(taken.Count));
        return true;

        // As it is sent.
        StoredEntity Shown(int count) =>
            head.With(taken.GetRange(0, count)) with
            {
                ObservationsOmitted = facts.Count > count ? facts.Count - count : null,
                RelationsOmitted = omitted > 0 ? omitted : null,
            };
    }

    /// <summary>As many facts as an answer shows of one entity, long ones cut.</summary>
    private static List<Fact> Shorten(IEnumerable<Fact> facts)
    {
        var taken = new List<Fact>();
        var bytes = 0;
        foreach (var fact in facts.Take(MostFacts))
        {
            var shown =
                fact.Text.Length > LongestFact
                    ? fact with
                    {
                        Text = AnswerCost.Cut(fact.Text, TokensOfLongFact, "open_nodes gives them"),
                    }
                    : fact;
            bytes += Encoding.UTF8.GetByteCount(shown.Text);
            if (bytes > MostFactBytes && taken.Count > 0)
            {
                break;
            }

            taken.Add(shown);
        }

        return taken;
    }

    /// <summary>The facts that matched, then the newest.</summary>
    private static (IEnumerable<Fact> Chosen, int Count) Order(IReadOnlyList<Fact> stored, IReadOnlyList<long> matching)
    {
        var all = stored.ToDictionary(f => f.Id);
        var first = matching.Where(all.ContainsKey).Take(MostFacts).ToList();
        return (first.Concat(all.Keys.OrderDescending().Except(first)).Select(o => all[o]), all.Count);
    }

    /// <summary>The relations of an entity that none before it has brought or counted, as many as an answer shows, and how many more there are.</summary>
    private (List<StoredRelation> Found, int Omitted) Choose(IEnumerable<StoredRelation> touching, long id)
    {
        var found = new List<StoredRelation>();
        var omitted = 0;
        foreach (var relation in touching)
        {
            if (IsShown(relation.Source) || IsShown(relation.Target))
            {
                continue;
            }

            if (found.Count < MostRelations)
            {
                found.Add(relation);
            }
            else
            {
                omitted++;
            }
        }

        return (found, omitted);

        bool IsShown(long? end) =>
            end is { } other && other != id && (shown.Contains(other) || (other < restFrom && search.Holds(other, question)));
    }
}
