using Coda.Content;

namespace Coda.Pages;

/// <summary>https://coda.io/developers/apis/v1#operation/updatePage</summary>
internal sealed record PageUpdate(
    string? Name = null,
    string? Subtitle = null,
    string? IconName = null,
    string? ImageUrl = null,
    bool? IsHidden = null,
    ContentUpdate? ContentUpdate = null
);

internal sealed record ContentUpdate(string InsertionMode, string? ElementId, CanvasContent CanvasContent);

internal sealed record ContentDeletion(IReadOnlyList<string>? ElementIds);
