using Memory.Graph;
using Memory.Search;

namespace Memory.Storage;

/// <summary>Adds facts and tells what a caller would want to know: which were known, and which nearly were.</summary>
internal static class ObservationAdding
{
    /// <summary>Of more facts at once near ones are not looked for: it is an import.</summary>
    private const int MostCompared = 50;

    public static IReadOnlyList<AdditionResult> Run(GraphWriter graph, IReadOnlyList<ObservationAddition> additions)
    {
        var isImport = additions.Sum(a => a.Contents.Count) > MostCompared;
        var results = new List<AdditionResult>();
        for (var i = 0; i < additions.Count; i++)
        {
            var (name, contents, validUntil) = additions[i];
            var end = Moments.ValidUntil(validUntil, $"observations[{i}].validUntil", graph.Now);
            var known = isImport ? [] : graph.ObservationsOf(name);
            var (added, renewed) = graph.AddObservations(name, contents, end);
            var similar = isImport ? [] : Nearness.FindSame(added, known);
            results.Add(
                new(
                    name,
                    added,
                    renewed.Count > 0 ? renewed : null,
                    similar.Count > 0
                        ? [.. similar.Select(s => new NearText(Quotation.Of(s.Text, known), Quotation.Of(s.SimilarTo, known)))]
                        : null
                )
            );
        }

        return results;
    }
}
