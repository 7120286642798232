namespace Coda.Content;

/// <summary>https://coda.io/developers/apis/v1#operation/createPage</summary>
internal sealed record PageCreate(
    string? Name,
    string? Subtitle = null,
    string? IconName = null,
    string? ImageUrl = null,
    string? ParentPageId = null,
    NewPageContent? PageContent = null
);

/// <summary>One of canvas (written), embed (a web page) or syncPage (a page of another doc).</summary>
internal sealed record NewPageContent(
    string Type,
    CanvasContent? CanvasContent = null,
    string? Url = null,
    string? RenderMethod = null,
    string? Mode = null,
    string? SourceDocId = null,
    string? SourcePageId = null,
    bool? IncludeSubpages = null
);
