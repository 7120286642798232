namespace Coda.Search;

/// <summary>Pages found.</summary>
/// <param name="Complete">Whether every page was looked at as asked.</param>
public sealed record PageHits(IReadOnlyList<PageHit> Items, bool Complete, string? Note = null);

/// <summary>A page found.</summary>
/// <param name="Text">The first line that holds the words, where the content was searched.</param>
public sealed record PageHit(string Id, string Name, string? BrowserLink = null, string? Text = null);

/// <summary>Pages exported.</summary>
public sealed record PageExports(IReadOnlyList<ExportedFile> Items, bool Complete, string? Note = null);

/// <summary>An exported page.</summary>
/// <param name="Uri">Read it with resources/read.</param>
/// <param name="Chars">The length of its text.</param>
public sealed record ExportedFile(
    string PageId,
    string Name,
    string? Uri = null,
    string? Format = null,
    int? Chars = null,
    string? Error = null
);
