using Coda.Content;
using Coda.Upstream;

namespace Coda.Docs;

/// <summary>A doc.</summary>
/// <param name="Owner">The owner's e-mail address.</param>
public sealed record Doc(
    string Id,
    string Name,
    string? BrowserLink = null,
    string? Owner = null,
    string? UpdatedAt = null,
    Reference? Folder = null,
    Reference? Workspace = null,
    DocSize? DocSize = null,
    DocPublished? Published = null,
    string? Note = null
);

/// <summary>A doc as lists show it.</summary>
/// <param name="RequestId">Of a new doc: the write of its first page.</param>
public sealed record DocSummary(
    string Id,
    string Name,
    string? BrowserLink = null,
    string? Owner = null,
    string? UpdatedAt = null,
    string? RequestId = null
);

/// <summary>A doc's size, as of its last snapshot.</summary>
/// <param name="OverApiSizeLimit">The API cannot read this doc any more (125 MB).</param>
public sealed record DocSize(long TotalRowCount = 0, int TableAndViewCount = 0, int PageCount = 0, bool OverApiSizeLimit = false);

/// <summary>How a doc is published.</summary>
public sealed record DocPublished(string? BrowserLink = null, string? Mode = null);

/// <summary>What a doc is created from.</summary>
internal sealed record DocCreate(string? Title, string? SourceDoc, string? Timezone, string? FolderId, PageCreate? InitialPage);

internal sealed record DocUpdate(string? Title, string? IconName);
