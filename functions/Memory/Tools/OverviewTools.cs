using System.ComponentModel.DataAnnotations;
using McpGateway.Text;
using McpGateway.Tools;
using McpGateway.Tools.Schemas;
using Memory.Graph;
using Memory.Search;
using Memory.Storage;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Memory.Tools;

internal sealed partial class OverviewTools(MemoryStore store, IOptions<McpOptions> options)
{
    private const int DefaultNames = 100;
    private const int MostNames = 1_000;

    /// <summary>Names and types of entities without their facts, the most recently changed first: a cheap overview.</summary>
    /// <param name="types">Only entities of these types</param>
    /// <param name="since">Only what changed on or after this day or moment</param>
    /// <param name="until">Only what last changed on or before this day or moment</param>
    /// <param name="order">Default recent</param>
    /// <param name="limit">Most entities to return; default 100, at most 1000</param>
    /// <param name="cursor">The nextCursor of the previous page</param>
    [McpServerTool(
        Name = "list_entities",
        Title = "List Entities",
        ReadOnly = true,
        Destructive = false,
        Idempotent = true,
        OpenWorld = false,
        UseStructuredContent = true,
        OutputSchemaType = typeof(EntityNames)
    )]
    public async partial Task<CallToolResult> ListEntitiesAsync(
        IReadOnlyList<string>? types = null,
        string? since = null,
        string? until = null,
        [AllowedValues("recent", "name")] string? order = null,
        [AtLeast(1)] int? limit = null,
        string? cursor = null,
        CancellationToken cancellationToken = default
    )
    {
        var most = Limits.Check(limit, DefaultNames, MostNames);
        var byName = order == "name";
        var (first, end) = Moments.Range(since, until);
        var filter = new EntityFilter(types ?? [], first, end, null);
        var question = store.Question($"list {byName}\0{string.Join('\0', types ?? [])}\0{since}\0{until}");
        (string, string)? after = CursorText.Read(cursor, question, ReadPlace) is [var changed, var last] ? (changed, last) : null;
        var (names, hint) = await store.ReadLongAsync(
            graph =>
            {
                var overview = new GraphOverview(graph.Space);
                var found = overview.Names(filter.Allowed(graph.Space), byName, after, most + 1);
                return (found, found.Count > 0 || after is not null || filter.IsEmpty ? null : HintFor(overview, filter));
            },
            cancellationToken
        );
        var fitting = AnswerCost.CountThatFit(names.Take(most), MemoryJson.Readable.EntityName, options.Value.AnswerTokens);
        var isCut = names.Count > fitting;
        var page = new EntityNames(
            [.. names.Take(fitting)],
            isCut,
            isCut ? CursorText.Of(PlaceOf(names[fitting - 1]), question) : null,
            hint
        );
        return Answer.Of(page, MemoryJson.Default.EntityNames, page, MemoryJson.Readable.EntityNames);
    }

    /// <summary>Entities whose names differ only in case, accents, spaces or a letter, and may be the same: merge_entities makes them one.</summary>
    /// <param name="limit">Most groups to return; default 50, at most 500</param>
    [McpServerTool(
        Name = "find_duplicates",
        Title = "Find Duplicates",
        ReadOnly = true,
        Destructive = false,
        Idempotent = true,
        OpenWorld = false,
        UseStructuredContent = true,
        OutputSchemaType = typeof(Duplicates)
    )]
    public async partial Task<CallToolResult> FindDuplicatesAsync(
        [AtLeast(1)] int? limit = null,
        CancellationToken cancellationToken = default
    )
    {
        var most = Limits.Check(limit, 50, 500);
        var found = await store.ReadLongAsync(graph => new GraphOverview(graph.Space).FindDuplicates(most), cancellationToken);
        return Answer.Of(found, MemoryJson.Default.Duplicates, found, MemoryJson.Readable.Duplicates);
    }

    /// <summary>What to say where the filters leave nothing: an empty list would say that there is no such thing.</summary>
    private static string HintFor(GraphOverview overview, EntityFilter filter)
    {
        var types = string.Join(", ", overview.EntityTypes().Keys.Select(type => Cut.To(type, 100)));
        return filter.Types.Count == 0 ? "Nothing changed in that time: leave out since or until."
            : types.Length == 0 ? "The memory is empty."
            : $"No entity passes the filters. The types there are: {types}.";
    }

    private static string PlaceOf(EntityName last) => $"{last.UpdatedAt}\0{last.Name}";

    private static string[]? ReadPlace(string place) => place.Split('\0') is { Length: 2 } parts ? parts : null;
}
