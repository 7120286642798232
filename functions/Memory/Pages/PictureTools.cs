using System.Globalization;
using System.Reflection;
using McpGateway.Tools.Schemas;
using McpGateway.Tools.Selection;
using Memory.Database;
using Memory.Graph;
using Memory.Search;
using Memory.Storage;
using Memory.Tools;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Memory.Pages;

internal sealed partial class PictureTools(MemoryStore store)
{
    private const string Name = "show_memory_graph";
    private const int DefaultLimit = 150;
    private const int MostLimit = 500;
    private const int Depth = 2;

    /// <summary>The picture, where the host shows pages inside the chat.</summary>
    public static ChatView? View { get; } = ChatView.Find(Name, "memory-graph", Assembly.GetExecutingAssembly());

    /// <summary>
    /// Show the user the memory as a graph to explore: what is around an entity, or what has most relations. Only when they want to see
    /// it; clients that cannot show it get text.
    /// </summary>
    /// <param name="name">The entity in the middle; default: the whole memory</param>
    /// <param name="limit">Most entities to show; default 150, at most 500</param>
    [McpServerTool(
        Name = Name,
        Title = "Show Memory Graph",
        ReadOnly = true,
        Destructive = false,
        Idempotent = true,
        OpenWorld = false,
        UseStructuredContent = true,
        OutputSchemaType = typeof(MemoryPicture)
    )]
    public async partial Task<CallToolResult> ShowMemoryGraphAsync(
        string? name = null,
        [AtLeast(1)] int? limit = null,
        CancellationToken cancellationToken = default
    )
    {
        var most = Limits.Check(limit, DefaultLimit, MostLimit);
        var picture = await store.ReadAsync(
            graph => string.IsNullOrEmpty(name) ? Whole(graph, most) : Around(graph, name, most),
            cancellationToken
        );
        return Answer.Of(picture, MemoryJson.Default.MemoryPicture, ToText(picture));
    }

    private static MemoryPicture Whole(GraphReader graph, int most)
    {
        var whole = PictureGraph.Read(graph).Narrow(most);
        return new(
            [.. whole.Nodes.Select((node, i) => new PicturedEntity(node.Name, node.Type, whole.Degrees[i]))],
            [.. whole.Edges.Select(edge => new Relation(whole.Nodes[edge.Source].Name, whole.Nodes[edge.Target].Name, edge.Type))],
            whole.Total
        );
    }

    private static MemoryPicture Around(GraphReader graph, string name, int most)
    {
        if (graph.FindEntities([name]) is not [var id])
        {
            throw new McpException($"Entity with name {NotFound.Of(name, NearNames.Find(graph.Space, name))} not found");
        }

        var around = new GraphWalk(graph, [], "both").Around(name, Depth, most - 1);
        return new(
            [
                new(name, graph.EntityOf(id).EntityType, graph.CountRelations(name)),
                .. around.Entities.Select(entity => new PicturedEntity(entity.Name, entity.EntityType, graph.CountRelations(entity.Name))),
            ],
            around.Relations,
            graph.CountEntities(),
            name
        );
    }

    private static string ToText(MemoryPicture picture) =>
        picture.Entities.Count == 0
            ? "The memory is empty."
            : string.Join(
                '\n',
                [
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{picture.Entities.Count} of {picture.Total} entities{(picture.Around is { } middle ? $", around {middle}" : "")}:"
                    ),
                    .. picture.Entities.Select(entity =>
                        $"{EntityType.Behind(entity.Name, entity.EntityType)}, relations: {entity.Relations}"
                    ),
                    .. picture.Relations.Select(relation => $"{relation.From} {relation.RelationType} {relation.To}"),
                ]
            );
}
