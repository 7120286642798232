using System.ComponentModel;

namespace Memory.Graph;

/// <summary>One change of the memory.</summary>
/// <param name="Before">What was there, one text for each type, observation, relation or name.</param>
/// <param name="After">What is there since.</param>
public sealed record Change(
    [property: Description("The number of the call that made it: undo_changes takes it back")] long Call,
    string At,
    [property: Description("Who made it")] string By,
    string Operation,
    string Entity,
    IReadOnlyList<string>? Before = null,
    IReadOnlyList<string>? After = null
);

/// <summary>Changes, newest first.</summary>
public sealed record Changes(
    IReadOnlyList<Change> Items,
    [property: Description("Whether older ones follow: call again with cursor = nextCursor")] bool Truncated = false,
    string? NextCursor = null
);

/// <summary>What undo_changes did.</summary>
public sealed record Undone(
    [property: Description("The call that was undone")] long Call,
    [property: Description("What was taken back")] IReadOnlyList<string> Reverted,
    [property: Description("What could not be taken back, as it has changed since")] IReadOnlyList<string> Skipped
);
