using System.Text.Json;
using System.Text.Json.Serialization;
using McpGateway.Text;

namespace Memory.Pages;

/// <summary>What the picture is drawn from, for a script or a person.</summary>
/// <param name="Kind"><c>entities</c>, or <c>clusters</c> where the graph is too large to show each.</param>
/// <param name="Total">How many entities the namespace has.</param>
/// <param name="Note">What is not shown.</param>
internal sealed record PictureDocument(
    string Namespace,
    string Kind,
    long Total,
    IReadOnlyList<DocumentEntity> Entities,
    IReadOnlyList<DocumentRelation> Relations,
    string? Note = null
)
{
    /// <summary>The most entities that are shown one by one.</summary>
    public const int MostEntities = 6_000;

    /// <param name="cluster">The group to show; null for all of the graph.</param>
    /// <returns>Null where there is no such group.</returns>
    public static PictureDocument? Of(PictureGraph graph, string space, string? cluster, CancellationToken cancellationToken)
    {
        if (cluster is null && graph.Nodes.Count <= MostEntities)
        {
            return OfEntities(graph, space, null);
        }

        var clusters = Cluster.Of(graph, cancellationToken);
        if (cluster is null)
        {
            return OfClusters(graph, space, clusters);
        }

        if (clusters.FirstOrDefault(each => each.Id == cluster) is not { } opened)
        {
            return null;
        }

        var part = graph.Only(opened.Members).Narrow(MostEntities);
        return OfEntities(
            part,
            space,
            part.Nodes.Count < opened.Members.Count
                ? $"{part.Nodes.Count} of the {opened.Members.Count} entities of this group: those with most relations."
                : null
        );
    }

    private static PictureDocument OfEntities(PictureGraph graph, string space, string? note) =>
        new(
            space,
            "entities",
            graph.Total,
            [.. graph.Nodes.Select((node, i) => new DocumentEntity(node.Name, node.Type, node.CreatedAt, graph.Degrees[i]))],
            [.. graph.Edges.Select(edge => new DocumentRelation(edge.Source, edge.Target, edge.Type, edge.CreatedAt))],
            note
        );

    private static PictureDocument OfClusters(PictureGraph graph, string space, IReadOnlyList<Cluster> clusters)
    {
        var places = Cluster.PlacesOf(graph, clusters);
        var between = graph
            .Edges.Where(edge => places[edge.Source] != places[edge.Target])
            .GroupBy(edge => (Math.Min(places[edge.Source], places[edge.Target]), Math.Max(places[edge.Source], places[edge.Target])))
            .Select(group => new DocumentRelation(group.Key.Item1, group.Key.Item2, "", group.Min(edge => edge.CreatedAt)!, group.Count()))
            .ToList();
        var relations = new int[clusters.Count];
        foreach (var relation in between)
        {
            relations[relation.From] += relation.Count ?? 1;
            relations[relation.To] += relation.Count ?? 1;
        }

        return new(
            space,
            "clusters",
            graph.Total,
            [
                .. clusters.Select(
                    (cluster, i) =>
                        new DocumentEntity(
                            cluster.Name,
                            cluster.Type,
                            cluster.Members.Min(node => graph.Nodes[node].CreatedAt)!,
                            relations[i],
                            cluster.Members.Count,
                            cluster.Id
                        )
                ),
            ],
            between
        );
    }
}

/// <summary>An entity, or a group of them.</summary>
/// <param name="Relations">How many relations it has; of a group, with other groups.</param>
/// <param name="Entities">How many entities a group holds.</param>
/// <param name="Cluster">What opens a group.</param>
internal sealed record DocumentEntity(
    string Name,
    string Type,
    string CreatedAt,
    int Relations,
    int? Entities = null,
    string? Cluster = null
);

/// <summary>A relation between two entities by their places in the list, or all those between two groups.</summary>
internal sealed record DocumentRelation(int From, int To, string Type, string CreatedAt, int? Count = null);

/// <summary>The names of what a search found, best first.</summary>
/// <param name="Clusters">The group of each, where the picture is of groups.</param>
internal sealed record FoundDocument(IReadOnlyList<string> Names, IReadOnlyList<string>? Clusters = null);

/// <summary>The documents of the memory's pages: camelCase, nulls left out, every script readable.</summary>
[JsonSerializable(typeof(PictureDocument))]
[JsonSerializable(typeof(FoundDocument))]
[JsonSerializable(typeof(Graph.StoredEntity))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
internal sealed partial class PageJson : JsonSerializerContext
{
    public static PageJson Readable { get; } = new(PlainJson.Of(JsonNamingPolicy.CamelCase));
}
