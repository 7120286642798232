using System.ComponentModel.DataAnnotations;
using McpGateway.Tools.Schemas;
using Memory.Database;
using Memory.Graph;
using Memory.Search;
using Memory.Storage;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Memory.Tools;

internal sealed partial class WalkTools(MemoryStore store)
{
    private const int MostDepth = 5;

    /// <summary>The entities around one, with the relations that lead to them, without their facts: open_nodes has those.</summary>
    /// <param name="name">The name of the entity</param>
    /// <param name="depth">How many relations away; default 1, at most 5</param>
    /// <param name="relationTypes">Only relations of these types</param>
    /// <param name="direction">Default both</param>
    /// <param name="limit">Most entities to return; default 50, at most 500</param>
    [McpServerTool(
        Name = "get_neighbors",
        Title = "Get Neighbors",
        ReadOnly = true,
        Destructive = false,
        Idempotent = true,
        OpenWorld = false,
        UseStructuredContent = true,
        OutputSchemaType = typeof(Neighborhood)
    )]
    public async partial Task<CallToolResult> GetNeighborsAsync(
        string name,
        [AtLeast(1)] int? depth = null,
        IReadOnlyList<string>? relationTypes = null,
        [AllowedValues("out", "in", "both")] string direction = "both",
        [AtLeast(1)] int? limit = null,
        CancellationToken cancellationToken = default
    )
    {
        var steps = Limits.Check(depth, 1, MostDepth, "depth");
        var most = Limits.Check(limit, 50, 500);
        var around = await store.ReadAsync(
            graph =>
            {
                Require(graph, name);
                return new GraphWalk(graph, relationTypes ?? [], direction).Around(name, steps, most);
            },
            cancellationToken
        );
        return Answer.Of(around, MemoryJson.Default.Neighborhood, around, MemoryJson.Readable.Neighborhood);
    }

    /// <summary>How two entities are connected: the relations of the shortest path between them, in either direction.</summary>
    /// <param name="from">The name of one entity</param>
    /// <param name="to">The name of the other</param>
    /// <param name="maxDepth">The longest path, in relations; default 6, at most 10</param>
    [McpServerTool(
        Name = "find_path",
        Title = "Find Path",
        ReadOnly = true,
        Destructive = false,
        Idempotent = true,
        OpenWorld = false,
        UseStructuredContent = true,
        OutputSchemaType = typeof(GraphPath)
    )]
    public async partial Task<CallToolResult> FindPathAsync(
        string from,
        string to,
        [AtLeast(1)] int? maxDepth = null,
        CancellationToken cancellationToken = default
    )
    {
        var most = Limits.Check(maxDepth, 6, GraphWalk.MostDepth, "maxDepth");
        var path = await store.ReadAsync(
            graph =>
            {
                Require(graph, from);
                Require(graph, to);
                return new GraphWalk(graph, [], "both").Between(from, to, most);
            },
            cancellationToken
        );
        return Answer.Of(path, MemoryJson.Default.GraphPath, path, MemoryJson.Readable.GraphPath);
    }

    private static void Require(GraphReader graph, string name)
    {
        if (graph.FindEntities([name]).Count == 0)
        {
            throw new McpException($"Entity with name {NotFound.Of(name, NearNames.Find(graph.Space, name))} not found");
        }
    }
}
