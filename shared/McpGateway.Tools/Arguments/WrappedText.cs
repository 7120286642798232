using System.Text.RegularExpressions;
using McpGateway.Text;

namespace McpGateway.Tools.Arguments;

/// <summary>Addresses and ids as models and clipboards wrap them.</summary>
internal static partial class WrappedText
{
    /// <summary>
    /// A URL without what it was wrapped in: <c>&lt;url&gt;</c>, <c>[text](url)</c>, quotation marks or blanks. An id without blanks around
    /// it, or what nobody sees.
    /// </summary>
    public static string Unwrap(string text) =>
        Visible.Trim(text) is var seen && WrappedUrl().Match(seen) is { Success: true } match ? match.Groups["url"].Value : seen;

    [GeneratedRegex(
        """
            ^\s*(?:<(?<url>https?://[^\s<>]+)>
            |\[[^\]]*\]\((?<url>https?://\S+)\)
            |(?<q>["'`])(?<url>https?://[^\s"'`]+)\k<q>
            |[“„«‘](?<url>https?://[^\s“”„«»‘’]+)[”“»’])\s*$
            """,
        RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex WrappedUrl();
}
