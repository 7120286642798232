using System.ComponentModel;

namespace Memory.Graph;

/// <summary>An entity without its facts.</summary>
public sealed record EntityName(
    string Name,
    string EntityType,
    string? UpdatedAt = null,
    [property: Description("How many relations away it is")] int? Distance = null
);

/// <summary>Names of entities.</summary>
public sealed record EntityNames(
    IReadOnlyList<EntityName> Entities,
    [property: Description("Whether more follows: then call again with cursor = nextCursor")] bool Truncated = false,
    string? NextCursor = null,
    [property: Description("What to try if nothing was found")] string? Hint = null
);

/// <summary>The surroundings of an entity.</summary>
public sealed record Neighborhood(
    IReadOnlyList<EntityName> Entities,
    IReadOnlyList<Relation> Relations,
    [property: Description("Whether there are more than these: narrow types, direction or depth, or raise limit")] bool Truncated = false,
    [property: Description("What to try if nothing was found")] string? Hint = null
);

/// <summary>How two entities are connected.</summary>
public sealed record GraphPath(
    [property: Description("Whether there is a path within maxDepth")] bool Found,
    [property: Description("The relations of the shortest path, in order")] IReadOnlyList<Relation> Relations,
    [property: Description("True if there were too many entities to look at all of them: a path may have been missed")]
        bool? Truncated = null,
    [property: Description("What to try if there is none")] string? Hint = null
);

/// <summary>What the memory holds.</summary>
public sealed record MemoryStats(
    long Entities,
    long Observations,
    long Relations,
    long Changes,
    [property: Description("The most frequent types with their entities")] IReadOnlyDictionary<string, long> EntityTypes,
    IReadOnlyDictionary<string, long> RelationTypes,
    string? FirstChangeAt = null,
    string? LastChangeAt = null
);

/// <summary>Entities that may be one and the same.</summary>
public sealed record Duplicates(
    [property: Description("Groups of names that differ in case, accents, spaces or a letter")] IReadOnlyList<IReadOnlyList<string>> Groups,
    bool Truncated = false
);

/// <summary>What a change of an entity did.</summary>
public sealed record Corrected(bool Success, string Message);

/// <summary>The facts that were replaced, as they were stored.</summary>
public sealed record UpdatedObservations(IReadOnlyList<ObservationUpdate> Updated);
