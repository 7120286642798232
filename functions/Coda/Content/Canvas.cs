using ModelContextProtocol;

namespace Coda.Content;

/// <summary>Text in a format that Coda writes into pages.</summary>
internal sealed record CanvasContent(string Format, string Content);

/// <summary>Makes <see cref="CanvasContent"/> of what a model gives.</summary>
internal static class Canvas
{
    /// <exception cref="McpException">Coda does not write this format.</exception>
    public static CanvasContent Of(string content, string? format) =>
        string.IsNullOrWhiteSpace(content)
            ? throw new McpException("content is empty, so there is nothing to write.")
            : (format ?? "markdown") switch
            {
                "markdown" or "html" => new(format ?? "markdown", content),
                _ => throw new McpException($"format='{format}' cannot be written: use markdown or html."),
            };
}
