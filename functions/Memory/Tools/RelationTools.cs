using System.Security.Claims;
using McpGateway.Tools;
using Memory.Graph;
using Memory.Storage;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Memory.Tools;

internal sealed partial class RelationTools(MemoryStore store, IOptions<McpOptions> options)
{
    /// <summary>
    /// Create multiple new relations between entities in the knowledge graph. Relations should be in active voice. Both ends
    /// must exist, otherwise nothing is created. A relation that exists already is not returned.
    /// </summary>
    /// <param name="relations">The relations to create</param>
    [McpServerTool(
        Name = "create_relations",
        Title = "Create Relations",
        ReadOnly = false,
        Destructive = false,
        Idempotent = false,
        OpenWorld = false,
        UseStructuredContent = true,
        OutputSchemaType = typeof(CreatedRelations)
    )]
    public async partial Task<CallToolResult> CreateRelationsAsync(
        IReadOnlyList<Relation> relations,
        ClaimsPrincipal? user,
        CancellationToken cancellationToken
    )
    {
        TextRules.Check(relations);
        var created = await store.WriteAsync(user.Signature(), graph => RelationCreation.Run(graph, relations), cancellationToken);
        var shown = RelationCreation.Shown(created, options.Value.AnswerTokens);
        var answer = Answer.Of(shown, MemoryJson.Default.CreatedRelations, shown.Relations, MemoryJson.Readable.IReadOnlyListRelation);
        if (shown.RelationsOmitted is { } omitted)
        {
            answer.Content.Add(new TextContentBlock { Text = $"{omitted} more were created: they are not shown." });
        }

        if (shown.Existing is { } existing)
        {
            answer.Content.Add(
                new TextContentBlock
                {
                    Text = $"{existing} of {existing + created.Relations.Count} existed already: nothing was stored for these.",
                }
            );
        }

        return answer;
    }

    /// <summary>Delete multiple relations from the knowledge graph. Only exact matches are deleted; the result says which were not found.</summary>
    /// <param name="relations">An array of relations to delete</param>
    [McpServerTool(
        Name = "delete_relations",
        Title = "Delete Relations",
        ReadOnly = false,
        Destructive = true,
        Idempotent = true,
        OpenWorld = false,
        UseStructuredContent = true,
        OutputSchemaType = typeof(Deletion)
    )]
    public async partial Task<CallToolResult> DeleteRelationsAsync(
        IReadOnlyList<Relation> relations,
        ClaimsPrincipal? user,
        CancellationToken cancellationToken
    )
    {
        var report = await store.WriteAsync(
            user.Signature(),
            graph => new GraphDeletions(graph).DeleteRelations(relations),
            cancellationToken
        );
        return Answer.OfDeletion(await report.ToAnswerAsync(store, cancellationToken));
    }
}
