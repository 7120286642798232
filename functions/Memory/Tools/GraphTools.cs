using McpGateway.Tools;
using McpGateway.Tools.Schemas;
using Memory.Database;
using Memory.Graph;
using Memory.Search;
using Memory.Storage;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Memory.Tools;

internal sealed partial class GraphTools(MemoryStore store, IOptions<McpOptions> options)
{
    /// <summary>The entities of a page of search where none says how many.</summary>
    private const int DefaultLimit = 20;

    /// <summary>The characters of a query that is answered beside all others; scripts that part no words say much in few.</summary>
    private const int LongestQuick = 40;

    /// <summary>The missing names an answer tells, and how much of each.</summary>
    private const int MostMissing = 5;

    /// <summary>
    /// Read the entire knowledge graph, in the order it was written, page by page. For a large graph, prefer
    /// search_nodes.
    /// </summary>
    /// <param name="limit">Most entities on a page</param>
    /// <param name="cursor">The nextCursor of the previous page</param>
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
        [AtLeast(1)] int? limit = null,
        string? cursor = null,
        CancellationToken cancellationToken = default
    ) =>
        AnswerAsync(
            "read",
            cursor,
            (graph, from, question) =>
                new GraphPager(graph, graph.EntityIds(), options.Value.AnswerTokens, limit ?? int.MaxValue, whole: true).Read(
                    from,
                    question
                ),
            cancellationToken
        );

    /// <summary>
    /// Search the memory. A few telling words work best (a name, a subject); a whole question works too, in any language, and
    /// misspelt names are found. The best-matching entities come first, each with the facts that matched, then its newest, and
    /// its relations; open_nodes gives all of an entity.
    /// </summary>
    /// <param name="query">Words, a name, a part of a text, or a question</param>
    /// <param name="limit">Most entities on a page; default 20</param>
    /// <param name="cursor">The nextCursor of the previous page, with the same query and filters</param>
    /// <param name="types">Only entities of these types</param>
    /// <param name="since">Only what changed on or after this day or moment, such as 2026-11-01</param>
    /// <param name="until">Only what last changed on or before this day or moment</param>
    /// <param name="relation">Only entities with a relation of this type, in either direction</param>
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
        [EmptyClears] string query,
        [AtLeast(1)] int? limit = null,
        string? cursor = null,
        IReadOnlyList<string>? types = null,
        string? since = null,
        string? until = null,
        string? relation = null,
        CancellationToken cancellationToken = default
    )
    {
        var (first, end) = Moments.Range(since, until);
        var filter = new EntityFilter(types ?? [], first, end, relation);
        return AnswerAsync(
            $"search {query}{(filter.IsEmpty ? "" : $"\0{string.Join('\0', types ?? [])}\0{since}\0{until}\0{relation}")}",
            cursor,
            (graph, from, question) =>
                new SearchPager(graph, query, options.Value.AnswerTokens, limit ?? DefaultLimit).Read(
                    from,
                    question,
                    filter.Allowed(graph.Space)
                ),
            cancellationToken,
            isLong: !filter.IsEmpty || IsSentence(query)
        );
    }

    /// <summary>
    /// Open specific nodes in the knowledge graph by their exact names, with all their facts and relations. notFound names what does
    /// not exist, and suggests others.
    /// </summary>
    /// <param name="names">An array of entity names to retrieve</param>
    /// <param name="cursor">The nextCursor of the previous page, with the same names</param>
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
    ) =>
        AnswerAsync(
            $"open {string.Join('\0', names)}",
            cursor,
            (graph, from, question) =>
            {
                var missing = from == Cursor.Start ? MissingOf(graph, names) : null;
                var room = options.Value.AnswerTokens - (missing?.Sum(item => AnswerCost.Of(item, MemoryJson.Readable.NotFound)) ?? 0);
                return new GraphPager(graph, graph.FindEntities(names), room).Read(from, question) with { NotFound = missing };
            },
            cancellationToken
        );

    /// <summary>
    /// Export the knowledge graph as lines of JSON, the memory.jsonl format of the official memory server: entities, then
    /// relations, page by page. For backups and migration, not for remembering.
    /// </summary>
    /// <param name="cursor">The nextCursor of the previous page</param>
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
        var question = store.Question("export");
        var from = Cursor.Parse(cursor, question);
        var page = await store.ReadAsync(
            graph => new GraphExporter(graph, question, options.Value.AnswerTokens).Read(from),
            cancellationToken
        );
        return Answer.Of(page, MemoryJson.Default.GraphExport, page.Jsonl);
    }

    /// <summary>Whether a query is more than a few words, or lists everything.</summary>
    private static bool IsSentence(string query) => query.Length is 0 or > LongestQuick || query.AsSpan().Count(' ') > 2;

    /// <summary>Names that do not exist, the first of them with what they may mean; null when all do.</summary>
    private static List<NotFound>? MissingOf(GraphReader graph, IReadOnlyList<string> names)
    {
        var missing = names
            .Where(name => graph.FindEntities([name]).Count == 0)
            .Distinct(StringComparer.Ordinal)
            .Take(MostMissing)
            .ToList();
        return missing.Count == 0 ? null : missing.ConvertAll(name => NotFound.Of(name, NearNames.Find(graph.Space, name)));
    }

    private async Task<CallToolResult> AnswerAsync(
        string asked,
        string? cursor,
        Func<GraphReader, Cursor, string, GraphPage> read,
        CancellationToken cancellationToken,
        bool isLong = false
    )
    {
        var question = store.Question(asked);
        var from = Cursor.Parse(cursor, question);
        var page = isLong
            ? await store.ReadLongAsync(graph => read(graph, from, question), cancellationToken)
            : await store.ReadAsync(graph => read(graph, from, question), cancellationToken);
        return Answer.Of(page, MemoryJson.Default.GraphPage, page, MemoryJson.Readable.GraphPage);
    }
}
