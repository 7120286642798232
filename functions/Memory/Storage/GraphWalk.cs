using Memory.Database;
using Memory.Graph;
using Memory.Search;

namespace Memory.Storage;

/// <summary>Walks from entity to entity along relations.</summary>
/// <param name="types">The only relation types that count; none for all.</param>
/// <param name="direction">out: from source to target, in: back, both.</param>
internal sealed class GraphWalk(GraphReader graph, IReadOnlyList<string> types, string direction)
{
    /// <summary>The longest way between two entities that may be asked for, in relations.</summary>
    public const int MostDepth = 10;

    /// <summary>Entities a walk looks at before it gives up.</summary>
    private const int MostVisited = 20_000;

    private const int MostTypes = 20;

    private readonly HashSet<string> wanted = [.. types.Select(Nearness.Key)];

    /// <summary>The entities around one, nearest first, with the relations that lead to them.</summary>
    public Neighborhood Around(string name, int depth, int limit)
    {
        var distances = new Dictionary<string, int>(StringComparer.Ordinal) { [name] = 0 };
        var relations = new Dictionary<long, Relation>();
        var queue = new Queue<string>([name]);
        var isTruncated = false;
        while (queue.TryDequeue(out var here))
        {
            if (distances[here] == depth)
            {
                continue;
            }

            foreach (var (relation, other) in Steps(here))
            {
                if (!distances.ContainsKey(other))
                {
                    if (distances.Count > limit)
                    {
                        isTruncated = true;
                        continue;
                    }

                    distances[other] = distances[here] + 1;
                    queue.Enqueue(other);
                }

                relations[relation.Id] = relation.Relation;
            }
        }

        return new(
            [
                .. distances
                    .Where(d => d.Value > 0)
                    .OrderBy(d => d.Value)
                    .Select(d => new EntityName(d.Key, TypeOf(d.Key), Distance: d.Value)),
            ],
            [.. relations.OrderBy(r => r.Key).Select(r => r.Value)],
            isTruncated,
            relations.Count > 0 ? null : HintFor(name)
        );
    }

    /// <summary>What the entity has besides what was asked for; null where it has no relations at all.</summary>
    private string? HintFor(string name) =>
        EntityTerms.RelationTypesOf(graph.Space, [name])[0] is { Count: > 0 } types
            ? $"'{name}' has relations, but none of these types in this direction. Their types: "
                + string.Join(", ", types.Order(StringComparer.Ordinal).Take(MostTypes))
            : null;

    /// <summary>The shortest way between two entities.</summary>
    /// <param name="maxDepth">The longest way, in relations.</param>
    public GraphPath Between(string from, string to, int maxDepth)
    {
        var cameBy = new Dictionary<string, (string From, Relation Relation)?>(StringComparer.Ordinal) { [from] = null };
        List<string> edge = [from];
        for (var depth = 0; depth < maxDepth && edge.Count > 0 && !cameBy.ContainsKey(to) && cameBy.Count < MostVisited; depth++)
        {
            var next = new List<string>();
            foreach (var here in edge)
            {
                foreach (var (relation, other) in Steps(here))
                {
                    if (cameBy.TryAdd(other, (here, relation.Relation)))
                    {
                        next.Add(other);
                    }
                }
            }

            edge = next;
        }

        if (!cameBy.ContainsKey(to))
        {
            var isCut = cameBy.Count >= MostVisited && edge.Count > 0;
            return new(false, [], isCut ? true : null, isCut ? null : HintFor(from, to, edge.Count > 0 ? maxDepth : null));
        }

        var way = new List<Relation>();
        for (var here = to; cameBy[here] is { } step; here = step.From)
        {
            way.Insert(0, step.Relation);
        }

        return new(true, way);
    }

    /// <summary>Why there is no way.</summary>
    /// <param name="depth">The relations that were followed, where more go on from there; null where none do.</param>
    private static string HintFor(string from, string to, int? depth) =>
        depth is null ? $"No relations lead from '{from}' to '{to}', however many."
        : depth < MostDepth ? $"No path of {depth} relations or fewer: raise maxDepth, up to {MostDepth}."
        : $"No path of {depth} relations or fewer: start in the middle, with an entity between the two.";

    private IEnumerable<(StoredRelation Relation, string Other)> Steps(string here)
    {
        graph.Space.Cancellation.ThrowIfCancellationRequested();
        foreach (var stored in graph.RelationsOf(here, 0).ToList())
        {
            if (wanted.Count > 0 && !wanted.Contains(Nearness.Key(stored.Relation.RelationType)))
            {
                continue;
            }

            if (stored.Relation.From == here && direction != "in")
            {
                yield return (stored, stored.Relation.To);
            }
            else if (stored.Relation.To == here && direction != "out")
            {
                yield return (stored, stored.Relation.From);
            }
        }
    }

    private string TypeOf(string name) =>
        graph.Space.Scalar("SELECT type FROM entity WHERE namespace = ?1 AND name = ?2", name) as string ?? "";
}
