using System.ComponentModel.DataAnnotations;

namespace Coda.Content;

/// <summary>The first page of a new doc.</summary>
public sealed record InitialPage(
    string? Name = null,
    string? Subtitle = null,
    string? Content = null,
    [property: AllowedValues("markdown", "html")] string? Format = null
)
{
    internal PageCreate ToPage() => new(Name, Subtitle, PageContent: Content is null ? null : new("canvas", Canvas.Of(Content, Format)));
}
