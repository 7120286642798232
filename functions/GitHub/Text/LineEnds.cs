using System.Text.RegularExpressions;

namespace GitHub.Text;

/// <summary>Line ends that a client escaped once too often: a body arrives as one line with \n in it, as GitHub would show it.</summary>
internal static partial class LineEnds
{
    /// <summary>
    /// The text with line ends, or null where it is meant as it is: it has real ones, none that look like Markdown's (\n\n, \n- , \n# , \n1. , \n```), or they
    /// are in code.
    /// </summary>
    public static string? Repair(string text) =>
        text.AsSpan().ContainsAny('\n', '\r') || !Markdown().IsMatch(Code().Replace(text, ""))
            ? null
            : Escaped().Replace(text, match => match.Groups["code"].Success ? match.Value : "\n");

    [GeneratedRegex(@"\\n(\\r)?(\\n|\s*[-*+] |\s*#{1,6} |\s*\d+\. |\s*> |```)", RegexOptions.ExplicitCapture)]
    private static partial Regex Markdown();

    /// <summary>Code within a line; a fence is a block, whose lines ought to be some.</summary>
    [GeneratedRegex("(?<!`)`(?!`)[^`]*`(?!`)")]
    private static partial Regex Code();

    [GeneratedRegex(@"(?<code>(?<!`)`(?!`)[^`]*`(?!`))|(\\r)?\\n", RegexOptions.ExplicitCapture)]
    private static partial Regex Escaped();
}
