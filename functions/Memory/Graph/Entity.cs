using System.ComponentModel;
using McpGateway.Tools.Schemas;

namespace Memory.Graph;

/// <summary>A thing worth remembering, with what is known about it.</summary>
public sealed record Entity(
    [property: Description("The name of the entity")] string Name,
    [property: Description("The type of the entity"), EmptyClears] string EntityType,
    [property: Description("An array of observation contents associated with the entity"), EmptyUnlessGiven, EmptyClears]
        IReadOnlyList<string> Observations
);

/// <summary>A directed edge between two entities, in active voice.</summary>
public sealed record Relation(
    [property: Description("The name of the entity where the relation starts")] string From,
    [property: Description("The name of the entity where the relation ends")] string To,
    [property: Description("The type of the relation"), EmptyClears] string RelationType
);

/// <summary>An entity as answers show it: what is left out of it is counted.</summary>
public sealed record StoredEntity(
    [property: Description("The name of the entity")] string Name,
    [property: Description("The type of the entity")] string EntityType,
    [property: Description("An array of observation contents associated with the entity")] IReadOnlyList<string> Observations,
    [property: Description("When the entity last changed; only the day if all of it is of that day")] string? UpdatedAt = null,
    [property: Description("The day each observation was stored or last confirmed, in the same order")] IReadOnlyList<string>? At = null,
    [property: Description("The last day or moment each observation is true, null for no end; absent if none has an end")]
        IReadOnlyList<string?>? ValidUntil = null,
    [property: Description("How many more observations it has: open_nodes gives all")] int? ObservationsOmitted = null,
    [property: Description("How many more relations it has: open_nodes gives all")] int? RelationsOmitted = null
)
{
    /// <summary>The same with one date where all of it is of one day: in a whole graph dates are much of what is read.</summary>
    internal StoredEntity Dated() =>
        UpdatedAt is [_, _, _, _, '-', _, _, '-', _, _, ..] && (At ?? []).All(day => UpdatedAt.StartsWith(day, StringComparison.Ordinal))
            ? this with
            {
                UpdatedAt = UpdatedAt[..10],
                At = null,
            }
            : this;

    /// <summary>The same with facts and their dates.</summary>
    internal StoredEntity With(IReadOnlyList<Fact> facts) =>
        this with
        {
            Observations = [.. facts.Select(f => f.Text)],
            At = facts.Count == 0 ? null : [.. facts.Select(f => Moments.DayOf(f.At))],
            ValidUntil = facts.All(f => f.Until is null)
                ? null
                : [.. facts.Select(f => f.Until is null ? null : Moments.LastBefore(f.Until))],
        };
}

/// <summary>What kind of thing an entity is. An empty text is no type, as it is for the official server.</summary>
internal static class EntityType
{
    /// <summary>A type as a sentence has it.</summary>
    public static string InWords(string type) => type.Length == 0 ? "without a type" : $"a {type}";

    /// <summary>A name with its type, if it has one.</summary>
    public static string Behind(string name, string type) => type.Length == 0 ? name : $"{name} ({type})";
}
