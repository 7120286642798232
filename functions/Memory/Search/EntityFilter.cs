using Memory.Database;

namespace Memory.Search;

/// <summary>
/// What a search is narrowed to. Types and the relation are compared without case, accents and marks: works_at, worksAt and Works At are the same.
/// </summary>
/// <param name="Types">The types that count; none for all.</param>
/// <param name="Since">The first moment of the last change that counts, as stored.</param>
/// <param name="Until">The first moment that counts no more.</param>
/// <param name="Relation">The type of a relation that an entity must have, in either direction.</param>
internal sealed record EntityFilter(IReadOnlyList<string> Types, string? Since, string? Until, string? Relation)
{
    public bool IsEmpty => Types.Count == 0 && Since is null && Until is null && string.IsNullOrEmpty(Relation);

    /// <summary>The entities that count, or null for all.</summary>
    public IReadOnlySet<long>? Allowed(Space space)
    {
        if (IsEmpty)
        {
            return null;
        }

        var related = string.IsNullOrEmpty(Relation) ? null : RelatedNames(space);
        var wanted = Types.Select(Nearness.Key).ToHashSet(StringComparer.Ordinal);
        var known = new Dictionary<string, bool>(StringComparer.Ordinal);
        var allowed = new HashSet<long>();
        using var rows = space.Stream(
            "SELECT id, type, name FROM entity WHERE namespace = ?1 AND updated >= ?2 AND updated < ?3",
            Since ?? "",
            Until ?? "9999-12-31T23:59:59.999Z"
        );
        while (rows.Read())
        {
            space.Cancellation.ThrowIfCancellationRequested();
            var type = rows.Text(1);
            if (!known.TryGetValue(type, out var counts))
            {
                known.Add(type, counts = wanted.Count == 0 || wanted.Contains(Nearness.Key(type)));
            }

            if (counts && related?.Contains(rows.Text(2)) != false)
            {
                allowed.Add(rows.Number(0));
            }
        }

        return allowed;
    }

    private HashSet<string> RelatedNames(Space space)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var wanted = Nearness.Key(Relation!);
        using var rows = space.Stream("SELECT source, target, type FROM relation WHERE namespace = ?1");
        while (rows.Read())
        {
            space.Cancellation.ThrowIfCancellationRequested();
            if (Nearness.Key(rows.Text(2)) == wanted)
            {
                names.Add(rows.Text(0));
                names.Add(rows.Text(1));
            }
        }

        return names;
    }
}
