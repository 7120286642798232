using System.Text.Json.Serialization;

namespace GitHub.Api;

/// <summary>Part of a list, and how to get the next part.</summary>
/// <param name="HasMore">Whether there is a next part.</param>
/// <param name="NextPage">The <c>page</c> of the next part.</param>
/// <param name="NextCursor">The <c>after</c> of the next part.</param>
/// <param name="TotalCount">How many there are in all, where GitHub says so.</param>
/// <param name="IncompleteResults">Set when a search ran out of time.</param>
/// <param name="Note">What the list does not say by itself, such as why there are fewer than <paramref name="TotalCount"/> says.</param>
internal sealed record Page<T>(
    IReadOnlyList<T> Items,
    [property: JsonPropertyName("hasMore")] bool HasMore,
    [property: JsonPropertyName("nextPage")] int? NextPage = null,
    [property: JsonPropertyName("nextCursor")] string? NextCursor = null,
    [property: JsonPropertyName("totalCount")] long? TotalCount = null,
    bool? IncompleteResults = null,
    string? Note = null
)
{
    /// <summary>The same with something more to note.</summary>
    public Page<T> With(string note) => this with { Note = Note is null ? note : $"{Note} {note}" };

    /// <summary>The same part of the list, with each item changed.</summary>
    public Page<T> Select(Func<T, T> change) => this with { Items = [.. Items.Select(change)] };
}
