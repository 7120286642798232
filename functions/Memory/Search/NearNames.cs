using Memory.Database;

namespace Memory.Search;

/// <summary>Finds the name that was probably meant by one that does not exist.</summary>
internal static class NearNames
{
    private const int MostCompared = 5;

    /// <param name="except">Names that are not meant.</param>
    /// <returns>An existing name, or null.</returns>
    public static string? Find(Space space, string name, IEnumerable<string>? except = null) =>
        Nearness.Nearest(
            name,
            new GraphSearch(space)
                .Find(name, null, new HashSet<long>(new GraphReader(space).FindEntities([name, .. except ?? []])))
                .Ranked.Take(MostCompared)
                .Select(f => NameOf(space, f.Entity))
                .OfType<string>()
        );

    private static string? NameOf(Space space, long id) =>
        space.Scalar("SELECT name FROM entity WHERE namespace = ?1 AND id = ?2", id) as string;
}
