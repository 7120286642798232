using System.Security.Claims;
using McpGateway.Tools;
using Memory.Graph;
using Memory.Storage;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Memory.Tools;

internal sealed partial class EntityTools(MemoryStore store, IOptions<McpOptions> options)
{
    /// <summary>
    /// Create multiple new entities in the knowledge graph. Facts given for a name that exists are NOT stored: the result says
    /// so, use add_observations for them. Search first. The result names existing entities that may be the same.
    /// </summary>
    /// <param name="entities">The entities to create</param>
    [McpServerTool(
        Name = "create_entities",
        Title = "Create Entities",
        ReadOnly = false,
        Destructive = false,
        Idempotent = false,
        OpenWorld = false,
        UseStructuredContent = true,
        OutputSchemaType = typeof(CreatedEntities)
    )]
    public async partial Task<CallToolResult> CreateEntitiesAsync(
        IReadOnlyList<Entity> entities,
        ClaimsPrincipal? user,
        CancellationToken cancellationToken
    )
    {
        TextRules.Check(entities);
        var created = await EntityCreation.RunAsync(store, store.Current, user.Signature(), entities, cancellationToken);
        var result = EntityCreation.Shown(created, options.Value.AnswerTokens);
        var answer = Answer.Of(result, MemoryJson.Default.CreatedEntities, result.Entities, MemoryJson.Readable.IReadOnlyListEntity);
        foreach (var notice in EntityCreation.NoticesOf(result))
        {
            answer.Content.Add(new TextContentBlock { Text = notice });
        }

        return answer;
    }

    /// <summary>
    /// Delete multiple entities and their associated relations from the knowledge graph. The result says which names were not
    /// found, and suggests others.
    /// </summary>
    /// <param name="entityNames">An array of entity names to delete</param>
    [McpServerTool(
        Name = "delete_entities",
        Title = "Delete Entities",
        ReadOnly = false,
        Destructive = true,
        Idempotent = true,
        OpenWorld = false,
        UseStructuredContent = true,
        OutputSchemaType = typeof(Deletion)
    )]
    public async partial Task<CallToolResult> DeleteEntitiesAsync(
        IReadOnlyList<string> entityNames,
        ClaimsPrincipal? user,
        CancellationToken cancellationToken
    )
    {
        var report = await store.WriteAsync(
            user.Signature(),
            graph => new GraphDeletions(graph).DeleteEntities(entityNames),
            cancellationToken
        );
        return Answer.OfDeletion(await report.ToAnswerAsync(store, cancellationToken));
    }
}
