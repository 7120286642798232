using Memory.Database;

namespace Memory.Search;

/// <summary>What a question found.</summary>
/// <param name="Ranked">The entities that answer it, best first.</param>
/// <param name="HasMore">Whether entities beyond these may hold the question as it stands: <see cref="GraphSearch.Rest"/> has them.</param>
/// <param name="Matched">How the best were found: all words, some words, similar; null when nothing was.</param>
internal sealed record SearchResult(IReadOnlyList<Found> Ranked, bool HasMore, string? Matched);

/// <summary>
/// Finds the entities that answer a question: by its words, in any form and order, and by the question as it stands anywhere
/// in a text. docs/decisions/0010-memory-search.md.
/// </summary>
internal sealed class GraphSearch(Space space)
{
    private const int MostRanked = 64;
    private const int MostHolders = 200;

    /// <summary>What scores less than this part of the best is left out, unless it holds the question as it stands.</summary>
    private const double Cut = 0.45;

    /// <param name="allowed">The only entities that count, or null for all.</param>
    /// <param name="except">Entities that do not count.</param>
    public SearchResult Find(string text, IReadOnlySet<long>? allowed, IReadOnlySet<long>? except = null)
    {
        var query = new QueryPlanner(space).Plan(text);
        if (query.Words.Count == 0)
        {
            return new([], true, null);
        }

        var candidates = new Candidates(space, query.Words, MostRanked, MostHolders);
        var ranking = new Ranking(space, query);
        var found = ranking
            .Rank(candidates.Find(allowed, except).Concat(FindWithoutNumbers(query, allowed, except)).Distinct())
            .OrderByDescending(f => f.Score)
            .ThenBy(f => f.Entity)
            .ToList();
        var least = found.Count == 0 ? 0 : found[0].Score * Cut;
        // Nothing at all is left of what was found in facts that are true no more.
        var kept = found.FindAll(f => f.HoldsPhrase || (!query.IsUnknown && f.Score > 0 && f.Score >= least));
        return new(kept, candidates.HasMore, MatchOf(kept, query));
    }

    /// <summary>What the rest of a question finds: many entities may hold words of its numbers and not the numbers, which ranking alone tells.</summary>
    private IReadOnlyCollection<long> FindWithoutNumbers(Query query, IReadOnlySet<long>? allowed, IReadOnlySet<long>? except)
    {
        var rest = query.Words.Where(word => word.Numbers.Count == 0).ToList();
        return rest.Count == 0 || rest.Count == query.Words.Count ? [] : new Candidates(space, rest, MostRanked, 0).Find(allowed, except);
    }

    /// <summary>Every entity that holds a text as it stands, in the order of their coming, from one on.</summary>
    public IEnumerable<long> Rest(string text, long from)
    {
        var phrase = Folding.Fold(text);
        using var rows = space.Stream("SELECT id, name, type FROM entity WHERE namespace = ?1 AND id >= ?2 ORDER BY id", from);
        while (rows.Read())
        {
            space.Cancellation.ThrowIfCancellationRequested();
            if (Holds(rows.Text(1), phrase) || Holds(rows.Text(2), phrase) || FactsHold(rows.Number(0), phrase))
            {
                yield return rows.Number(0);
            }
        }
    }

    /// <summary>Whether an entity holds a text as it stands.</summary>
    public bool Holds(long entity, string text)
    {
        var phrase = Folding.Fold(text);
        using var rows = space.Read("SELECT name, type FROM entity WHERE namespace = ?1 AND id = ?2", entity);
        return rows.Read() && (Holds(rows.Text(0), phrase) || Holds(rows.Text(1), phrase) || FactsHold(entity, phrase));
    }

    private static bool Holds(string text, string phrase) => Folding.Fold(text).Contains(phrase, StringComparison.Ordinal);

    private bool FactsHold(long entity, string phrase)
    {
        using var facts = space.Read(
            "SELECT text FROM observation WHERE namespace = ?1 AND id BETWEEN ?2 AND ?3 AND (until IS NULL OR until > ?4)",
            TextId.FirstObservationOf(entity),
            TextId.LastObservationOf(entity),
            space.Now
        );
        while (facts.Read())
        {
            if (Holds(facts.Text(0), phrase))
            {
                return true;
            }
        }

        return false;
    }

    private static string? MatchOf(List<Found> found, Query query) =>
        found.Count == 0 ? null
        : found[0].HoldsPhrase || (found[0].Coverage > 0.999 && query.Words.All(w => w.IsUnderstood(0.9))) ? "all words"
        : query.Words.Any(w => w.IsUnderstood(0.9)) ? "some words"
        : "similar";
}
