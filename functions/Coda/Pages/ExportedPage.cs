namespace Coda.Pages;

/// <summary>A page's whole text.</summary>
/// <param name="Format">The format it has, which may be another than was asked for.</param>
internal sealed record ExportedPage(string Text, string Format, string? Note = null);
