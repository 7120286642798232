namespace Memory.Pages;

/// <summary>
/// Finds the entities that are related more among themselves than with others: each takes the group that most of its neighbours have, until few
/// change any more (label propagation). The same graph always falls into the same groups.
/// </summary>
internal static class Communities
{
    private const int MostRounds = 12;

    /// <summary>The group of each entity: the number of one of its members.</summary>
    /// <param name="largest">How many members a group may have.</param>
    public static int[] Of(PictureGraph graph, int largest, CancellationToken cancellationToken)
    {
        var (first, neighbours) = NeighboursOf(graph);
        var groups = Enumerable.Range(0, graph.Nodes.Count).ToArray();
        var sizes = Enumerable.Repeat(1, groups.Length).ToArray();
        var counts = new Dictionary<int, int>();
        // What has most relations decides first, and draws the others to it.
        var order = Enumerable.Range(0, groups.Length).OrderByDescending(node => first[node + 1] - first[node]).ToArray();
        for (var (round, changed) = (0, groups.Length); round < MostRounds && changed > groups.Length / 200; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            changed = 0;
            foreach (var node in order)
            {
                counts.Clear();
                foreach (var other in neighbours.AsSpan(first[node]..first[node + 1]))
                {
                    counts[groups[other]] = counts.GetValueOrDefault(groups[other]) + 1;
                }

                var (best, most) = (groups[node], counts.GetValueOrDefault(groups[node]));
                foreach (var (group, count) in counts)
                {
                    if (sizes[group] < largest && (count > most || (count == most && best != groups[node] && group < best)))
                    {
                        (best, most) = (group, count);
                    }
                }

                if (best != groups[node])
                {
                    sizes[groups[node]]--;
                    sizes[best]++;
                    groups[node] = best;
                    changed++;
                }
            }
        }

        return groups;
    }

    /// <summary>The neighbours of all entities in one array, and where those of each begin.</summary>
    private static (int[] First, int[] Neighbours) NeighboursOf(PictureGraph graph)
    {
        var first = new int[graph.Nodes.Count + 1];
        foreach (var edge in graph.Edges)
        {
            first[edge.Source + 1]++;
            first[edge.Target + 1]++;
        }

        for (var i = 1; i < first.Length; i++)
        {
            first[i] += first[i - 1];
        }

        var next = first.ToArray();
        var neighbours = new int[2 * graph.Edges.Count];
        foreach (var edge in graph.Edges)
        {
            neighbours[next[edge.Source]++] = edge.Target;
            neighbours[next[edge.Target]++] = edge.Source;
        }

        return (first, neighbours);
    }
}
