using System.Globalization;
using System.Security.Claims;
using McpGateway.Tools;
using McpGateway.Tools.Schemas;
using Memory.Database;
using Memory.Graph;
using Memory.Search;
using Memory.Storage;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Memory.Tools;

internal sealed partial class HistoryTools(MemoryStore store, IOptions<McpOptions> options)
{
    private const int DefaultLimit = 20;
    private const int MostLimit = 200;

    /// <summary>What was remembered, corrected and forgotten lately, newest first, with who did it and when.</summary>
    /// <param name="since">Only changes on or after this day or moment, such as 2026-11-01</param>
    /// <param name="until">Only changes on or before this day or moment</param>
    /// <param name="limit">Most changes to return; default 20, at most 200</param>
    /// <param name="cursor">The nextCursor of the previous page</param>
    [McpServerTool(
        Name = "recent_changes",
        Title = "Recent Changes",
        ReadOnly = true,
        Destructive = false,
        Idempotent = true,
        OpenWorld = false,
        UseStructuredContent = true,
        OutputSchemaType = typeof(Changes)
    )]
    public partial Task<CallToolResult> RecentChangesAsync(
        string? since = null,
        string? until = null,
        [AtLeast(1)] int? limit = null,
        string? cursor = null,
        CancellationToken cancellationToken = default
    )
    {
        var (first, last) = Moments.Range(since, until);
        return ListAsync(
            $"recent {since}\0{until}",
            (history, before) => history.Recent(before, first, last),
            limit,
            cursor,
            cancellationToken
        );
    }

    /// <summary>
    /// Everything that changed about one entity, newest first: its names, its facts and when it had them. Deleted entities keep their
    /// history.
    /// </summary>
    /// <param name="entityName">The name of the entity</param>
    /// <param name="limit">Most changes to return; default 20, at most 200</param>
    /// <param name="cursor">The nextCursor of the previous page</param>
    [McpServerTool(
        Name = "entity_history",
        Title = "Entity History",
        ReadOnly = true,
        Destructive = false,
        Idempotent = true,
        OpenWorld = false,
        UseStructuredContent = true,
        OutputSchemaType = typeof(Changes)
    )]
    public partial Task<CallToolResult> EntityHistoryAsync(
        string entityName,
        [AtLeast(1)] int? limit = null,
        string? cursor = null,
        CancellationToken cancellationToken = default
    ) =>
        ListAsync(
            $"history {entityName}",
            (history, before) => history.OfEntity(entityName, before),
            limit,
            cursor,
            cancellationToken,
            graph => new McpException(
                $"Entity with name {NotFound.Of(entityName, NearNames.Find(graph.Space, entityName))} not found, nor was there ever one"
            )
        );

    /// <summary>
    /// Take back everything one call changed: deleted entities come back whole, with their relations. An undo can be undone as well.
    /// </summary>
    /// <param name="call">The number of the call, from recent_changes; default: the last one, if it was yours</param>
    [McpServerTool(
        Name = "undo_changes",
        Title = "Undo Changes",
        ReadOnly = false,
        Destructive = true,
        Idempotent = false,
        OpenWorld = false,
        UseStructuredContent = true,
        OutputSchemaType = typeof(Undone)
    )]
    public async partial Task<CallToolResult> UndoChangesAsync(
        [AtLeast(1)] long? call = null,
        ClaimsPrincipal? user = null,
        CancellationToken cancellationToken = default
    )
    {
        var by = user.Signature();
        var undone = await store.WriteAsync(
            by,
            graph =>
            {
                var undo = new GraphUndo(graph, graph.History);
                return call is { } number ? undo.Run(number) : undo.RunLast(by);
            },
            cancellationToken
        );
        return Answer.Of(undone, MemoryJson.Default.Undone, undone, MemoryJson.Readable.Undone);
    }

    private async Task<CallToolResult> ListAsync(
        string asked,
        Func<GraphHistory, long, IEnumerable<GraphHistory.Entry>> list,
        int? limit,
        string? cursor,
        CancellationToken cancellationToken,
        Func<GraphReader, McpException>? explainNothing = null
    )
    {
        var most = Limits.Check(limit, DefaultLimit, MostLimit);
        var question = store.Question(asked);
        var last = CursorText.Read(cursor, question, static place => place);
        var before = last is null ? long.MaxValue : long.Parse(last, CultureInfo.InvariantCulture);
        var entries = await store.ReadAsync(
            graph =>
            {
                var found = list(new GraphHistory(graph.Space), before).Take(most + 1).ToList();
                return found.Count == 0 && before == long.MaxValue && explainNothing is not null ? throw explainNothing(graph) : found;
            },
            cancellationToken
        );
        var shown = entries.Take(most).Select(GraphHistory.ToChange).ToList();
        var fitting = AnswerCost.CountThatFit(shown, MemoryJson.Readable.Change, options.Value.AnswerTokens);
        var isCut = entries.Count > fitting;
        var changes = new Changes(
            [.. shown.Take(fitting)],
            isCut,
            isCut ? CursorText.Of(entries[fitting - 1].Seq.ToString(CultureInfo.InvariantCulture), question) : null
        );
        return Answer.Of(changes, MemoryJson.Default.Changes, changes, MemoryJson.Readable.Changes);
    }
}
