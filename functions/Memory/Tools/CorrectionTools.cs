using System.Security.Claims;
using McpGateway.Tools.Schemas;
using Memory.Graph;
using Memory.Search;
using Memory.Storage;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Memory.Tools;

internal sealed partial class CorrectionTools(MemoryStore store)
{
    /// <summary>
    /// Replace facts that are no longer true by what is true now, which becomes the newest. Give the old text as stored, or its beginning.
    /// If one is not found, nothing is replaced.
    /// </summary>
    /// <param name="updates">What to replace, fact by fact</param>
    [McpServerTool(
        Name = "update_observations",
        Title = "Update Observations",
        ReadOnly = false,
        Destructive = true,
        Idempotent = false,
        OpenWorld = false,
        UseStructuredContent = true,
        OutputSchemaType = typeof(UpdatedObservations)
    )]
    public async partial Task<CallToolResult> UpdateObservationsAsync(
        IReadOnlyList<ObservationUpdate> updates,
        ClaimsPrincipal? user,
        CancellationToken cancellationToken
    )
    {
        TextRules.Check(updates);
        var updated = new UpdatedObservations(
            await store.WriteAsync(user.Signature(), graph => new GraphCorrections(graph).Update(updates), cancellationToken)
        );
        return Answer.Of(updated, MemoryJson.Default.UpdatedObservations, updated, MemoryJson.Readable.UpdatedObservations);
    }

    /// <summary>Give an entity another name. Its facts, relations and history stay with it.</summary>
    /// <param name="from">Its present name</param>
    /// <param name="to">Its new name</param>
    [McpServerTool(
        Name = "rename_entity",
        Title = "Rename Entity",
        ReadOnly = false,
        Destructive = true,
        Idempotent = false,
        OpenWorld = false,
        UseStructuredContent = true,
        OutputSchemaType = typeof(Corrected)
    )]
    public async partial Task<CallToolResult> RenameEntityAsync(
        string from,
        string to,
        ClaimsPrincipal? user,
        CancellationToken cancellationToken
    )
    {
        TextRules.CheckName(to, "to");
        await store.WriteAsync(
            user.Signature(),
            graph =>
            {
                new GraphCorrections(graph).Rename(from, to);
                return true;
            },
            cancellationToken
        );
        var near = (await store.NearestNamesAsync(store.Current, [to], cancellationToken))[0];
        return AnswerOf(
            near is not null && Nearness.IsSameName(to, near)
                ? $"{from} is now {to}, beside \"{near}\": if they are the same, call merge_entities"
                : $"{from} is now {to}"
        );
    }

    /// <summary>
    /// Merge entities that are the same thing into one, which keeps its name and type and gets all facts and relations; the others are
    /// deleted.
    /// </summary>
    /// <param name="from">The names of the entities to merge into it; they are deleted</param>
    /// <param name="into">The name of the entity that stays</param>
    [McpServerTool(
        Name = "merge_entities",
        Title = "Merge Entities",
        ReadOnly = false,
        Destructive = true,
        Idempotent = false,
        OpenWorld = false,
        UseStructuredContent = true,
        OutputSchemaType = typeof(Corrected)
    )]
    public partial Task<CallToolResult> MergeEntitiesAsync(
        IReadOnlyList<string> from,
        string into,
        ClaimsPrincipal? user,
        CancellationToken cancellationToken
    ) =>
        CorrectAsync(
            user,
            graph =>
            {
                var (names, gone) = graph.Merge(from, into);
                var told = gone == 0 ? "" : $". {gone} {(gone == 1 ? "relation" : "relations")} between them went with that";
                return $"Merged {string.Join(", ", names)} into {into}{told}";
            },
            cancellationToken
        );

    /// <summary>Change the type of an entity.</summary>
    /// <param name="entityName">The name of the entity</param>
    /// <param name="entityType">Its new type</param>
    [McpServerTool(
        Name = "set_entity_type",
        Title = "Set Entity Type",
        ReadOnly = false,
        Destructive = true,
        Idempotent = true,
        OpenWorld = false,
        UseStructuredContent = true,
        OutputSchemaType = typeof(Corrected)
    )]
    public async partial Task<CallToolResult> SetEntityTypeAsync(
        string entityName,
        [EmptyClears] string entityType,
        ClaimsPrincipal? user,
        CancellationToken cancellationToken
    )
    {
        TextRules.CheckType(entityType, "entityType");
        return await CorrectAsync(
            user,
            graph => $"{entityName} is {EntityType.InWords(entityType)} {(graph.SetType(entityName, entityType) ? "now" : "already")}",
            cancellationToken
        );
    }

    /// <param name="correct">Gives what was done, in a sentence.</param>
    private async Task<CallToolResult> CorrectAsync(
        ClaimsPrincipal? user,
        Func<GraphCorrections, string> correct,
        CancellationToken cancellationToken
    ) => AnswerOf(await store.WriteAsync(user.Signature(), graph => correct(new GraphCorrections(graph)), cancellationToken));

    private static CallToolResult AnswerOf(string message) =>
        Answer.Of(new Corrected(true, message), MemoryJson.Default.Corrected, message);
}
