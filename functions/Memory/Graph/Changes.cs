using System.ComponentModel;
using McpGateway.Tools.Schemas;

namespace Memory.Graph;

/// <summary>What to add to one entity.</summary>
public sealed record ObservationAddition(
    [property: Description("The name of the entity to add the observations to")] string EntityName,
    [property: Description("An array of observation contents to add"), EmptyClears] IReadOnlyList<string> Contents,
    [property: Description(
        "The last day or moment they are true, such as 2026-12-31; then they leave search. "
            + "Left out, new ones have no end and stored ones keep theirs; none takes it away"
    )]
        string? ValidUntil = null
);

/// <summary>What was added to one entity: the contents that were new.</summary>
public sealed record AdditionResult(
    string EntityName,
    IReadOnlyList<string> AddedObservations,
    [property: Description("What was already stored, and is the newest now")] IReadOnlyList<string>? RenewedObservations = null,
    [property: Description("What was added although a near duplicate is stored: delete_observations removes one of the two")]
        IReadOnlyList<NearText>? Similar = null
);

/// <summary>A fact that says nearly what another does.</summary>
public sealed record NearText(string Observation, string SimilarTo);

/// <summary>A fact to put in the place of another.</summary>
public sealed record ObservationUpdate(
    [property: Description("The name of the entity")] string EntityName,
    [property: Description("The observation as it is stored, or its beginning")] string OldObservation,
    [property: Description("What is true now")] string NewObservation,
    [property: Description("The last day or moment it is true; left out, the end stays as it was; none for no end")]
        string? ValidUntil = null
);

/// <summary>What to forget about one entity.</summary>
public sealed record ObservationDeletion(
    [property: Description("The name of the entity containing the observations")] string EntityName,
    [property: Description("An array of observations to delete"), EmptyClears] IReadOnlyList<string> Observations
);
