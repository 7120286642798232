using System.ComponentModel;
using McpGateway.Text;

namespace Memory.Graph;

/// <summary>The entities a call created, and what became of the others.</summary>
public sealed record CreatedEntities(
    IReadOnlyList<Entity> Entities,
    [property: Description("Names that already exist: nothing was stored for these; add_observations adds facts to them")]
        IReadOnlyList<string>? Existing = null,
    [property: Description("Created entities with names close to others: merge_entities makes two that are the same one")]
        IReadOnlyList<NearName>? Similar = null,
    [property: Description("How many more entities were created than are shown")] int? EntitiesOmitted = null
);

/// <summary>Two names that may mean the same.</summary>
public sealed record NearName(string Name, string SimilarTo);

/// <summary>The relations a call created.</summary>
public sealed record CreatedRelations(
    IReadOnlyList<Relation> Relations,
    [property: Description("Relations that already exist between the same entities with nearly the same type")]
        IReadOnlyList<Relation>? Similar = null,
    [property: Description("How many more relations were created than are shown")] int? RelationsOmitted = null,
    [property: Description("How many existed already: nothing was stored for these")] int? Existing = null
);

/// <summary>What a call added, for each item of its input.</summary>
public sealed record AdditionResults(IReadOnlyList<AdditionResult> Results);

/// <summary>What a deletion deleted, and what it did not find.</summary>
public sealed record Deletion(
    [property: Description("False if nothing of what was to be deleted was found")] bool Success,
    string Message,
    [property: Description("How many were deleted, if not all were found")] int? Deleted = null,
    [property: Description("What was not found")] IReadOnlyList<NotFound>? NotFound = null
);

/// <summary>Something that is not stored, with what is stored and resembles it.</summary>
public sealed record NotFound(string Item, string? DidYouMean = null)
{
    private const int LongestItem = 200;

    /// <summary>With as much of what was asked for as tells it: who asked has all of it.</summary>
    public static NotFound Of(string item, string? near) => new(Cut.To(item, LongestItem), near);

    public override string ToString() => DidYouMean is null ? Item : $"{Item} (did you mean \"{DidYouMean}\"?)";
}

/// <summary>A part of the graph that fits into one response.</summary>
public sealed record GraphPage(
    IReadOnlyList<StoredEntity> Entities,
    IReadOnlyList<Relation> Relations,
    [property: Description("How many entities there are on all pages together, if known")] int? Total = null,
    [property: Description("Whether more follows: then call again with cursor = nextCursor")] bool Truncated = false,
    [property: Description("Pass as cursor to get what follows")] string? NextCursor = null,
    [property: Description(
        "The last entity of this page is too large for one page: it comes with its newest observations first, older ones follow "
            + "on the next page, under the same name"
    )]
        string? Continues = null,
    [property: Description("How the first were found: all words, some words, similar (other spellings or words)")] string? Matched = null,
    [property: Description("What to try if nothing was found")] string? Hint = null,
    [property: Description("Names that do not exist")] IReadOnlyList<NotFound>? NotFound = null
);

/// <summary>A part of the graph as lines of the memory.jsonl format.</summary>
public sealed record GraphExport(
    [property: Description("One JSON object per line: entities, then relations. Join the pages with a line feed")] string Jsonl,
    [property: Description("Whether more follows: then call again with cursor = nextCursor")] bool Truncated = false,
    [property: Description("Pass as cursor to get what follows")] string? NextCursor = null
);
