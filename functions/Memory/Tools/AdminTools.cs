using Memory.Graph;
using Memory.Storage;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Memory.Tools;

internal sealed partial class AdminTools(MemoryStore store)
{
    /// <summary>How much the memory holds: entities, facts, relations, changes, and the most frequent types.</summary>
    [McpServerTool(
        Name = "memory_stats",
        Title = "Memory Stats",
        ReadOnly = true,
        Destructive = false,
        Idempotent = true,
        OpenWorld = false,
        UseStructuredContent = true,
        OutputSchemaType = typeof(MemoryStats)
    )]
    public async partial Task<CallToolResult> MemoryStatsAsync(CancellationToken cancellationToken = default)
    {
        var stats = await store.ReadLongAsync(graph => new GraphOverview(graph.Space).Stats(), cancellationToken);
        return Answer.Of(stats, MemoryJson.Default.MemoryStats, stats, MemoryJson.Readable.MemoryStats);
    }
}
