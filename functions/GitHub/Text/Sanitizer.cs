namespace GitHub.Text;

/// <summary>
/// Cleans text other people wrote of what a reader does not see and a model obeys, and of nothing else. File contents and diffs stay as they are.
/// docs/decisions/0043-markdig-tells-text-from-code.md
/// </summary>
internal static class Sanitizer
{
    /// <summary>Text that GitHub renders as Markdown: bodies, and descriptions of milestones and advisories.</summary>
    public static string? Clean(string? text) => string.IsNullOrEmpty(text) ? text : RenderedText.Clean(InvisibleText.Remove(text));

    /// <summary>What is shown as it is, such as a title, a name, a message or a log: only what has no glyph is removed.</summary>
    public static string CleanPlain(string text) => InvisibleText.Remove(text);
}
