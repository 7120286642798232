using System.Text.Json;
using System.Text.Json.Serialization;
using McpGateway.Text;

namespace Memory.Graph;

/// <summary>The graph as JSON: camelCase, compact, nulls left out, every script readable.</summary>
[JsonSerializable(typeof(IReadOnlyList<AdditionResult>))]
[JsonSerializable(typeof(IReadOnlyList<Relation>))]
[JsonSerializable(typeof(IReadOnlyList<Entity>))]
[JsonSerializable(typeof(IReadOnlyList<ObservationAddition>))]
[JsonSerializable(typeof(IReadOnlyList<ObservationUpdate>))]
[JsonSerializable(typeof(IReadOnlyList<ObservationDeletion>))]
[JsonSerializable(typeof(StoredEntity))]
[JsonSerializable(typeof(CreatedEntities))]
[JsonSerializable(typeof(CreatedRelations))]
[JsonSerializable(typeof(AdditionResults))]
[JsonSerializable(typeof(Deletion))]
[JsonSerializable(typeof(GraphPage))]
[JsonSerializable(typeof(GraphExport))]
[JsonSerializable(typeof(Changes))]
[JsonSerializable(typeof(Undone))]
[JsonSerializable(typeof(EntityNames))]
[JsonSerializable(typeof(Neighborhood))]
[JsonSerializable(typeof(GraphPath))]
[JsonSerializable(typeof(MemoryPicture))]
[JsonSerializable(typeof(MemoryStats))]
[JsonSerializable(typeof(Duplicates))]
[JsonSerializable(typeof(Corrected))]
[JsonSerializable(typeof(UpdatedObservations))]
[JsonSerializable(typeof(LoggedEntity))]
[JsonSerializable(typeof(LoggedRelation))]
[JsonSerializable(typeof(IReadOnlyList<LoggedFact>))]
[JsonSerializable(typeof(ImportReport))]
[JsonSerializable(typeof(EntityLine))]
[JsonSerializable(typeof(RelationLine))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(string))]
internal sealed partial class MemoryJson : JsonSerializerContext
{
    /// <summary>For text a model or a person reads; it is escaped once more when it travels inside JSON.</summary>
    public static MemoryJson Readable { get; } = new(PlainJson.Of(JsonNamingPolicy.CamelCase));
}

/// <summary>An entity as a line of the memory.jsonl format, with what the official server passes over.</summary>
internal sealed record EntityLine(
    string Type,
    string Name,
    string EntityType,
    IReadOnlyList<string> Observations,
    IReadOnlyList<string>? At = null,
    IReadOnlyList<string?>? ValidUntil = null,
    string? CreatedAt = null,
    long? Id = null
)
{
    public static EntityLine Of(StoredEntity entity) => new("entity", entity.Name, entity.EntityType, entity.Observations);
}

/// <summary>A relation as a line of the memory.jsonl format, with what the official server passes over.</summary>
internal sealed record RelationLine(string Type, string From, string To, string RelationType, string? CreatedAt = null, long? Id = null)
{
    public static RelationLine Of(Relation relation) => new("relation", relation.From, relation.To, relation.RelationType);
}
