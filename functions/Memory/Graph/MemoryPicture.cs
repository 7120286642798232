using System.ComponentModel;

namespace Memory.Graph;

/// <summary>A part of the graph to look at.</summary>
public sealed record MemoryPicture(
    IReadOnlyList<PicturedEntity> Entities,
    IReadOnlyList<Relation> Relations,
    [property: Description("How many entities the memory holds")] long Total,
    [property: Description("The entity in the middle")] string? Around = null
);

/// <summary>An entity in a picture.</summary>
public sealed record PicturedEntity(string Name, string EntityType, [property: Description("How many relations it has")] int Relations);
