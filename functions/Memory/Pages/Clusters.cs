namespace Memory.Pages;

/// <summary>A group of entities that opens as a picture of its own.</summary>
/// <param name="Id">What opens it: stays the same while the graph does.</param>
/// <param name="Name">The entity with most relations, or the type of those that have none.</param>
/// <param name="Type">The type that most of them have.</param>
/// <param name="Members">Their numbers in the graph.</param>
internal sealed record Cluster(string Id, string Name, string Type, IReadOnlyList<int> Members)
{
    /// <summary>The most groups a picture shows: the smaller ones are put together by type.</summary>
    private const int Most = 400;

    /// <summary>Fewer than these are no group of their own.</summary>
    private const int Fewest = 3;

    private const int LargestShare = 25;

    /// <summary>The groups of a graph that is too large to be shown whole, the largest first.</summary>
    public static IReadOnlyList<Cluster> Of(PictureGraph graph, CancellationToken cancellationToken)
    {
        var groups = Communities.Of(graph, Math.Max(50, graph.Nodes.Count / LargestShare), cancellationToken);
        var found = Enumerable
            .Range(0, groups.Length)
            .GroupBy(node => groups[node])
            .Select(group => group.ToList())
            .OrderByDescending(members => members.Count)
            .ThenBy(members => members[0])
            .ToList();
        var large = found.TakeWhile((members, i) => i < Most && members.Count >= Fewest).ToList();
        return
        [
            .. large.Select(members => OfHub(graph, members)),
            .. found
                .Skip(large.Count)
                .SelectMany(members => members)
                .GroupBy(node => graph.Nodes[node].Type, StringComparer.Ordinal)
                .OrderByDescending(rest => rest.Count())
                .Select(rest => new Cluster($"type:{rest.Key}", $"{rest.Key}, on their own", rest.Key, [.. rest])),
        ];
    }

    /// <summary>The group of each entity by its place in a list of groups.</summary>
    public static int[] PlacesOf(PictureGraph graph, IReadOnlyList<Cluster> clusters)
    {
        var places = new int[graph.Nodes.Count];
        for (var place = 0; place < clusters.Count; place++)
        {
            foreach (var node in clusters[place].Members)
            {
                places[node] = place;
            }
        }

        return places;
    }

    /// <summary>The group of each entity, by its name.</summary>
    public static IReadOnlyList<string> IdsOf(IReadOnlyList<string> names, PictureGraph graph, CancellationToken cancellationToken)
    {
        var clusters = Of(graph, cancellationToken);
        var places = PlacesOf(graph, clusters);
        var numbers = graph
            .Nodes.Select((node, i) => (node.Name, i))
            .ToDictionary(pair => pair.Name, pair => pair.i, StringComparer.Ordinal);
        return [.. names.Select(name => clusters[places[numbers[name]]].Id)];
    }

    private static Cluster OfHub(PictureGraph graph, List<int> members)
    {
        var hub = graph.Nodes[members.MaxBy(node => graph.Degrees[node])];
        var type = members.GroupBy(node => graph.Nodes[node].Type, StringComparer.Ordinal).MaxBy(same => same.Count())!.Key;
        return new($"around:{hub.Name}", hub.Name, type, members);
    }
}
