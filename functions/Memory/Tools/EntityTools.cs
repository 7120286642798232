using System.Security.Claims;
using Memory.Graph;
using Memory.Storage;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Memory.Tools;

[McpServerToolType]
internal sealed partial class EntityTools(MemoryStore store)
{
    /// <summary>
    /// Create multiple new entities in the knowledge graph. An entity whose name exists already is left as it is and not
    /// returned: use add_observations for it. Search first.
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
        var created = await store.WriteAsync(user.Signature(), graph => graph.CreateEntities(entities), cancellationToken);
        return Answer.Of(new(created), MemoryJson.Default.CreatedEntities, created, MemoryJson.Readable.IReadOnlyListEntity);
    }

    /// <summary>Delete multiple entities and their associated relations from the knowledge graph. Names that do not exist are ignored.</summary>
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
        await store.WriteAsync(user.Signature(), graph => graph.DeleteEntities(entityNames), cancellationToken);
        return Answer.OfDeletion("Entities deleted successfully");
    }
}
