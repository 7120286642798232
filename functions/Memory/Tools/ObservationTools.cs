using System.Security.Claims;
using Memory.Graph;
using Memory.Storage;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Memory.Tools;

internal sealed partial class ObservationTools(MemoryStore store)
{
    /// <summary>
    /// Add new observations to existing entities in the knowledge graph. A fact that is already stored becomes the newest;
    /// the result names near duplicates. If an entity does not exist, nothing is added: create it first.
    /// </summary>
    /// <param name="observations">What to add, entity by entity</param>
    [McpServerTool(
        Name = "add_observations",
        Title = "Add Observations",
        ReadOnly = false,
        Destructive = false,
        Idempotent = false,
        OpenWorld = false,
        UseStructuredContent = true,
        OutputSchemaType = typeof(AdditionResults)
    )]
    public async partial Task<CallToolResult> AddObservationsAsync(
        IReadOnlyList<ObservationAddition> observations,
        ClaimsPrincipal? user,
        CancellationToken cancellationToken
    )
    {
        TextRules.Check(observations);
        var results = await store.WriteAsync(user.Signature(), graph => ObservationAdding.Run(graph, observations), cancellationToken);
        return Answer.Of(new(results), MemoryJson.Default.AdditionResults, results, MemoryJson.Readable.IReadOnlyListAdditionResult);
    }

    /// <summary>
    /// Delete specific observations from entities in the knowledge graph. The text must be exactly as shown: copy it from
    /// search_nodes. The result says what was not found, and suggests others.
    /// </summary>
    /// <param name="deletions">What to delete, entity by entity</param>
    [McpServerTool(
        Name = "delete_observations",
        Title = "Delete Observations",
        ReadOnly = false,
        Destructive = true,
        Idempotent = true,
        OpenWorld = false,
        UseStructuredContent = true,
        OutputSchemaType = typeof(Deletion)
    )]
    public async partial Task<CallToolResult> DeleteObservationsAsync(
        IReadOnlyList<ObservationDeletion> deletions,
        ClaimsPrincipal? user,
        CancellationToken cancellationToken
    )
    {
        var report = await store.WriteAsync(
            user.Signature(),
            graph => new GraphDeletions(graph).DeleteObservations(deletions),
            cancellationToken
        );
        return Answer.OfDeletion(await report.ToAnswerAsync(store, cancellationToken));
    }
}
