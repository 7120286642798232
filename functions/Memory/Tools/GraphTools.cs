using Memory.Graph;
using Memory.Storage;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Memory.Tools;

[McpServerToolType]
internal sealed partial class GraphTools(MemoryStore store, IOptions<MemoryOptions> options)
{
    /// <summary>
    /// Read the entire knowledge graph, in the order it was written, page by page. For a large graph, prefer
    /// search_nodes.
    /// </summary>
    /// <param name="limit">At most so many entities on a page</param>
    /// <param name="cursor">The nextCursor of the page before</param>
    [McpServerTool(
        Name = "read_graph",
        Title = "Read Graph",
        ReadOnly = true,
        Destructive = false,
        Idempotent = true,
        OpenWorld = false,
        UseStructuredContent = true,
        OutputSchemaType = typeof(GraphPage)
    )]
    public partial Task<CallToolResult> ReadGraphAsync(
        int? limit = null,
        string? cursor = null,
        CancellationToken cancellationToken = default
    ) => ReadPageAsync(graph => graph.EntityIds(), "read", limit, cursor, cancellationToken);

    /// <summary>
    /// Search for nodes in the knowledge graph: by any part of a name, type or observation, by several words (all must be found
    /// about an entity) or their beginnings; case and accents do not matter. The best come first, with their relations.
    /// </summary>
    /// <param name="query">The search query to match against entity names, types, and observation content</param>
    /// <param name="limit">At most so many entities on a page</param>
    /// <param name="cursor">The nextCursor of the page before, with the same query</param>
    [McpServerTool(
        Name = "search_nodes",
        Title = "Search Nodes",
        ReadOnly = true,
        Destructive = false,
        Idempotent = true,
        OpenWorld = false,
        UseStructuredContent = true,
        OutputSchemaType = typeof(GraphPage)
    )]
    public partial Task<CallToolResult> SearchNodesAsync(
        string query,
        int? limit = null,
        string? cursor = null,
        CancellationToken cancellationToken = default
    ) => ReadPageAsync(graph => graph.Search(query), $"search {query}", limit, cursor, cancellationToken);

    /// <summary>Open specific nodes in the knowledge graph by their exact names, with their relations. Names that do not exist are left out.</summary>
    /// <param name="names">An array of entity names to retrieve</param>
    /// <param name="cursor">The nextCursor of the page before, with the same names</param>
    [McpServerTool(
        Name = "open_nodes",
        Title = "Open Nodes",
        ReadOnly = true,
        Destructive = false,
        Idempotent = true,
        OpenWorld = false,
        UseStructuredContent = true,
        OutputSchemaType = typeof(GraphPage)
    )]
    public partial Task<CallToolResult> OpenNodesAsync(
        IReadOnlyList<string> names,
        string? cursor = null,
        CancellationToken cancellationToken = default
    ) => ReadPageAsync(graph => graph.FindEntities(names), $"open {string.Join('\0', names)}", null, cursor, cancellationToken);

    /// <summary>
    /// Export the knowledge graph as lines of JSON, the memory.jsonl format of the official memory server: entities, then
    /// relations, page by page. For backups and migration, not for remembering.
    /// </summary>
    /// <param name="cursor">The nextCursor of the page before</param>
    [McpServerTool(
        Name = "export_graph",
        Title = "Export Graph",
        ReadOnly = true,
        Destructive = false,
        Idempotent = true,
        OpenWorld = false,
        UseStructuredContent = true,
        OutputSchemaType = typeof(GraphExport)
    )]
    public async partial Task<CallToolResult> ExportGraphAsync(string? cursor = null, CancellationToken cancellationToken = default)
    {
        var from = Cursor.Parse(cursor, GraphExporter.Question);
        var page = await store.ReadAsync(graph => new GraphExporter(graph, options.Value.AnswerBytes).Read(from), cancellationToken);
        return Answer.Of(page, MemoryJson.Default.GraphExport, page.Jsonl);
    }

    private async Task<CallToolResult> ReadPageAsync(
        Func<GraphReader, IReadOnlyList<long>> find,
        string question,
        int? limit,
        string? cursor,
        CancellationToken cancellationToken
    )
    {
        if (limit < 1)
        {
            throw new McpException($"limit={limit} is too small: limit must be at least 1, or leave it out.");
        }

        var from = Cursor.Parse(cursor, question);
        var page = await store.ReadAsync(
            graph =>
                new GraphPager(graph, find(graph), options.Value.AnswerBytes, limit ?? int.MaxValue).Read(
                    from,
                    question,
                    withLoose: question == "read"
                ),
            cancellationToken
        );
        return Answer.Of(page, MemoryJson.Default.GraphPage, page, MemoryJson.Readable.GraphPage);
    }
}
