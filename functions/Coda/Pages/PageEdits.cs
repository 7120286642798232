using ModelContextProtocol;

namespace Coda.Pages;

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

internal sealed record CanvasContent(string Format, string Content);

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

/// <summary>The first page of a new doc.</summary>
public sealed record InitialPage(string? Name = null, string? Subtitle = null, string? Content = null, string? Format = null)
{
    internal PageCreate ToPage() => new(Name, Subtitle, PageContent: Content is null ? null : new("canvas", Canvas.Of(Content, Format)));
}

internal static class Canvas
{
    /// <exception cref="McpException">The format is none that Coda writes.</exception>
    public static CanvasContent Of(string content, string? format) =>
        (format ?? "markdown") switch
        {
            "markdown" or "html" => new(format ?? "markdown", content),
            _ => throw new McpException($"format='{format}' cannot be written: use markdown or html."),
        };
}
