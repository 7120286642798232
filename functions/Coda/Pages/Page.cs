using Coda.Upstream;

namespace Coda.Pages;

/// <summary>A page as lists show it.</summary>
/// <param name="Depth">Where pages are listed as a tree: 0 at the top; each page follows its parent.</param>
public sealed record PageSummary(
    string Id,
    string Name,
    string? BrowserLink = null,
    string? ContentType = null,
    string? Subtitle = null,
    bool? IsEffectivelyHidden = null,
    Reference? Parent = null,
    int? Depth = null
);

/// <summary>A page.</summary>
/// <param name="ContentType">canvas, embed, syncPage or table.</param>
/// <param name="IsEffectivelyHidden">It or a page above it is hidden.</param>
public sealed record Page(
    string Id,
    string Name,
    string? BrowserLink = null,
    string? ContentType = null,
    string? Subtitle = null,
    bool? IsHidden = null,
    bool? IsEffectivelyHidden = null,
    Reference? Parent = null,
    IReadOnlyList<Reference>? Children = null,
    string? UpdatedAt = null
);
