using System.Text.RegularExpressions;
using ModelContextProtocol;

namespace Coda.Content;

/// <summary>Text in a format that Coda writes into pages.</summary>
internal sealed record CanvasContent(string Format, string Content);

/// <summary>Makes <see cref="CanvasContent"/> of what a model gives.</summary>
internal static partial class Canvas
{
    /// <summary>
    /// A text within a line as markdown that shows it as it is. Which dialect Coda reads is not documented: what means something there in any of them is
    /// escaped, as CommonMark has it, and nothing else, for a dialect that does not know an escape would show it.
    /// </summary>
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

    // The colon of an address or of a pictogram's name, and the point after www, make a link or a picture of a text.
    [GeneratedRegex(@"[\\`*_~|<>\[\]{}&$^=]|:(?=//|[\w+-]+:)|(?<=\bwww)\.")]
    private static partial Regex Sign();
}
