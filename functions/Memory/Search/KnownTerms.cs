namespace Memory.Search;

/// <summary>Where terms stand, looked up once for one question.</summary>
/// <param name="entities">How many entities there are.</param>
internal sealed class KnownTerms(TermReader terms, long entities)
{
    private readonly Dictionary<string, TermStatistics?> known = new(StringComparer.Ordinal);

    /// <summary>Where a term stands; null where no entity holds it.</summary>
    public TermStatistics? Find(string term)
    {
        if (!known.TryGetValue(term, out var statistics))
        {
            Learn([term]);
            statistics = known[term];
        }

        return statistics;
    }

    /// <summary>Looks up at once what is asked for next.</summary>
    public void Learn(IEnumerable<string> asked)
    {
        var unknown = asked.Where(term => !known.ContainsKey(term)).Distinct(StringComparer.Ordinal).ToList();
        var found = terms.Find(unknown, entities);
        unknown.ForEach(term => known.Add(term, found.GetValueOrDefault(term)));
    }
}
