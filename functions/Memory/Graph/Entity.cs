using System.ComponentModel;

namespace Memory.Graph;

/// <summary>A thing worth remembering, with what is known about it.</summary>
public sealed record Entity(
    [property: Description("The name of the entity")] string Name,
    [property: Description("The type of the entity")] string EntityType,
    [property: Description("An array of observation contents associated with the entity")] IReadOnlyList<string> Observations
);

/// <summary>A directed edge between two entities, in active voice.</summary>
public sealed record Relation(
    [property: Description("The name of the entity where the relation starts")] string From,
    [property: Description("The name of the entity where the relation ends")] string To,
    [property: Description("The type of the relation")] string RelationType
);

/// <summary>An entity as answers show it: what is left out of it is counted.</summary>
public sealed record StoredEntity(
    [property: Description("The name of the entity")] string Name,
    [property: Description("The type of the entity")] string EntityType,
    [property: Description("An array of observation contents associated with the entity")] IReadOnlyList<string> Observations,
    [property: Description("When the entity last changed")] string? UpdatedAt = null,
    [property: Description("How many further observations it has: open_nodes gives all")] int? ObservationsOmitted = null,
    [property: Description("How many further relations it has: open_nodes gives all")] int? RelationsOmitted = null
);
