using Memory.Database;
using ModelContextProtocol;

namespace Memory.Pages;

/// <summary>An entity as a picture needs it.</summary>
internal sealed record PictureNode(string Name, string Type, string CreatedAt);

/// <summary>A relation between two entities by their numbers in the picture.</summary>
internal readonly record struct PictureEdge(int Source, int Target, string Type, string CreatedAt);

/// <summary>The graph, or a part of it, as what a picture needs: entities by number, and the relations between them.</summary>
/// <param name="Degrees">The relations of each entity in the whole graph.</param>
/// <param name="Total">How many entities the whole graph has.</param>
internal sealed record PictureGraph(
    IReadOnlyList<PictureNode> Nodes,
    IReadOnlyList<PictureEdge> Edges,
    IReadOnlyList<int> Degrees,
    long Total
)
{
    /// <summary>Above this many entities there is no picture of all: it would be no help, and take the memory of half a gigabyte.</summary>
    public const int MostEntities = 200_000;

    /// <summary>The whole graph.</summary>
    /// <exception cref="McpException">It is too large for a picture.</exception>
    public static PictureGraph Read(GraphReader graph)
    {
        var total = graph.CountEntities();
        if (total > MostEntities)
        {
            throw new McpException(
                $"The memory holds {total} entities, and a picture {MostEntities} at most: give the name of the entity in the middle."
            );
        }

        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var nodes = new List<PictureNode>();
        foreach (var (name, type, createdAt) in graph.Heads())
        {
            numbers.Add(name, nodes.Count);
            nodes.Add(new(name, Shared(type), createdAt));
        }

        var edges = new List<PictureEdge>();
        var degrees = new int[nodes.Count];
        foreach (var (_, relation, _, _, createdAt) in graph.AllRelations(0))
        {
            graph.Space.Cancellation.ThrowIfCancellationRequested();
            if (numbers.TryGetValue(relation.From, out var source) && numbers.TryGetValue(relation.To, out var target))
            {
                edges.Add(new(source, target, Shared(relation.RelationType), createdAt));
                degrees[source]++;
                degrees[target] += source == target ? 0 : 1;
            }
        }

        return new(nodes, edges, degrees, total);

        // There are few types, and many that have them.
        string Shared(string text) => texts.TryGetValue(text, out var known) ? known : texts[text] = text;
    }

    /// <summary>The entities that have most relations, the last that came first among equals, and the relations between them.</summary>
    public PictureGraph Narrow(int most) =>
        Nodes.Count <= most
            ? this
            : Only(
                Enumerable.Range(0, Nodes.Count).OrderByDescending(node => Degrees[node]).ThenByDescending(node => node).Take(most).Order()
            );

    /// <summary>Some of the entities, and the relations between them.</summary>
    public PictureGraph Only(IEnumerable<int> kept)
    {
        var numbers = kept.Select((node, i) => (node, i)).ToDictionary(pair => pair.node, pair => pair.i);
        return new(
            [.. numbers.Keys.Select(node => Nodes[node])],
            [
                .. Edges
                    .Where(edge => numbers.ContainsKey(edge.Source) && numbers.ContainsKey(edge.Target))
                    .Select(edge => edge with { Source = numbers[edge.Source], Target = numbers[edge.Target] }),
            ],
            [.. numbers.Keys.Select(node => Degrees[node])],
            Total
        );
    }
}
