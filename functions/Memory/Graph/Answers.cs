using System.ComponentModel;

namespace Memory.Graph;

/// <summary>The entities a call created.</summary>
public sealed record CreatedEntities(IReadOnlyList<Entity> Entities);

/// <summary>The relations a call created.</summary>
public sealed record CreatedRelations(IReadOnlyList<Relation> Relations);

/// <summary>What a call added, for each item of its input.</summary>
public sealed record AdditionResults(IReadOnlyList<AdditionResult> Results);

/// <summary>A deletion that left nothing of what it was asked to delete.</summary>
public sealed record Deletion(bool Success, string Message);

/// <summary>A part of the graph that fits into one response.</summary>
public sealed record GraphPage(
    IReadOnlyList<StoredEntity> Entities,
    IReadOnlyList<Relation> Relations,
    [property: Description("How many entities there are on all pages together, where that is known")] int? Total = null,
    [property: Description("Whether more follows: then call again with cursor = nextCursor")] bool Truncated = false,
    [property: Description("Pass as cursor to get what follows")] string? NextCursor = null,
    [property: Description(
        "The last entity of this page is too large for one page: its further observations follow on the next, under the same name"
    )]
        string? Continues = null,
    [property: Description("How the first were found: all words, some words, similar (other spellings or words)")] string? Matched = null,
    [property: Description("What to try where nothing was found")] string? Hint = null
);

/// <summary>A part of the graph as lines of the memory.jsonl format.</summary>
public sealed record GraphExport(
    [property: Description("One JSON object per line: entities, then relations. Join the pages with a line feed")] string Jsonl,
    [property: Description("Whether more follows: then call again with cursor = nextCursor")] bool Truncated = false,
    [property: Description("Pass as cursor to get what follows")] string? NextCursor = null
);
