using System.Text.RegularExpressions;
using ModelContextProtocol;

namespace Coda.Content;

/// <summary>Text in a format that Coda writes into pages.</summary>
internal sealed record CanvasContent(string Format, string Content);

/// <summary>Makes <see cref="CanvasContent"/> of what a model gives.</summary>
internal static partial class Canvas
{
    /// <summary>A text of one line as markdown that shows it as it is: every sign of ASCII may be escaped, and none of them means anything then.</summary>
    public static string Escape(string text) => Sign().Replace(text, @"\$0");

    /// <exception cref="McpException">Coda does not write this format.</exception>
    public static CanvasContent Of(string content, string? format) =>
        string.IsNullOrWhiteSpace(content)
            ? throw new McpException("content is empty, so there is nothing to write.")
            : (format ?? "markdown") switch
            {
                "markdown" or "html" => new(format ?? "markdown", content),
                _ => throw new McpException($"format='{format}' cannot be written: use markdown or html."),
            };

    [GeneratedRegex(@"[!-/:-@\[-`{-~]")]
    private static partial Regex Sign();
}
