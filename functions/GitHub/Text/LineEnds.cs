using System.Text.RegularExpressions;

namespace GitHub.Text;

/// <summary>Line ends that are lost on the way: escaped once too often by a client, or made shorter by a model.</summary>
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

    /// <summary>What most lines of a text end with.</summary>
    public static string Of(string text) => text.AsSpan().Count("\r\n") * 2 > text.AsSpan().Count('\n') ? "\r\n" : "\n";

    /// <summary>The text with these line ends.</summary>
    public static string With(string lineEnd, string text) =>
        text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", lineEnd, StringComparison.Ordinal);

    /// <summary>A part of a text that was copied with other line ends, with those that it has there.</summary>
    public static string In(string text, string part) =>
        new[] { part, With("\n", part), With("\r\n", part) }.FirstOrDefault(form => text.Contains(form, StringComparison.Ordinal)) ?? part;

    /// <summary>Whether a file had \r\n at the end of each line and has none any more.</summary>
    public static bool AreLost(string before, string after) =>
        before.Contains("\r\n", StringComparison.Ordinal)
        && !LineFeed().IsMatch(before)
        && after.Contains('\n', StringComparison.Ordinal)
        && !after.Contains('\r', StringComparison.Ordinal);

    /// <summary>What is said of files whose line ends are lost.</summary>
    public static string Lost(string files) =>
        $"{files}: lines ended with \\r\\n before and end with \\n now, so that each of them has changed. edit_file keeps line ends.";

    [GeneratedRegex(@"(?<!\r)\n")]
    private static partial Regex LineFeed();

    [GeneratedRegex(@"\\n(\\r)?(\\n|\s*[-*+] |\s*#{1,6} |\s*\d+\. |\s*> |```)", RegexOptions.ExplicitCapture)]
    private static partial Regex Markdown();

    /// <summary>Code within a line; a fence is a block, whose lines ought to be some.</summary>
    [GeneratedRegex("(?<!`)`(?!`)[^`]*`(?!`)")]
    private static partial Regex Code();

    [GeneratedRegex(@"(?<code>(?<!`)`(?!`)[^`]*`(?!`))|(\\r)?\\n", RegexOptions.ExplicitCapture)]
    private static partial Regex Escaped();
}
